import { killApp } from './app-kills.ts'
import { authorisationMatrix } from './authorisation-matrix.ts'
import { trustBackup } from './backup-and-restore.ts'
import { trustDatabaseKills } from './database-kills.ts'
import { trustFuzz } from './fuzz-api.ts'
import { trustLoad } from './load/load.ts'
import { onLoadedDatabase } from './loaded-database.ts'
import { trustMigrations } from './migrations-up-down-up.ts'
import { trustJobs } from './trust-jobs.ts'

const say = (line: string) => void process.stdout.write(`${line}\n`)

/** 可信度试验 — the trials at full size; quick versions of each stand among the tests. `npm run trust -- access` runs one. */
const parts: Readonly<Record<string, () => Promise<unknown>>> = {
  access: async () => {
    for (const checksRemoved of [false, true]) await matrix(checksRemoved)
  },
  migrations: () => onLoadedDatabase('hamlet', ({ pool }) => trustMigrations(pool, say)),
  backup: () => onLoadedDatabase('city', (db) => trustBackup(db, say)),
  app: async () => {
    const { kills, acknowledged, sentAgain, lost, doubled } = await killApp(200)
    say(
      `D1 平台连遭 ${kills} 次 kill -9：已答复的写入 ${acknowledged} 笔，丢 ${lost}，重 ${doubled}；中断后凭编号重发办成的 ${sentAgain} 笔`,
    )
  },
  database: () => trustDatabaseKills(30, say),
  jobs: trustJobs,
  load: () => trustLoad(first === 'load' ? rest : [], say),
  fuzz: async () => {
    const { requests, operations, succeeded, wrong } = await trustFuzz({ requests: 50_000 })
    say(
      `S4 乱请求：${requests} 次，${operations} 个接口（${succeeded} 个办成过），答 5xx、答复与说明不符或进程出错共 ${wrong.length} 处`,
    )
    if (wrong.length > 0) throw new Error(wrong.slice(0, 20).join('\n'))
  },
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
