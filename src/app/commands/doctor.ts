import { parseArgs } from 'node:util'
import type pg from 'pg'
import { Fault } from '../../kernel/fault.ts'
import { keyFilePath } from '../../platform/vault/key-file.ts'
import { readSite } from '../../records/registry/site.ts'
import { anchorPlaces } from '../anchor-places.ts'
import { archivePlace } from '../archive-place.ts'
import { filesFolder } from '../backup-contents.ts'
import { reach } from '../connect.ts'
import { dataFolder } from '../data-folder.ts'
import { examineDatabase, examineServing } from '../doctor/examine-database.ts'
import { examineDoors } from '../doctor/examine-doors.ts'
import { examineFiles } from '../doctor/examine-files.ts'
import { examineKeeping } from '../doctor/examine-keeping.ts'
import { examineMachine } from '../doctor/examine-machine.ts'
import { examineSeparation, type Places } from '../doctor/examine-separation.ts'
import { type Finding, fail } from '../doctor/finding.ts'

const help = `用法：kuoyou doctor [--data DIR] [--json]
  检查运行环境、磁盘、密钥、规划数据、数据库、时钟、升级、台账、任务、备份与演练、账号与监听、存放的文件、密钥所在、查毒、日志归档、审计、已删名单，逐项写通过、注意或不通过，以及怎么改
  只看不改；有不通过时退出码为 1`

const shown = { pass: '通过', note: '注意', fail: '不通过' } as const

/** 自检 — looks at the machine, the plan, the database and its backups, and says of each whether it is well and how to mend it. */
export async function doctor(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { data: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
  })
  if (values.help) {
    process.stdout.write(`${help}\n`)
    return 0
  }
  const findings = [...examineMachine(values.data), ...(await database(values.data))]
  if (values.json) process.stdout.write(`${JSON.stringify(findings)}\n`)
  else for (const finding of findings) process.stdout.write(`${lineOf(finding)}\n`)
  return findings.some(({ level }) => level === 'fail') ? 1 : 0
}

function lineOf({ what, level, words, mend }: Finding): string {
  return `${shown[level]}  ${what}：${words}${mend ? `。${mend}` : ''}`
}

async function database(data: string | undefined): Promise<Finding[]> {
  try {
    const { db, owner, embedded, close } = await reach(data)
    try {
      const findings = [...(await examineDatabase(owner.pool)), await examineServing(db.pool)]
      return upToDate(findings) ? [...findings, ...(await site(owner.pool, data, embedded))] : findings
    } finally {
      await close()
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return [fail('数据库', '连不上或用不了', error.message)]
  }
}

/** The rest reads tables that the last upgrades made. */
const upToDate = (findings: readonly Finding[]) =>
  findings.some(({ what, level }) => what === '升级' && level === 'pass')

async function site(pool: pg.Pool, data: string | undefined, embedded: boolean): Promise<Finding[]> {
  const synthetic = (await readSite(pool))?.synthetic ?? false
  return [
    ...(await examineDoors(pool, synthetic, dataFolder(data))),
    ...(await examineFiles(pool, filesFolder(data))),
    // Generated data are nobody's.
    ...(synthetic ? [] : await examineSeparation(placesOf(data, embedded))),
    ...(await examineKeeping(pool, {
      data: dataFolder(data),
      archive: embedded ? archivePlace(data) : undefined,
      anchors: anchorPlaces(data),
      embedded,
      synthetic,
    })),
  ]
}

function placesOf(data: string | undefined, embedded: boolean): Places {
  const folder = dataFolder(data)
  const { keyFile: auditKey } = anchorPlaces(data)
  return { data: embedded ? folder : undefined, keyFile: keyFilePath(folder), auditKey }
}
