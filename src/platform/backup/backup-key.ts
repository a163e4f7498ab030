import { createHmac, hkdfSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Fault } from '../../kernel/fault.ts'

/** 备份密钥 — 32 bytes that open a backup, and a short mark by which a wrong key is told from a damaged file. */
export interface BackupKey {
  readonly mark: string
  /** The key of one file, by that file's salt. */
  forFile(salt: Buffer): Buffer
}

/** 读备份密钥 — from a file holding 64 hexadecimal digits, base64 of 32 bytes, or the 32 bytes themselves. */
export function readBackupKey(path: string): BackupKey {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    throw new Fault(
      `读不了备份密钥文件 ${path}（${(error as NodeJS.ErrnoException).code}）。请检查路径和权限。`,
    )
  }
  const secret = secretIn(bytes)
  if (!secret) {
    throw new Fault(
      `${path} 不是备份密钥：应是 32 字节的密钥（64 位十六进制或 base64）。新密钥可用 openssl rand -hex 32 > 文件 生成，并另存一份到别处。`,
    )
  }
  return backupKey(secret)
}

/** 备份密钥 — over the 32 secret bytes. */
export function backupKey(secret: Buffer): BackupKey {
  return {
    mark: createHmac('sha256', secret).update('kuoyou backup key').digest('hex').slice(0, 16),
    forFile: (salt) => Buffer.from(hkdfSync('sha256', secret, salt, 'kuoyou backup file', 32)),
  }
}

function secretIn(bytes: Buffer): Buffer | undefined {
  if (bytes.length === 32) return bytes
  const text = bytes.toString('latin1').trim()
  if (/^[0-9a-fA-F]{64}$/.test(text)) return Buffer.from(text, 'hex')
  const decoded = /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined
  return decoded?.length === 32 ? decoded : undefined
}
