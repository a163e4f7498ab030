import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Fault } from '../../kernel/fault.ts'
import { rowsIn } from '../../platform/backup/manifest.ts'
import { restoreBackup } from '../../platform/backup/restore-backup.ts'
import { afterRestore } from '../after-restore.ts'
import { backupMarks, filesFolder } from '../backup-contents.ts'
import { askedKey, backupOptions } from '../backup-options.ts'
import { reach } from '../connect.ts'
import { dataFolder } from '../data-folder.ts'
import { migrationFolders } from '../migration-folders.ts'
import { printProgress } from '../print-progress.ts'
import { restoreArchive } from '../restore-archive.ts'
import { claimDataFolder } from '../running-copy.ts'

const help = `用法：kuoyou restore <备份目录> --data 新目录 [--key FILE] [--erasures FILE] [--json]
      DATABASE_URL=postgres://…/空库 kuoyou restore <备份目录> [--key FILE] [--data DIR]
      kuoyou restore --archive DIR [--until 时刻] --data 新目录 [--key FILE] [--erasures FILE] [--json]
  把一份备份恢复到空的数据库里：先核对备份，再建表、装数据、核对行数与校验值
  不是空库就不动它；备份损坏、密钥不对、来自更新的版本都会说明并停下
  --archive DIR    改从日志归档处恢复内置数据库：最近的底本，再重放日志
  --until 时刻     恢复到这一刻（如 2026-09-01T15:30，北京时间）；不写就到归档里的最后一笔
  --erasures FILE  已删名单；不写就找审计锚点的两处。恢复后照它再删一遍，找不到就不打开这个库
  --data DIR       内置数据库的新数据目录；用 DATABASE_URL 时是存放文件的目录`

/** 恢复命令 — brings a backup into an empty database, or an archive into an empty folder, and says what came back. */
export async function restore(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: {
      ...backupOptions,
      archive: { type: 'string' },
      until: { type: 'string' },
      erasures: { type: 'string' },
    },
    allowPositionals: true,
  })
  if (values.help) {
    process.stdout.write(`${help}\n`)
    return 0
  }
  const [folder] = positionals
  if (!folder && !values.archive) {
    process.stderr.write(`没有写备份目录。\n${help}\n`)
    return 2
  }
  if (!values.data && !process.env.DATABASE_URL)
    throw new Fault('没有写恢复到哪里。请用 --data 给一个新目录，或用 DATABASE_URL 指向一个空库。')
  if (values.archive && (process.env.DATABASE_URL || !values.data))
    throw new Fault(
      '归档只能恢复成内置数据库。服务器上的库请用 PostgreSQL 自己的恢复，做法见 docs/deployment.md。',
    )
  const release = process.env.DATABASE_URL ? () => {} : claimDataFolder(dataFolder(values.data), 0)
  try {
    return values.archive
      ? await restoreArchive({ ...values, archive: resolve(values.archive), data: values.data as string })
      : await run(resolve(folder as string), values)
  } finally {
    release()
  }
}

async function run(
  folder: string,
  values: {
    key?: string | undefined
    data?: string | undefined
    erasures?: string | undefined
    json?: boolean | undefined
  },
): Promise<number> {
  const started = performance.now()
  const key = askedKey(values.key)
  const { owner, close } = await reach(values.data, 'make')
  try {
    const manifest = await restoreBackup({
      backup: folder,
      pool: owner.pool,
      key,
      folders: migrationFolders,
      filesFolder: filesFolder(values.data),
      marks: backupMarks,
      after: afterRestore(owner, { source: folder, data: values.data, erasures: values.erasures }),
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
