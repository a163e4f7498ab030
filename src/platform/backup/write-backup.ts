import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { Fault } from '../../kernel/fault.ts'
import type { BackupKey } from './backup-key.ts'
import { exactText, readTable } from './copy-table.ts'
import { backupFormat, type Manifest, type ManifestTable, tableFile, writeManifest } from './manifest.ts'
import { writeSealedFile } from './sealed-file.ts'
import { backUpFiles } from './stored-files.ts'
import { listTables, readSequences, type TableShape } from './table-shape.ts'

/** 备份标记 — a value worth comparing after a restore, such as the head of the audit chain; skipped where its table is absent. */
export interface BackupMark {
  readonly name: string
  readonly table: string
  /** One row, one column `value`. */
  readonly sql: string
}

/** 备份选项 — what to back up, where to, sealed with which key. */
export interface BackupOptions {
  readonly pool: pg.Pool
  /** The folder that receives the backup as a folder of its own. */
  readonly to: string
  readonly platform: string
  readonly key?: BackupKey | undefined
  /** Where stored files lie; their tables and they belong together. */
  readonly filesFolder?: string | undefined
  readonly marks?: readonly BackupMark[]
}

/** 已做备份 — where it lies, what it holds, how large it is and how long it took. */
export interface WrittenBackup {
  readonly folder: string
  readonly manifest: Manifest
  readonly bytes: number
  readonly milliseconds: number
}

/**
 * 备份 — every table of ours as of one moment, while the platform goes on working, and the stored files.
 *
 * One repeatable-read transaction sees all tables at the same moment. Files are copied after it began: what a row
 * speaks of was stored before the row. Written beside its place and renamed when whole, so a backup that stands there is
 * a complete one. Needs a database user whom row-level security does not restrict; says so otherwise.
 */
export async function writeBackup(options: BackupOptions): Promise<WrittenBackup> {
  const started = performance.now()
  await mkdir(options.to, { recursive: true, mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    throw new Fault(`建不了备份目录 ${options.to}（${error.code}）。请换一个目录（--to DIR）或改正权限。`)
  })
  const createdAt = new Date().toISOString()
  const folder = join(options.to, `kuoyou-${createdAt.replaceAll(/[-:.]/g, '')}`)
  const half = `${folder}.half`
  await mkdir(join(half, 'tables'), { recursive: true, mode: 0o700 })
  try {
    const database = await backUpDatabase(options, half)
    const files = await backUpFiles(options.filesFolder, half, options.key)
    const manifest = { format: backupFormat, platform: options.platform, createdAt, ...database, files }
    await writeManifest(half, manifest, options.key)
    await rename(half, folder)
    const milliseconds = Math.round(performance.now() - started)
    return { folder, manifest, bytes: await sizeOf(folder), milliseconds }
  } catch (error) {
    await rm(half, { recursive: true, force: true })
    throw inWords(error, options.to)
  }
}

async function backUpDatabase(
  { pool, key, marks = [] }: BackupOptions,
  folder: string,
): Promise<Omit<Manifest, 'format' | 'platform' | 'createdAt' | 'files'>> {
  const client = await pool.connect()
  let broken = true
  try {
    await client.query(`begin isolation level repeatable read read only; ${exactText}`)
    const shapes = await listTables(client)
    // No migration may change a table between now and its turn.
    if (shapes.length > 0)
      await client.query(`lock table ${shapes.map(({ name }) => name).join(', ')} in access share mode`)
    const { rows: ledger } = await client.query('select name from public.migration order by applied_at, name')
    const { rows: version } = await client.query("select current_setting('server_version') as version")
    const tables: ManifestTable[] = []
    for (const shape of shapes) tables.push(await backUpTable(client, shape, folder, key))
    const found = {
      databaseVersion: version[0].version as string,
      migrations: ledger.map(({ name }) => name as string),
      tables,
      sequences: await readSequences(client),
      marks: await readMarks(client, marks),
    }
    await client.query('commit')
    broken = false
    return found
  } finally {
    client.release(broken)
  }
}

async function backUpTable(
  client: pg.ClientBase,
  shape: TableShape,
  folder: string,
  key: BackupKey | undefined,
): Promise<ManifestTable> {
  const { content, digest } = readTable(client, shape)
  await writeSealedFile(tableFile(folder, shape.name), content, key)
  return { name: shape.name, columns: shape.columns, ...digest() }
}

/** 读标记 — the marks whose tables are there. */
export async function readMarks(
  client: pg.ClientBase,
  marks: readonly BackupMark[],
): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const { name, table, sql } of marks) {
    const { rows } = await client.query('select to_regclass($1) is not null as there', [table])
    if (rows[0].there) found[name] = String((await client.query(sql)).rows[0]?.value ?? '')
  }
  return found
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size)
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

function inWords(error: unknown, to: string): unknown {
  const { code, message } = error as { code?: string; message?: string }
  if (code === '42501')
    return new Fault(
      `备份用的数据库用户看不全所有行（${message}）。请用库的属主并执行 alter role 用户 bypassrls，或用超级用户的 DATABASE_URL 做备份。`,
      { cause: error },
    )
  if (code === 'ENOSPC')
    return new Fault(`备份没有做成：${to} 所在磁盘已满。半份备份已删去，请清理或换一个目录（--to DIR）。`)
  return error
}
