import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { Fault } from '../../kernel/fault.ts'
import { knownMigrations, migrate } from '../db/migrate.ts'
import type { BackupKey } from './backup-key.ts'
import { compareWithManifest } from './compare-with-manifest.ts'
import { DigestCounter, exactText } from './copy-table.ts'
import { type Manifest, readManifest, tableFile } from './manifest.ts'
import { readSealedFile } from './sealed-file.ts'
import { restoreFiles } from './stored-files.ts'
import { listTables } from './table-shape.ts'
import { withoutForeignKeys } from './without-foreign-keys.ts'
import type { BackupMark } from './write-backup.ts'

/** 恢复之后 — something that must happen before anyone works with a restored database, such as erasing again what was erased since. */
export interface AfterRestore {
  /** Returns what was done, in Chinese. */
  run(pool: pg.Pool): Promise<string>
}

/** 恢复选项 — from which backup into which empty database. */
export interface RestoreOptions {
  readonly backup: string
  readonly pool: pg.Pool
  readonly key?: BackupKey | undefined
  readonly folders: readonly string[]
  readonly filesFolder?: string | undefined
  readonly marks?: readonly BackupMark[]
  readonly after?: readonly AfterRestore[]
  readonly report?: (done: number, total: number, note: string) => void
}

/**
 * 恢复 — brings a backup into an empty database: the migrations it names, then its rows, sequences and files.
 *
 * The backup is read through and checked before the first write. Rows come in one transaction without foreign keys,
 * which are made again at its end and so hold for every row. What came out is compared with the manifest: counts,
 * ordered hashes, sequences, marks. Refuses a database that holds anything, a backup that is damaged, sealed with
 * another key, or written by a newer version.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  const { backup, pool, key, folders, report = () => {} } = options
  const manifest = await readManifest(backup, key)
  refuseUnknownMigrations(manifest, folders)
  await refuseFilledDatabase(pool)
  const steps = manifest.tables.length
  report(0, steps, '核对备份')
  for (const table of manifest.tables) await checkTable(backup, table, key)
  await restoreFiles(backup, manifest.files, key)
  await migrate(pool, folders, { only: manifest.migrations })
  await load(options, manifest)
  const differences = await compareWithManifest(pool, manifest, options.marks)
  if (differences.length > 0)
    throw new Fault(
      `恢复出来的数据与备份不一致：${differences.join('；')}。这个库请不要使用，换一个空库重来。`,
    )
  if (options.filesFolder) await restoreFiles(backup, manifest.files, key, options.filesFolder)
  for (const { run } of options.after ?? []) report(steps, steps, await run(pool))
  return manifest
}

function refuseUnknownMigrations(manifest: Manifest, folders: readonly string[]): void {
  const known = new Set(knownMigrations(folders))
  const unknown = manifest.migrations.filter((name) => !known.has(name))
  if (unknown.length > 0)
    throw new Fault(
      `这份备份来自较新的版本（${manifest.platform}）：其中的升级 ${unknown.join('、')} 本平台还没有。请用同样新或更新的版本恢复。`,
    )
}

async function refuseFilledDatabase(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    const tables = await listTables(client)
    if (tables.length > 0)
      throw new Fault(
        `只能恢复到空的数据库，这里已有 ${tables.length} 张表（如 ${tables[0]?.name}），没有动它们。请另给一个空的数据目录（--data 新目录）或新建一个空库。`,
      )
  } finally {
    client.release()
  }
}

async function checkTable(
  backup: string,
  table: Manifest['tables'][number],
  key: BackupKey | undefined,
): Promise<void> {
  const counter = new DigestCounter()
  for await (const chunk of readSealedFile(tableFile(backup, table.name), key)) counter.add(chunk as Buffer)
  const { rows, sha256 } = counter.result()
  if (rows !== table.rows || sha256 !== table.sha256)
    throw new Fault(`备份里的表 ${table.name} 与清单上的行数或校验值不符，未予恢复。请换一份备份。`)
}

async function load(options: RestoreOptions, manifest: Manifest): Promise<void> {
  const client = await options.pool.connect()
  let broken = true
  try {
    await client.query(`begin; ${exactText}`)
    const there = new Map((await listTables(client)).map((shape) => [shape.name, shape]))
    const lost = manifest.tables.find(({ name }) => !there.has(name))
    if (lost) throw new Fault(`备份里的表 ${lost.name} 不是由升级脚本建的，无处可放。请用做备份的版本恢复。`)
    await withoutForeignKeys(client, async () => {
      await client.query(`truncate ${[...there.keys()].join(', ')}`)
      for (const [index, table] of manifest.tables.entries()) {
        options.report?.(index, manifest.tables.length, table.name)
        await loadTable(client, options, table)
      }
    })
    for (const { name, lastValue, isCalled } of manifest.sequences)
      await client.query('select setval($1, $2, $3)', [name, lastValue, isCalled])
    await client.query('commit')
    broken = false
  } finally {
    client.release(broken)
  }
  await options.pool.query('analyze')
}

async function loadTable(
  client: pg.ClientBase,
  { backup, key }: RestoreOptions,
  table: Manifest['tables'][number],
): Promise<void> {
  if (table.rows === 0) return
  await pipeline(
    readSealedFile(tableFile(backup, table.name), key),
    client.query(copyFrom(`copy ${table.name} (${table.columns.join(', ')}) from stdin`)),
  )
}
