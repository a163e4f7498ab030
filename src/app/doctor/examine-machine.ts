import { accessSync, constants, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readPlan } from '../../plan/index.ts'
import { keyFilePath } from '../../platform/vault/key-file.ts'
import { anchorPlaces } from '../anchor-places.ts'
import { dataFolder, root } from '../data-folder.ts'
import { type Finding, fail, note, pass } from './finding.ts'

/** A city's books and their history need well under this; below it the database may have to stop. */
const smallestFreeGigabytes = 2
const comfortableGigabytes = 10

/** 查本机 — runtime, disk, key files and the plan: what can be seen without a database. */
export function examineMachine(data: string | undefined): Finding[] {
  return [
    pass('运行环境', `Node ${process.versions.node}，${process.platform}-${process.arch}`),
    disk(process.env.DATABASE_URL ? root : dataFolder(data)),
    ...keyFilesOf(data).flatMap(keyFile),
    plan(),
  ]
}

function disk(folder: string): Finding {
  let free: number
  try {
    const { bavail, bsize } = statfsSync(folder)
    free = (bavail * bsize) / 2 ** 30
  } catch {
    return fail('磁盘', `看不到数据目录 ${folder}`, '还没有建库时请先运行 npm start；否则请检查路径和权限。')
  }
  const words = `${folder} 还有 ${free.toFixed(1)} GB`
  const mend = '请清理磁盘，或换一个目录（--data）。'
  if (free < smallestFreeGigabytes) return fail('磁盘', `${words}，太少`, mend)
  return free < comfortableGigabytes ? note('磁盘', `${words}，偏少`, mend) : pass('磁盘', words)
}

interface KeyFile {
  readonly zh: string
  readonly variable: string
  readonly path: string | undefined
  /** What cannot be done without it. */
  readonly why: string
  /** Made by the platform itself, in the data folder, when it starts the first time. */
  readonly own: boolean
}

function keyFilesOf(data: string | undefined): KeyFile[] {
  const { KUOYOU_BACKUP_KEY, KUOYOU_KEY_COMMAND, KUOYOU_AUDIT_KEY } = process.env
  return [
    {
      zh: '备份密钥',
      variable: 'KUOYOU_BACKUP_KEY',
      path: KUOYOU_BACKUP_KEY,
      why: '加密的备份做不了也恢复不了',
      own: false,
    },
    ...(KUOYOU_KEY_COMMAND ? [] : [dataKey(data)]),
    {
      zh: '审计密钥',
      variable: 'KUOYOU_AUDIT_KEY',
      path: anchorPlaces(data).keyFile,
      why: '审计锚点无法核验',
      own: !KUOYOU_AUDIT_KEY,
    },
  ]
}

/** Not wanted where a key program holds the master key. */
const dataKey = (data: string | undefined): KeyFile => ({
  zh: '数据密钥',
  variable: 'KUOYOU_KEY_FILE',
  path: keyFilePath(dataFolder(data)),
  why: '加密的个人信息打不开',
  own: !process.env.KUOYOU_KEY_FILE,
})

function keyFile({ zh, variable, path, why, own }: KeyFile): Finding[] {
  if (!path) return []
  try {
    accessSync(path, constants.R_OK)
    if ((statSync(path).mode & 0o077) !== 0)
      return [
        fail(
          zh,
          `${path} 别的用户也能读—拿到它的人能打开它所护的内容`,
          `请执行 chmod 600 ${path}，并考虑换新密钥。`,
        ),
      ]
    return [pass(zh, `${path} 可读，只有本用户能读`)]
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && own)
      return [note(zh, `${path} 还没有`, '首次启动、首次用到时平台自动生成；以前有过就从备份处放回。')]
    return [
      fail(zh, `读不了 ${path}（${code}）—${why}`, `请放回密钥文件，或改正环境变量 ${variable} 和文件权限。`),
    ]
  }
}

function plan(): Finding {
  const { plan: read, problems } = readPlan(join(root, 'plan'), 'pingdingshan')
  if (read && problems.length === 0)
    return pass('规划数据', `版本 ${read.version.slice(0, 12)}，${read.items.size} 条`)
  return fail(
    '规划数据',
    problems.map(({ text }) => text).join('；'),
    '请按上面的位置改正 plan/ 下的文件，再用 kuoyou plan check 核对。',
  )
}
