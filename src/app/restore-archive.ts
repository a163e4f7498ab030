import type pg from 'pg'
import { fetchFiles } from '../platform/backup/archive-files.ts'
import type { BackupKey } from '../platform/backup/backup-key.ts'
import { restoreUntil } from '../platform/backup/restore-until.ts'
import { openDatabase } from '../platform/db/open-database.ts'
import { afterRestore } from './after-restore.ts'
import { filesFolder } from './backup-contents.ts'
import { askedKey } from './backup-options.ts'
import { siteDatabase } from './connect.ts'
import { dataFolder } from './data-folder.ts'
import { recordRun } from './on-record.ts'
import { printProgress } from './print-progress.ts'
import { WrongUse } from './wrong-use.ts'

/** 归档恢复所求 — as typed. */
export interface ArchiveAsked {
  readonly archive: string
  readonly data: string
  readonly until?: string | undefined
  readonly key?: string | undefined
  readonly erasures?: string | undefined
  readonly json?: boolean | undefined
}

/** 从归档恢复 — the built-in database and its stored files as of a moment, into an empty data folder. */
export async function restoreArchive(asked: ArchiveAsked): Promise<number> {
  const started = performance.now()
  const { archive, data } = asked
  const key = askedKey(asked.key)
  const until = asked.until === undefined ? undefined : momentOf(asked.until)
  let missing: string[] = []
  let step = 0
  const report = (words: string) => printProgress(step++, 6, words)
  const { base, lastChangeAt } = await restoreUntil({
    archive,
    database: dataFolder(data),
    until,
    key,
    report,
    finish: async (connection) => {
      const db = openDatabase({ ...connection, database: siteDatabase }, 4)
      try {
        missing = await fetchStored(db.pool, asked, key)
        for (const { run } of afterRestore(db, { source: archive, ...asked })) report(await run(db.pool))
        await recordRun(db.pool, 'done')
      } finally {
        await db.close()
      }
    },
  })
  const seconds = (performance.now() - started) / 1000
  process.stdout.write(
    asked.json
      ? `${JSON.stringify({ base: base.folder, lastChangeAt, missing, seconds })}\n`
      : [
          `已恢复到 ${until ?? '归档里的最后一笔'}：底本 ${base.folder}，最后一笔变更在 ${lastChangeAt ?? '做底本之前'}，用时 ${seconds.toFixed(1)} 秒。`,
          ...(missing.length > 0
            ? [
                `归档里有 ${missing.length} 个存放的文件缺失、已损坏或用这把密钥打不开：${missing.slice(0, 5).join('、')}。`,
              ]
            : []),
          '请放回密钥文件，启动后用 kuoyou doctor 和 kuoyou audit verify 核对，并马上做一次新底本（kuoyou backup --base）：旧底本接不上恢复后的日志。\n',
        ].join('\n'),
  )
  return 0
}

/** Returns which of the stored files the archive could not give back. */
async function fetchStored(
  pool: pg.Pool,
  { archive, data }: ArchiveAsked,
  key: BackupKey | undefined,
): Promise<string[]> {
  const { rows } = await pool.query('select distinct sha256 from files.file')
  const wanted = rows.map(({ sha256 }) => sha256 as string)
  return fetchFiles(archive, wanted, filesFolder(data), key)
}

/** Without a zone it is Beijing time, as everywhere on the screens. */
function momentOf(text: string): string {
  const plain = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?$/.exec(text.trim())
  const moment = plain && new Date(`${plain[1]}T${plain[2]}${plain[3] ?? '+08:00'}`)
  if (!moment || Number.isNaN(moment.getTime()))
    throw new WrongUse(`--until 应是一个时刻，如 2026-09-01T15:30（北京时间），不能是“${text}”。`)
  return moment.toISOString()
}
