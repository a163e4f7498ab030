import { Fault } from '../kernel/fault.ts'
import { archiveFiles, pruneFiles } from '../platform/backup/archive-files.ts'
import type { BackupKey } from '../platform/backup/backup-key.ts'
import { pruneArchive, writeBaseBackup } from '../platform/backup/base-backup.ts'
import { archivePlace } from './archive-place.ts'
import { filesFolder } from './backup-contents.ts'
import { askedKey } from './backup-options.ts'
import { reach } from './connect.ts'
import { dataFolder } from './data-folder.ts'
import { version } from './version.ts'

/** 底本所求 — as typed. */
export interface BaseAsked {
  readonly key: BackupKey | undefined
  readonly keep: number | undefined
  readonly data?: string | undefined
  readonly json?: boolean | undefined
}

/** 做底本 — of the built-in database and the stored files, in the archive; then clears what is older than `keep` bases need. */
export async function makeBase({ key, keep, data, json }: BaseAsked): Promise<number> {
  if (process.env.DATABASE_URL)
    throw new Fault(
      '底本只给内置数据库做。服务器上的库请用 PostgreSQL 自己的 pg_basebackup，做法见 docs/deployment.md。',
    )
  const archive = archivePlace(data)
  if (!archive)
    throw new Fault(
      '没有归档目录—只有底本恢复不到任何一刻—请设置 KUOYOU_ARCHIVE=目录（最好在另一块磁盘或另一台机器上），重新启动平台后再做。',
    )
  refuseSecondKey(key)
  const started = performance.now()
  const { connection, close } = await reach(data)
  try {
    const base = await writeBaseBackup({
      archive,
      database: dataFolder(data),
      connection,
      platform: version,
      key,
    })
    const files = await archiveFiles(filesFolder(data), archive, key, true)
    const pruned = keep === undefined ? undefined : await pruneArchive(archive, keep, key)
    if (pruned?.oldestAt) await pruneFiles(archive, pruned.oldestAt)
    const seconds = (performance.now() - started) / 1000
    process.stdout.write(
      json
        ? `${JSON.stringify({ ...base, files, seconds, encrypted: key !== undefined })}\n`
        : `已做底本 ${base.folder}，新归档文件 ${files} 个，用时 ${seconds.toFixed(1)} 秒。从此可恢复到 ${base.completedAt} 以后的任何一刻。\n`,
    )
    return 0
  } finally {
    await close()
  }
}

/** The running platform archives stored files by itself, and knows the environment's key alone: bases must not have another. */
function refuseSecondKey(key: BackupKey | undefined): void {
  if (key?.mark === askedKey()?.mark) return
  throw new Fault(
    '--key 与环境变量 KUOYOU_BACKUP_KEY 指的不是同一把密钥（或没有设置后者）—运行中的平台只用 KUOYOU_BACKUP_KEY 归档存放的文件，加密的底本旁边会放着没加密或打不开的文件—请在平台和这里的环境里都设置 KUOYOU_BACKUP_KEY=密钥文件，重新启动平台后再做。',
  )
}
