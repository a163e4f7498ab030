import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Fault } from '../../kernel/fault.ts'
import { readBackupKey } from '../../platform/backup/backup-key.ts'
import { rowsIn } from '../../platform/backup/manifest.ts'
import { restoreBackup } from '../../platform/backup/restore-backup.ts'
import { afterRestore, backupMarks, filesFolder } from '../backup-contents.ts'
import { reach } from '../connect.ts'
import { dataFolder } from '../data-folder.ts'
import { migrationFolders } from '../migration-folders.ts'
import { printProgress } from '../print-progress.ts'
import { claimDataFolder } from '../running-copy.ts'

const help = `用法：kuoyou restore <备份目录> --data 新目录 [--key FILE] [--json]
      DATABASE_URL=postgres://…/空库 kuoyou restore <备份目录> [--key FILE] [--data DIR]
  把一份备份恢复到空的数据库里：先核对备份，再建表、装数据、核对行数与校验值
  不是空库就不动它；备份损坏、密钥不对、来自更新的版本都会说明并停下
  --data DIR   内置数据库的新数据目录；用 DATABASE_URL 时是存放文件的目录`

/** 恢复命令 — brings a backup into an empty database and says what came back. */
export async function restore(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: {
      key: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
    allowPositionals: true,
  })
  if (values.help) {
    process.stdout.write(`${help}\n`)
    return 0
  }
  const [folder] = positionals
  if (!folder) {
    process.stderr.write(`没有写备份目录。\n${help}\n`)
    return 2
  }
  if (!values.data && !process.env.DATABASE_URL)
    throw new Fault('没有写恢复到哪里。请用 --data 给一个新目录，或用 DATABASE_URL 指向一个空库。')
  const release = process.env.DATABASE_URL ? () => {} : claimDataFolder(dataFolder(values.data), 0)
  try {
    return await run(resolve(folder), values)
  } finally {
    release()
  }
}

async function run(
  folder: string,
  values: { key?: string | undefined; data?: string | undefined; json?: boolean | undefined },
): Promise<number> {
  const keyFile = values.key ?? process.env.KUOYOU_BACKUP_KEY
  const key = keyFile ? readBackupKey(keyFile) : undefined
  const started = performance.now()
  const { owner, close } = await reach(values.data, 'make')
  try {
    const manifest = await restoreBackup({
      backup: folder,
      pool: owner.pool,
      key,
      folders: migrationFolders,
      filesFolder: filesFolder(values.data),
      marks: backupMarks,
      after: afterRestore,
      report: printProgress,
    })
    const rows = rowsIn(manifest)
    const milliseconds = Math.round(performance.now() - started)
    const { createdAt, tables, files } = manifest
    const told = { createdAt, tables: tables.length, rows, files: files.length, milliseconds }
    process.stdout.write(
      values.json
        ? `${JSON.stringify(told)}\n`
        : `已恢复 ${createdAt} 的备份：${told.tables} 张表 ${rows} 行，${told.files} 个文件，行数与校验值全部相符，用时 ${(milliseconds / 1000).toFixed(1)} 秒。\n`,
    )
    return 0
  } finally {
    await close()
  }
}
