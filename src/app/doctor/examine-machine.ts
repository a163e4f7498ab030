import { accessSync, constants, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readPlan } from '../../plan/index.ts'
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
    ...keyFiles.flatMap(keyFile),
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

/** Keys named in the environment, which the platform or its backups cannot do without. */
const keyFiles = [
  { zh: '备份密钥', variable: 'KUOYOU_BACKUP_KEY' },
  { zh: '数据密钥', variable: 'KUOYOU_KEY_FILE' },
  { zh: '审计密钥', variable: 'KUOYOU_AUDIT_KEY' },
] as const

function keyFile({ zh, variable }: (typeof keyFiles)[number]): Finding[] {
  const path = process.env[variable]
  if (!path) return []
  try {
    accessSync(path, constants.R_OK)
    if ((statSync(path).mode & 0o077) !== 0)
      return [note(zh, `${path} 别的用户也能读`, `请执行 chmod 600 ${path}。`)]
    return [pass(zh, `${path} 可读，只有本用户能读`)]
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return [fail(zh, `读不了 ${path}（${code}）`, `请放回密钥文件，或改正环境变量 ${variable} 和文件权限。`)]
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
