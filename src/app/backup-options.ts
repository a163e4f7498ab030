import { type BackupKey, readBackupKey } from '../platform/backup/backup-key.ts'

/** 备份类命令的共同选项 — of backup, drill and restore. */
export const backupOptions = {
  key: { type: 'string' },
  data: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

/** 所用密钥 — the file named by --key or KUOYOU_BACKUP_KEY; undefined when neither names one. */
export function askedKey(file = process.env.KUOYOU_BACKUP_KEY): BackupKey | undefined {
  return file ? readBackupKey(file) : undefined
}
