import type pg from 'pg'
import type { DrillOutcome } from './drill.ts'
import { rowsIn } from './manifest.ts'
import type { WrittenBackup } from './write-backup.ts'

/** 记备份 — leaves a line by which the last backup's age is known. */
export async function recordBackup(pool: pg.Pool, backup: WrittenBackup, encrypted: boolean): Promise<void> {
  if (!(await isThere(pool, 'ops.backup'))) return
  const { manifest, folder, bytes, milliseconds } = backup
  await pool.query(
    `insert into ops.backup (created_at, folder, encrypted, tables, rows, files, bytes, milliseconds)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      manifest.createdAt,
      folder,
      encrypted,
      manifest.tables.length,
      rowsIn(manifest),
      manifest.files.length,
      bytes,
      milliseconds,
    ],
  )
}

/** 记演练 — the drill's record, passed or not. */
export async function recordDrill(pool: pg.Pool, outcome: DrillOutcome): Promise<void> {
  if (!(await isThere(pool, 'ops.drill'))) return
  await pool.query(
    `insert into ops.drill (started_at, passed, backup_milliseconds, restore_milliseconds, tables, rows, bytes, differences, reads)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      outcome.startedAt,
      outcome.differences.length === 0,
      outcome.backupMs,
      outcome.restoreMs,
      outcome.tables,
      outcome.rows,
      outcome.bytes,
      JSON.stringify(outcome.differences),
      JSON.stringify(outcome.reads),
    ],
  )
}

/** 备份情况 — how many days ago the last backup was made and the last drill passed; undefined when never. */
export interface BackupAges {
  readonly backupDays: number | undefined
  readonly drillDays: number | undefined
  /** True when the last drill of all did not pass. */
  readonly lastDrillFailed: boolean
}

/** 查备份情况 — undefined where the platform has no record of backups yet. */
export async function backupAges(pool: pg.Pool): Promise<BackupAges | undefined> {
  if (!(await isThere(pool, 'ops.drill'))) return undefined
  const { rows } = await pool.query(
    `select (select extract(epoch from now() - max(created_at)) / 86400 from ops.backup)::float8 as backup,
       (select extract(epoch from now() - max(started_at)) / 86400 from ops.drill where passed)::float8 as drill,
       coalesce((select not passed from ops.drill order by started_at desc limit 1), false) as failed`,
  )
  const { backup, drill, failed } = rows[0]
  return { backupDays: backup ?? undefined, drillDays: drill ?? undefined, lastDrillFailed: failed }
}

async function isThere(pool: pg.Pool, table: string): Promise<boolean> {
  return (await pool.query('select to_regclass($1) is not null as there', [table])).rows[0].there as boolean
}
