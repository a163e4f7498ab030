import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { Fault } from '../../kernel/fault.ts'
import type { BackupKey } from './backup-key.ts'
import type { TableDigest } from './copy-table.ts'
import { readSealedFile, writeSealedFile } from './sealed-file.ts'
import type { SequenceValue } from './table-shape.ts'

/** The form of backups written by this version; a reader refuses a newer one. */
export const backupFormat = 1

/** 备份清单 — what a backup holds and how to know that it came back whole. */
export interface Manifest {
  readonly format: number
  /** Version of the platform that wrote it. */
  readonly platform: string
  readonly databaseVersion: string
  readonly createdAt: string
  /** Names of the applied migrations, oldest first. */
  readonly migrations: readonly string[]
  readonly tables: readonly ManifestTable[]
  readonly sequences: readonly SequenceValue[]
  readonly files: readonly ManifestFile[]
  /** Marks such as the head of the audit chain: name to value, as read in the same snapshot. */
  readonly marks: Readonly<Record<string, string>>
}

export interface ManifestTable extends TableDigest {
  readonly name: string
  readonly columns: readonly string[]
}

export interface ManifestFile {
  /** Path inside the folder of stored files. */
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

const fileName = 'manifest'

/** 表文件 — where a table's rows lie inside a backup. */
export function tableFile(folder: string, table: string): string {
  return join(folder, 'tables', encodeURIComponent(table))
}

/** 行数 — rows of all tables. */
export function rowsIn({ tables }: Pick<Manifest, 'tables'>): number {
  return tables.reduce((sum, { rows }) => sum + rows, 0)
}

/** 写清单 — last of all: a folder without one is no backup. */
export function writeManifest(folder: string, manifest: Manifest, key: BackupKey | undefined): Promise<void> {
  return writeSealedFile(join(folder, fileName), [Buffer.from(JSON.stringify(manifest))], key)
}

/** 读清单 — refuses what is no backup, is sealed with another key, or was written by a newer version. */
export async function readManifest(folder: string, key: BackupKey | undefined): Promise<Manifest> {
  const path = join(folder, fileName)
  await access(path, constants.R_OK).catch((error: NodeJS.ErrnoException) => {
    throw new Fault(
      error.code === 'ENOENT'
        ? `${folder} 不是一份完整的备份：里面没有清单文件（manifest）。请指向 kuoyou backup 打印的那个目录。`
        : `读不了 ${path}（${error.code}）。请检查权限。`,
    )
  })
  const manifest = JSON.parse((await buffer(readSealedFile(path, key))).toString('utf8')) as Manifest
  if (manifest.format !== backupFormat)
    throw new Fault(
      `这份备份的格式是第 ${manifest.format} 版，本平台（只认第 ${backupFormat} 版）读不了。请用做备份的那个版本（${manifest.platform}）或更新的版本恢复。`,
    )
  return manifest
}
