import { existsSync } from 'node:fs'
import { chown, copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { Fault } from '../../kernel/fault.ts'
import { hasCluster, recoverEmbeddedServer } from '../db/embedded-server.ts'
import { nobody, runsAsRoot } from '../db/traversable-place.ts'
import { restoreSettings, walFolder } from '../db/wal-archive.ts'
import type { BackupKey } from './backup-key.ts'
import { type BaseBackup, isBefore, listBases, readBase } from './base-backup.ts'
import { unpackFolder } from './pack-folder.ts'
import { readSealedFile } from './sealed-file.ts'

/** 恢复到某一刻 — from which archive into which empty folder, up to when. */
export interface RestoreUntil {
  readonly archive: string
  readonly database: string
  /** ISO moment; to the end of the archive when absent. */
  readonly until?: string | undefined
  readonly key?: BackupKey | undefined
  /** Another PostgreSQL than the one that comes along. */
  readonly programs?: string | undefined
  /** Works on the recovered server before it takes its place. */
  readonly finish: (connection: pg.ClientConfig) => Promise<void>
  readonly report?: (note: string) => void
}

/** 恢复所得 — from which base, and the moment of the last change that came back. */
export interface RestoredMoment {
  readonly base: BaseBackup
  readonly lastChangeAt: string | undefined
}

/**
 * 恢复到某一刻 — the newest base before it, then the archived log up to it; a new timeline begins there.
 *
 * Everything is done beside the place and moved there when `finish` is through: a folder that holds a cluster holds a finished one. The
 * archive is only read.
 */
export async function restoreUntil(options: RestoreUntil): Promise<RestoredMoment> {
  const { archive, database, key, until, programs, report = () => {} } = options
  if (hasCluster(database))
    throw new Fault(
      `只能恢复到空的数据目录，${database} 里已有数据库，没有动它。请用 --data 另给一个新目录。`,
    )
  const base = await baseFor(archive, until, key)
  const half = join(database, 'half')
  await rm(half, { recursive: true, force: true })
  await mkdir(half, { recursive: true, mode: 0o711 })
  report('铺开底本')
  await layDown(base, half, key)
  report('取回日志')
  await fetchLog(archive, base, join(half, 'log'))
  report('重放日志')
  const server = await recoverEmbeddedServer(half, restoreSettings(join(half, 'log'), until), programs).catch(
    (error: Error) => {
      throw tooLate(error, until)
    },
  )
  let lastChangeAt: string | undefined
  try {
    lastChangeAt = await lastChange(server.connection)
    await options.finish(server.connection)
  } finally {
    await server.stop()
  }
  for (const name of ['password', 'cluster']) await rename(join(half, name), join(database, name))
  await rm(half, { recursive: true })
  return { base, lastChangeAt }
}

async function baseFor(
  archive: string,
  until: string | undefined,
  key: BackupKey | undefined,
): Promise<BaseBackup & { readonly label: string }> {
  const folders = await listBases(archive)
  if (folders.length === 0)
    throw new Fault(
      `${archive} 里没有底本（base）。请核对归档目录；从没做过底本时，只能用 kuoyou backup 做的备份恢复。`,
    )
  for (const folder of folders.toReversed()) {
    const base = await readBase(folder, key)
    if (until === undefined || base.completedAt <= until) return base
  }
  throw new Fault(`最早的底本也在 ${until} 之后，恢复不到那一刻。请换一个更晚的时刻，或用更早的备份。`)
}

async function layDown(
  base: BaseBackup & { readonly label: string },
  half: string,
  key: BackupKey | undefined,
): Promise<void> {
  const owner = runsAsRoot() ? nobody : undefined
  await unpackFolder(readSealedFile(join(base.folder, 'files'), key), half, owner)
  const cluster = join(half, 'cluster')
  for (const [name, text] of [
    ['backup_label', base.label],
    ['recovery.signal', ''],
  ] as const) {
    await writeFile(join(cluster, name), text, { mode: 0o600 })
    if (owner !== undefined) await chown(join(cluster, name), owner, owner)
  }
}

/** Copied, because the database's user may not be able to read an archive brought from another machine. */
async function fetchLog(archive: string, base: BaseBackup, to: string): Promise<void> {
  const from = walFolder(archive)
  if (!existsSync(from)) throw new Fault(`归档目录 ${archive} 里没有日志（wal）。请核对目录。`)
  await mkdir(to, { recursive: true, mode: 0o755 })
  for (const name of await readdir(from)) {
    if (!name.endsWith('.gz') || isBefore(name, base.firstSegment)) continue
    await copyFile(join(from, name), join(to, name))
    if (runsAsRoot()) await chown(join(to, name), nobody, nobody)
  }
}

async function lastChange(connection: pg.ClientConfig): Promise<string | undefined> {
  const client = new pg.Client(connection)
  await client.connect()
  const { rows } = await client
    .query('select pg_last_xact_replay_timestamp() as at')
    .finally(() => client.end())
  return rows[0].at ? new Date(rows[0].at).toISOString() : undefined
}

function tooLate(error: Error, until: string | undefined): Error {
  return /before configured recovery target/.test(error.message)
    ? new Fault(`归档里的日志到不了 ${until}。请换一个更早的时刻，或不写 --until，恢复到归档里的最后一笔。`, {
        cause: error,
      })
    : error
}
