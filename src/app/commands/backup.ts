import { readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Fault } from '../../kernel/fault.ts'
import { recordBackup } from '../../platform/backup/backup-log.ts'
import { rowsIn } from '../../platform/backup/manifest.ts'
import { writeBackup } from '../../platform/backup/write-backup.ts'
import { backupMarks, filesFolder } from '../backup-contents.ts'
import { askedKey, backupOptions } from '../backup-options.ts'
import { reach } from '../connect.ts'
import { dataFolder } from '../data-folder.ts'
import { makeBase } from '../make-base.ts'
import { version } from '../version.ts'

const help = `用法：kuoyou backup [--to DIR] [--key FILE] [--keep N] [--data DIR] [--json]
      kuoyou backup --base [--key FILE] [--keep N] [--data DIR] [--json]
  把全部表（同一时刻）、序列和存放的文件备份成一个目录，平台可以照常使用
  --to DIR     放备份的目录，默认为数据目录下的 backups；请定期另存到别的机器
  --key FILE   用这把密钥加密（32 字节，openssl rand -hex 32 > FILE），也可用环境变量 KUOYOU_BACKUP_KEY 指明
  --keep N     只留最近的 N 份，更早的删去
  --base       给内置数据库做底本，放在日志归档处（KUOYOU_ARCHIVE）：有了它和日志，能恢复到任何一刻；
               密钥须与运行中的平台相同，即 KUOYOU_BACKUP_KEY 指明的那把
  --data DIR   数据目录；设置 DATABASE_URL 时备份那台服务器上的库`

/** 备份命令 — writes one backup and says where it lies, what it holds and how to prove it. */
export async function backup(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      ...backupOptions,
      to: { type: 'string' },
      keep: { type: 'string' },
      base: { type: 'boolean' },
    },
  })
  if (values.help) {
    process.stdout.write(`${help}\n`)
    return 0
  }
  const keep = values.keep === undefined ? undefined : keepOf(values.keep)
  const key = askedKey(values.key)
  if (values.base) return makeBase({ ...values, key, keep })
  const to = resolve(values.to ?? join(dataFolder(values.data), 'backups'))
  const { owner, close } = await reach(values.data)
  try {
    const files = filesFolder(values.data)
    const done = await writeBackup({
      pool: owner.pool,
      to,
      platform: version,
      key,
      filesFolder: files,
      marks: backupMarks,
    })
    await recordBackup(owner.pool, done, key !== undefined)
    if (keep !== undefined) await removeOlder(to, keep)
    const { folder, bytes, milliseconds, manifest } = done
    const told = {
      folder,
      bytes,
      milliseconds,
      rows: rowsIn(manifest),
      tables: manifest.tables.length,
      files: manifest.files.length,
      encrypted: key !== undefined,
    }
    process.stdout.write(values.json ? `${JSON.stringify(told)}\n` : `${sentences(told)}\n`)
    return 0
  } finally {
    await close()
  }
}

function keepOf(text: string): number {
  const keep = Number(text)
  if (!Number.isInteger(keep) || keep < 1) throw new Fault(`--keep 应是 1 以上的整数，不能是“${text}”。`)
  return keep
}

/** Names carry the moment, so the oldest sort first. Only whole backups count and only they are removed. */
async function removeOlder(folder: string, keep: number): Promise<void> {
  const backups = (await readdir(folder)).filter((name) => /^kuoyou-\d{8}T\d{9}Z$/.test(name)).sort()
  for (const name of backups.slice(0, -keep)) await rm(join(folder, name), { recursive: true })
}

function sentences(told: {
  folder: string
  bytes: number
  milliseconds: number
  rows: number
  tables: number
  files: number
  encrypted: boolean
}): string {
  const size = (told.bytes / 1024 / 1024).toFixed(1)
  return [
    `已备份到 ${told.folder}：${told.tables} 张表 ${told.rows} 行，${told.files} 个文件，${size} MB，用时 ${(told.milliseconds / 1000).toFixed(1)} 秒。`,
    told.encrypted
      ? '备份已加密：没有密钥谁也恢复不了，请把密钥另存一份到别处。'
      : '备份没有加密：里面有个人信息，请加 --key，或放在只有管理员能进的地方。',
    '请另存一份到别的机器；每月用 kuoyou drill 演练一次恢复。',
  ].join('\n')
}
