import { archiveEverySeconds } from '../../src/platform/db/wal-archive.ts'
import { openBrowser } from '../journeys/browser-for-journeys.ts'
import { thorough, trustInjection } from '../journeys/injection.ts'
import { provideBrowser } from '../tools/browser.ts'
import { runTests } from '../tools/run-tests.ts'
import { provideServer15 } from '../tools/server-15.ts'
import { killApp } from './app-kills.ts'
import { readAsvs, tellAsvs } from './asvs.ts'
import { authorisationMatrix } from './authorisation-matrix.ts'
import { authorisationWorld } from './authorisation-world.ts'
import { trustBackup } from './backup-and-restore.ts'
import { trustImportKills } from './database-killed-importing.ts'
import { trustDatabaseKills } from './database-kills.ts'
import { trustEditors } from './editors.ts'
import { trustFullDisks } from './full-disk.ts'
import { trustFuzz } from './fuzz-api.ts'
import { trustLoad } from './load/load.ts'
import { onLoadedDatabase } from './loaded-database.ts'
import { trustMigrations } from './migrations-up-down-up.ts'
import { trustOnce } from './once-only.ts'
import { lookForNumbers, numbers, tablesWith } from './personal-numbers.ts'
import { trustPointInTime } from './point-in-time.ts'
import { attackPublished, inventYears } from './published-tables.ts'
import { trustRollingRestart } from './rolling-restart.ts'
import { trustSignInSpread } from './sign-in-spread.ts'
import { trustJobs } from './trust-jobs.ts'
import { trustZones } from './zones.ts'

const say = (line: string) => void process.stdout.write(`${line}\n`)

/** 可信度试验 — the trials at full size; quick versions of each stand among the tests. `npm run trust -- access` runs one. */
const parts: Readonly<Record<string, () => Promise<unknown>>> = {
  access: async () => {
    for (const checksRemoved of [false, true]) await matrix(checksRemoved)
    await numbersAnywhere()
  },
  'sign-in': () => trustSignInSpread(say),
  migrations: () => onLoadedDatabase('hamlet', ({ pool }) => trustMigrations(pool, say)),
  backup: async () => {
    await onLoadedDatabase('city', (db) => trustBackup(db, say))
    await trustPointInTime({ size: 'city', archiveEverySeconds, loadSeconds: archiveEverySeconds * 1.6 }, say)
  },
  // KUOYOU_PREVIOUS: a checkout of the version before, which then works beside this one and on its schema.
  rolling: () => trustRollingRestart({ rounds: 3, previous: process.env.KUOYOU_PREVIOUS }, say),
  app: async () => {
    const { kills, acknowledged, sentAgain, lost, doubled } = await killApp(200)
    say(
      `D1 平台连遭 ${kills} 次 kill -9：已答复的写入 ${acknowledged} 笔，丢 ${lost}，重 ${doubled}；中断后凭编号重发办成的 ${sentAgain} 笔`,
    )
  },
  database: async () => {
    await trustDatabaseKills(30, say)
    const programs = provideServer15()
    if (!programs) throw new Error('没有 PostgreSQL 15，也装不上')
    await trustDatabaseKills(20, say, programs)
  },
  'database-import': () => trustImportKills(20, 12_000, say),
  jobs: trustJobs,
  // These are tests at full size already: they run whole, one trial after the other.
  files: async () => {
    const browser = { KUOYOU_BROWSER: await provideBrowser() }
    for (const [trial, files] of Object.entries(fileTrials))
      if (!(await runTests(trial, [...files], browser, 1))) throw new Error(`${trial}未通过`)
  },
  disk: () => trustFullDisks(say),
  zones: () => trustZones(say),
  once: async () => {
    const { requests, rows, otherBodies, sameNames, seconds } = await trustOnce(1_000, 20)
    say(
      `D5 只办一次：1,000 个编号 × 20 次同时，${rows} 行，各自答复相同；同号另事 ${otherBodies} 次全部拒绝（422）；同名 ${sameNames} 组 × 20，各成一件，其余告知先来的编号（409）；共 ${requests} 次请求，${seconds} 秒`,
    )
  },
  editors: async () => {
    const { editors, rounds, histories, savings, turnedAway, seconds } = await trustEditors(50, 100, 10_000)
    say(
      `D6 多人同改：${editors} 人同时改同一版，${rounds} 轮，每轮恰成一件；随机经过 ${histories} 段，保存 ${savings} 次，其中 ${turnedAway} 次因他人先改被拒并附差别；丢失 0；${seconds} 秒`,
    )
  },
  injection: async () => {
    const browser = await openBrowser()
    const seen = await trustInjection(browser, thorough).finally(() => browser.close())
    const { inputs, requests, taken, screens, clicks, showing, wrong } = seen
    say(
      `S5 注入：${inputs} 处文字输入，${requests} 次请求（${taken} 次办成），重读 ${screens} 屏、点开 ${clicks} 处，${showing} 屏显示了注入的文字；执行、泄露、出错共 ${wrong.length} 处`,
    )
    if (wrong.length > 0) throw new Error(wrong.slice(0, 20).join('\n'))
  },
  asvs: async () => {
    for (const line of tellAsvs(readAsvs())) say(line)
  },
  tables: () =>
    onLoadedDatabase('city', async ({ pool }) => {
      await inventYears(pool, 11, 36)
      for (const countyTotals of [false, true]) {
        const { tables, smallCells, withheld, fallen } = await attackPublished(pool, countyTotals)
        say(
          `S16 公布表差分攻击（${countyTotals ? '连各县合计也知道' : '知道全市各项合计'}）：${tables} 张表有不公布的格，小数 ${smallCells} 个、连同掩护共 ${withheld} 格不公布，被推出 ${fallen.length} 个`,
        )
        if (fallen.length > 0) throw new Error(fallen.slice(0, 20).join('\n'))
      }
    }),
  load: () => trustLoad(first === 'load' ? rest : [], say),
  fuzz: async () => {
    const { requests, operations, succeeded, wrong } = await trustFuzz({ requests: 50_000 })
    say(
      `S4 乱请求：${requests} 次，${operations} 个接口（${succeeded} 个办成过），答 5xx、答复与说明不符或进程出错共 ${wrong.length} 处`,
    )
    if (wrong.length > 0) throw new Error(wrong.slice(0, 20).join('\n'))
  },
}

const fileTrials: Readonly<Record<string, readonly string[]>> = {
  'F1 恶意文件': ['src/platform/sheets/hostile-file.slow.test.ts'],
  'F4 文字编码': ['src/platform/sheets/read-csv.test.ts'],
  'F5 二百个姓名': ['src/records/people/identity/person-name.test.ts', 'test/journeys/golden-names.test.ts'],
  'F6 证件号码': ['src/records/people/identity/identity.test.ts'],
  'F8 公式注入': ['src/platform/sheets/formula-guard.test.ts', 'src/platform/sheets/write-workbook.test.ts'],
  'F9、F10 大文件': ['test/routes/large-files.pg.test.ts'],
  'F11 图片': ['src/platform/files/inspect-upload.test.ts'],
}

async function matrix(checksRemoved: boolean): Promise<void> {
  const started = performance.now()
  const { routes, cases, answered, leaks, faults } = await authorisationMatrix({ checksRemoved })
  const seconds = Math.round((performance.now() - started) / 1000)
  say(
    `${checksRemoved ? 'S3 去掉应用检查后' : 'S1 越权矩阵'}：${routes} 个接口，${cases} 例（有数据的答复 ${answered} 个），越权 ${leaks.length}，出错 ${faults.length}，${seconds} 秒`,
  )
  if (leaks.length + faults.length > 0) throw new Error([...leaks, ...faults].slice(0, 20).join('\n'))
}

async function numbersAnywhere(): Promise<void> {
  const world = await authorisationWorld()
  const names = world.accounts.map(({ name }) => name)
  const found = await lookForNumbers(world, names)
  const { requests, refused, planted, faults, inReplies, inLog, logLines } = found
  const audited = await tablesWith(world.owner, numbers, 'audit')
  await world.close()
  say(
    `S14 夹带证件号、电话的请求：${requests} 次（不予办理 ${refused} 次，其中植入的错误 ${planted} 次；别的出错 ${faults.length} 次）；答复里 ${inReplies.length} 处，日志 ${logLines} 行里 ${inLog.length} 处，审计表里 ${audited.length} 处`,
  )
  const wrong = [...inReplies, ...inLog, ...audited, ...faults]
  if (wrong.length > 0) throw new Error(wrong.slice(0, 20).join('\n'))
}

const [first, ...rest] = process.argv.slice(2)
// What follows `load` says which of its trials, and how long: `npm run trust -- load soak seconds=1800`.
const asked = first === undefined ? Object.keys(parts) : first === 'load' ? [first] : [first, ...rest]
let failed = false
for (const name of asked) {
  const part = parts[name]
  if (!part) {
    process.stderr.write(`没有“${name}”这一项，可选：${Object.keys(parts).join('、')}。\n`)
    process.exit(2)
  }
  say(`\n═ ${name}`)
  await part().catch((error: Error) => {
    failed = true
    say(`未达到：${error.message}`)
  })
}
process.exitCode = failed ? 1 : 0
