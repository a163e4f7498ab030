import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../db/open-database.ts'
import type { BackupKey } from './backup-key.ts'
import type { EmptyDatabase } from './empty-database.ts'
import { rowsIn } from './manifest.ts'
import { restoreBackup } from './restore-backup.ts'
import { type BackupMark, writeBackup } from './write-backup.ts'

/** 黄金读数 — some screens' figures by name, each as a text or hash that must be equal before and after. */
export type GoldenReads = (db: Database) => Promise<Readonly<Record<string, string>>>

/** 演练选项 — which database is drilled, where an empty one comes from, and what is read in both. */
export interface DrillOptions {
  readonly db: Database
  readonly platform: string
  readonly folders: readonly string[]
  readonly filesFolder?: string | undefined
  readonly key?: BackupKey | undefined
  readonly marks?: readonly BackupMark[]
  readonly reads: GoldenReads
  /** A fresh empty database, taken away again by `drop`. */
  makeEmpty(): Promise<EmptyDatabase>
  readonly report?: (note: string) => void
}

/** 演练结果 — how long it took, how much came back, and what differed (nothing, when all is well). */
export interface DrillOutcome {
  readonly startedAt: string
  readonly backupMs: number
  /** From an empty database to one that was compared with the backup: the recovery time. */
  readonly restoreMs: number
  readonly tables: number
  readonly rows: number
  readonly bytes: number
  readonly marks: Readonly<Record<string, string>>
  readonly differences: readonly string[]
  readonly reads: { readonly compared: number; readonly equal: number }
}

/**
 * 恢复演练 — backs up, restores into an empty database, compares counts, ordered hashes, sequences, marks and golden reads.
 *
 * The platform may go on working: the golden reads are taken before and after the backup, and what came back must
 * equal one of the two. The trial backup and the trial database are taken away again.
 */
export async function drill(options: DrillOptions): Promise<DrillOutcome> {
  const { report = () => {} } = options
  const startedAt = new Date().toISOString()
  const place = await mkdtemp(join(tmpdir(), 'kuoyou-drill-'))
  try {
    report('读取黄金读数')
    const before = await options.reads(options.db)
    report('做备份')
    const backup = await writeBackup({ ...options, pool: options.db.pool, to: place })
    const later = await options.reads(options.db)
    report('恢复到空库并比对')
    const restored = await restoreAndRead(options, backup.folder, join(place, 'files'))
    const unequal = Object.keys(before).filter(
      (name) => ![before[name], later[name]].includes(restored.reads[name]),
    )
    const compared = Object.keys(before).length
    return {
      startedAt,
      backupMs: backup.milliseconds,
      restoreMs: restored.milliseconds,
      tables: backup.manifest.tables.length,
      rows: rowsIn(backup.manifest),
      bytes: backup.bytes,
      marks: backup.manifest.marks,
      differences: [...restored.differences, ...unequal.map((name) => `读数“${name}”与原库不同`)],
      reads: { compared, equal: compared - unequal.length },
    }
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

async function restoreAndRead(
  options: DrillOptions,
  backup: string,
  filesFolder: string,
): Promise<{ milliseconds: number; differences: string[]; reads: Readonly<Record<string, string>> }> {
  const empty = await options.makeEmpty()
  try {
    const started = performance.now()
    const differences: string[] = []
    await restoreBackup({ ...options, backup, pool: empty.db.pool, filesFolder, report: () => {} }).catch(
      (error: Error) => differences.push(error.message),
    )
    const milliseconds = Math.round(performance.now() - started)
    return { milliseconds, differences, reads: differences.length > 0 ? {} : await options.reads(empty.db) }
  } finally {
    await empty.drop()
  }
}
