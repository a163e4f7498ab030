import assert from 'node:assert/strict'
import { backupMarks } from '../../src/app/backup-contents.ts'
import { goldenReads } from '../../src/app/golden-reads.ts'
import { migrationFolders } from '../../src/app/migration-folders.ts'
import { version } from '../../src/app/version.ts'
import { backupKey } from '../../src/platform/backup/backup-key.ts'
import { type DrillOutcome, drill } from '../../src/platform/backup/drill.ts'
import { temporaryCluster } from '../../src/platform/backup/empty-database.ts'
import type { Database } from '../../src/platform/db/open-database.ts'

/**
 * Backs up a loaded database with a key, restores it into a fresh cluster, compares everything. Throws when anything
 * differs, when fewer than 20 golden reads were compared, or when coming back took longer than a million
 * rows in 30 minutes allow.
 */
export async function trustBackup(
  db: Database,
  print: (line: string) => void = () => {},
): Promise<DrillOutcome> {
  const outcome = await drill({
    db,
    platform: version,
    folders: migrationFolders,
    key: backupKey(Buffer.alloc(32, 7)),
    marks: backupMarks,
    reads: goldenReads,
    makeEmpty: temporaryCluster,
  })
  const { tables, rows, bytes, backupMs, restoreMs, reads } = outcome
  print(
    `D10 备份恢复：${tables} 张表 ${rows} 行，加密压缩后 ${(bytes / 1024 / 1024).toFixed(1)} MB；备份 ${(backupMs / 1000).toFixed(1)} 秒，恢复并核对 ${(restoreMs / 1000).toFixed(1)} 秒；读数 ${reads.equal}/${reads.compared} 相同`,
  )
  assert.deepEqual(outcome.differences, [])
  assert.ok(reads.compared >= 20 && reads.equal === reads.compared, 'golden reads')
  assert.ok(
    restoreMs <= Math.max(1, rows / 1_000_000) * 30 * 60_000,
    'recovery within 30 minutes a million rows',
  )
  return outcome
}
