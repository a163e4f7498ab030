import { parseArgs } from 'node:util'
import { recordDrill } from '../../platform/backup/backup-log.ts'
import { type DrillOutcome, drill } from '../../platform/backup/drill.ts'
import { temporaryCluster, temporaryDatabase } from '../../platform/backup/empty-database.ts'
import { backupMarks, filesFolder } from '../backup-contents.ts'
import { askedKey, backupOptions } from '../backup-options.ts'
import { reach } from '../connect.ts'
import { goldenReads } from '../golden-reads.ts'
import { migrationFolders } from '../migration-folders.ts'
import { version } from '../version.ts'

const help = `用法：kuoyou drill [--key FILE] [--data DIR] [--json]
  恢复演练：做一份备份，恢复到一个临时空库，比对行数、逐表校验值、序列、标记和各县学位总表，然后撤去
  平台可以照常使用；结果记在库里，每月应做一次（kuoyou doctor 会提醒）；不一致时退出码为 1`

/** 演练命令 — proves that a backup comes back whole, and keeps the record. */
export async function drillCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: backupOptions,
  })
  if (values.help) {
    process.stdout.write(`${help}\n`)
    return 0
  }
  const key = askedKey(values.key)
  const url = process.env.DATABASE_URL
  const { owner, close } = await reach(values.data)
  try {
    const outcome = await drill({
      db: owner,
      platform: version,
      folders: migrationFolders,
      filesFolder: filesFolder(values.data),
      key,
      marks: backupMarks,
      reads: goldenReads,
      makeEmpty: () => (url ? temporaryDatabase(url) : temporaryCluster()),
      report: (note) => process.stderr.write(`${note}…\n`),
    })
    await recordDrill(owner.pool, outcome)
    process.stdout.write(values.json ? `${JSON.stringify(outcome)}\n` : `${recordOf(outcome)}\n`)
    return outcome.differences.length === 0 ? 0 : 1
  } finally {
    await close()
  }
}

/** 演练记录 — as it is filed. */
export function recordOf(outcome: DrillOutcome): string {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} 秒`
  return [
    `恢复演练记录  ${outcome.startedAt}`,
    `备份：${outcome.tables} 张表 ${outcome.rows} 行，${(outcome.bytes / 1024 / 1024).toFixed(1)} MB，用时 ${seconds(outcome.backupMs)}`,
    `恢复：从空库到核对完毕 ${seconds(outcome.restoreMs)}（恢复时间 RTO）`,
    ...Object.entries(outcome.marks).map(([name, value]) => `${name}：${value}`),
    `读数：比对 ${outcome.reads.compared} 项，相同 ${outcome.reads.equal} 项`,
    outcome.differences.length === 0
      ? '结论：通过，行数与校验值全部相符。'
      : `结论：不通过：${outcome.differences.join('；')}`,
  ].join('\n')
}
