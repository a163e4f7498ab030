import { join } from 'node:path'
import type { BackupMark } from '../platform/backup/write-backup.ts'
import { dataFolder } from './data-folder.ts'

/** 存放的文件 — uploads and results kept on disk; backed up with the tables that speak of them. */
export function filesFolder(data?: string): string {
  return join(dataFolder(data), 'files')
}

/** 备份标记 — single values that must come back as they were, besides every row. */
export const backupMarks: readonly BackupMark[] = [
  {
    name: '台账最后一件凭据',
    table: 'registry.act',
    sql: `select county_id || '/' || act_id as value from registry.act order by recorded_at desc, act_id desc limit 1`,
  },
  {
    name: '审计链首',
    table: 'audit.seal',
    sql: `select batch || ' ' || encode(hash, 'hex') as value from audit.seal order by batch desc limit 1`,
  },
]
