import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import pg from 'pg'
import { Fault } from '../../kernel/fault.ts'
import { walFolder } from '../db/wal-archive.ts'
import type { BackupKey } from './backup-key.ts'
import { packFolder } from './pack-folder.ts'
import { readSealedFile, writeSealedFile } from './sealed-file.ts'

/** 底本 — a copy of the database's own files from which its archived log can be replayed. */
export interface BaseBackup {
  readonly folder: string
  readonly platform: string
  /** Major version of PostgreSQL: no other can read these files. */
  readonly major: number
  /** The first segment of the log that is needed with it. */
  readonly firstSegment: string
  /** From this moment on any later one can be gone back to. */
  readonly completedAt: string
}

const nameOfBase = /^kuoyou-base-\d{8}T\d{9}Z$/
const nameOfHalf = /^kuoyou-base-\d{8}T\d{9}Z\.half$/

/** 底本目录 — inside an archive. */
export function basesFolder(archive: string): string {
  return join(archive, 'base')
}

/**
 * 做底本 — copies the files of a running embedded database, which goes on working, into its archive.
 *
 * Whole once it stands under its name and the log written meanwhile is archived; its password file goes with it. Throws when the log
 * is not archived within ten minutes: such a base could not be used.
 */
export async function writeBaseBackup(options: {
  readonly archive: string
  /** Where the embedded database lies: its `cluster` and `password`. */
  readonly database: string
  readonly connection: pg.ClientConfig
  readonly platform: string
  readonly key?: BackupKey | undefined
}): Promise<BaseBackup> {
  const { archive, database, connection, platform, key } = options
  const stamp = new Date().toISOString().replaceAll(/[-:.]/g, '')
  const folder = join(basesFolder(archive), `kuoyou-base-${stamp}`)
  const half = `${folder}.half`
  await mkdir(half, { recursive: true, mode: 0o700 })
  const client = new pg.Client(connection)
  // Idle while the files are copied: a connection lost meanwhile says so as an event, which unheard would end the process. The next
  // statement fails with the reason.
  client.on('error', () => {})
  try {
    await client.connect()
    await refuseWithoutArchive(client)
    await client.query("set statement_timeout = '10min'")
    const { rows: begun } = await client.query(
      `select pg_walfile_name(pg_backup_start($1, true)) as segment,
         current_setting('server_version_num')::int / 10000 as major`,
      [`kuoyou ${stamp}`],
    )
    await writeSealedFile(join(half, 'files'), packFolder(database, isLeftOut), key)
    const { rows: ended } = await client.query(
      'select labelfile as label, spcmapfile as tablespaces, clock_timestamp() as at from pg_backup_stop(true)',
    )
    const written = {
      platform,
      major: begun[0].major as number,
      firstSegment: begun[0].segment as string,
      completedAt: new Date(ended[0].at).toISOString(),
    }
    const { label } = ended[0]
    await writeSealedFile(join(half, 'base'), [Buffer.from(JSON.stringify({ ...written, label }))], key)
    await rename(half, folder)
    return { folder, ...written }
  } catch (error) {
    await rm(half, { recursive: true, force: true })
    if ((error as { code?: string }).code === '57014')
      throw new Fault(
        '底本没有做成：十分钟内日志没有归档完—没有日志的底本恢复不了—请用 kuoyou doctor 看归档为什么停了。',
      )
    throw error
  } finally {
    // One that never connected, or is lost, has nothing to say goodbye to.
    await client.end().catch(() => {})
  }
}

async function refuseWithoutArchive(client: pg.Client): Promise<void> {
  const { rows } = await client.query("select current_setting('archive_mode') as mode")
  if (rows[0].mode !== 'on')
    throw new Fault(
      '数据库没有在归档日志—只有底本恢复不到任何一刻—请在环境里设置 KUOYOU_ARCHIVE=目录，重新启动平台后再做。',
    )
}

/** What PostgreSQL's manual says need not or must not be copied: the log itself, and what a start makes anew. */
function isLeftOut(path: string): boolean {
  if (path === 'password' || path === 'cluster') return false
  const inside = path.startsWith('cluster/') ? path.slice('cluster/'.length) : undefined
  return (
    inside === undefined ||
    /^postmaster\.(pid|opts)$|^pg_(wal|replslot|dynshmem|notify|serial|snapshots|stat_tmp|subtrans)\/./.test(
      inside,
    ) ||
    /(^|\/)(pgsql_tmp[^/]*|pg_internal\.init[^/]*)(\/|$)|^backup_(label|manifest)|^(recovery|standby)\.signal$/.test(
      inside,
    )
  )
}

/** 读底本 — with the label that tells the server where replaying begins. */
export async function readBase(
  folder: string,
  key: BackupKey | undefined,
): Promise<BaseBackup & { readonly label: string }> {
  const text = (await buffer(readSealedFile(join(folder, 'base'), key))).toString('utf8')
  return { folder, ...JSON.parse(text) }
}

/** 底本列表 — folders of whole bases, oldest first; empty where there is no archive. */
export async function listBases(archive: string): Promise<string[]> {
  const names = await readdir(basesFolder(archive)).catch(() => [])
  return names
    .filter((name) => nameOfBase.test(name))
    .sort()
    .map((name) => join(basesFolder(archive), name))
}

/**
 * 清理归档 — keeps the newest `keep` bases and the log from the oldest of them on; tells how many of each went, and when the oldest kept
 * was made. Bases left half-written by a crash go too.
 */
export async function pruneArchive(
  archive: string,
  keep: number,
  key: BackupKey | undefined,
): Promise<{ bases: number; segments: number; oldestAt: string | undefined }> {
  await clearHalves(archive)
  const bases = await listBases(archive)
  const [oldest] = bases.slice(-keep)
  if (!oldest) return { bases: 0, segments: 0, oldestAt: undefined }
  const gone = bases.slice(0, -keep)
  for (const folder of gone) await rm(folder, { recursive: true })
  const { firstSegment, completedAt } = await readBase(oldest, key)
  const before = (await readdir(walFolder(archive))).filter((name) => isBefore(name, firstSegment))
  for (const name of before) await rm(join(walFolder(archive), name))
  return { bases: gone.length, segments: before.length, oldestAt: completedAt }
}

/** A copy takes hours at most: one that has not been written to for a day is nobody's any more. */
const halfDays = 1

async function clearHalves(archive: string): Promise<void> {
  const names = await readdir(basesFolder(archive)).catch(() => [])
  for (const name of names.filter((each) => nameOfHalf.test(each))) {
    const half = join(basesFolder(archive), name)
    const written = await Promise.all(['.', 'files', 'base'].map((each) => writtenAt(join(half, each))))
    if (Date.now() - Math.max(...written) > halfDays * 86_400_000) await rm(half, { recursive: true })
  }
}

async function writtenAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
}

/** Whether a file of the log lies wholly before a segment, on whatever timeline; histories of timelines are always kept. */
export function isBefore(name: string, segment: string): boolean {
  return /^[0-9A-F]{24}\b/.test(name) && name.slice(8, 24) < segment.slice(8, 24)
}
