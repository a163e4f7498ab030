import { constants, existsSync } from 'node:fs'
import { access, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { openContentStore } from '../../platform/files/content-store.ts'
import { type Finding, fail, note, pass } from './finding.ts'

/** Enough to notice a folder that is another one, or a disk that loses content; all of it would take hours. */
const sampled = 50
/** Content enters the database within a day of being written, or is cleared. */
const enteredWithinMs = 2 * 86_400_000

/** 查存放的文件 — the folder, and whether what the database speaks of lies there as its hash says, by sample. */
export async function examineFiles(pool: pg.Pool, folder: string): Promise<Finding[]> {
  const { rows } = await pool.query<{ sha256: string }>(
    "select sha256 from (select distinct sha256 from files.file where state = 'kept') as each order by random() limit $1",
    [sampled],
  )
  if (!existsSync(folder))
    return [
      rows.length === 0
        ? pass('文件目录', `${folder} 还没有存过文件`)
        : fail(
            '文件目录',
            `${folder} 不在，而库里登记着文件—上传和结果都打不开`,
            '请检查共用存储是否挂上、--data 是否指对；丢了就从备份取回。',
          ),
    ]
  const closed = await access(folder, constants.R_OK | constants.W_OK).then(
    () => false,
    () => true,
  )
  if (closed)
    return [
      fail(
        '文件目录',
        `${folder} 不可读写—传不了文件，也取不出`,
        `请用 chown 把 ${folder} 给运行平台的用户。`,
      ),
    ]
  return [await content(folder, rows), await orphans(pool, folder)]
}

async function content(folder: string, rows: readonly { sha256: string }[]): Promise<Finding> {
  const store = openContentStore(folder)
  const lost: string[] = []
  for (const { sha256 } of rows) if (!(await store.read(sha256))) lost.push(sha256)
  return lost.length === 0
    ? pass('文件内容', `抽查 ${rows.length} 个，都在，与校验值相符`)
    : fail(
        '文件内容',
        `抽查 ${rows.length} 个，${lost.length} 个不在或已损坏（如 ${lost[0]?.slice(0, 12)}…）—打开时会被拒绝`,
        '请从备份或归档取回文件目录，并检查磁盘。',
      )
}

/** Looks into some of the 256 folders. */
async function orphans(pool: pg.Pool, folder: string): Promise<Finding> {
  const shards = (await readdir(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name)).slice(0, 16)
  const found: string[] = []
  for (const shard of shards)
    for (const name of await readdir(join(folder, shard))) {
      const written = await stat(join(folder, shard, name)).catch(() => undefined)
      if (written && written.mtimeMs < Date.now() - enteredWithinMs) found.push(shard + name)
    }
  const { rows } = await pool.query(
    'select count(*)::int as count from unnest($1::text[]) as each where not exists (select from files.file where sha256 = each)',
    [found],
  )
  return rows[0].count === 0
    ? pass('无主文件', `抽查 ${shards.length} 个子目录，没有`)
    : note(
        '无主文件',
        `抽查的 ${shards.length} 个子目录里有 ${rows[0].count} 个文件库里没有登记—白占磁盘，可能含早该删的内容`,
        '平台每分钟会清理；两天后还在，请看任务日志里 chore 的报错。',
      )
}
