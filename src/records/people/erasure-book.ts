import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { Fault } from '../../kernel/fault.ts'
import type { Database } from '../../platform/db/open-database.ts'
import { together } from '../../platform/db/together.ts'
import { type Erasure, listErasures, reapplyErasures } from './erase-subject.ts'

/** 已删名单文件 — in a folder outside the database, so that it survives the database and its backups. */
export function erasureFile(folder: string): string {
  return join(folder, 'erasures.jsonl')
}

/**
 * 存已删名单 — appends to each copy what it lacks; on disk before this returns. Makes a copy even where nobody was erased yet: an
 * empty list is a list.
 *
 * Digests alone, of numbers that mean nothing outside the book. `hours` limits it to what was erased lately.
 */
export async function keepErasures(
  db: Database,
  folders: readonly string[],
  hours?: number,
): Promise<number> {
  const erasures = await listErasures(db, await allCounties(db), hours)
  if (hours !== undefined && erasures.length === 0) return 0
  await together(db.pool, async (client) => {
    // Read and written by one process at a time: all of them have the database in common, not the machine.
    await client.query('select pg_advisory_xact_lock($1)', [erasureListLock])
    for (const file of folders.map(erasureFile)) {
      const known = new Set(
        (existsSync(file) ? readErasures(file) : []).map(({ subjectHash }) => subjectHash),
      )
      append(
        file,
        erasures.filter(({ subjectHash }) => !known.has(subjectHash)),
      )
    }
  })
  return erasures.length
}

export const erasureListLock = 7_340_024

function append(file: string, erasures: readonly Erasure[]): void {
  let handle: number | undefined
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    handle = openSync(file, 'a', 0o600)
    const bytes = readFileSync(file)
    // A line that a power cut left unfinished must not spoil the next; whole lines are never cut.
    if (bytes.length > 0 && bytes.at(-1) !== 10) ftruncateSync(handle, bytes.lastIndexOf(10) + 1)
    writeSync(handle, erasures.map((each) => `${JSON.stringify(each)}\n`).join(''))
    fsyncSync(handle)
  } catch (error) {
    throw new Fault(
      `已删名单写不进 ${file}（${(error as NodeJS.ErrnoException).code}）—恢复旧备份时会漏删—请检查该目录是否存在、可写，或用 KUOYOU_AUDIT_ANCHORS 换一处。`,
    )
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}

/** 找已删名单 — everyone on either copy; undefined where there is none. */
export function findErasures(folders: readonly string[]): Erasure[] | undefined {
  const files = folders.map(erasureFile).filter((file) => existsSync(file))
  if (files.length === 0) return undefined
  const all = files.flatMap(readErasures)
  return [...new Map(all.map((each) => [each.subjectHash, each])).values()]
}

/**
 * 照顾已删名单 — before a site opens: whoever is on the list though the database does not know it is erased again, and what the database
 * knows is put on the list.
 *
 * So an older state brought in by other tools than ours (a server's own recovery, a standby that lagged) brings nobody back either.
 */
export async function heedErasures(db: Database, folders: readonly string[]): Promise<number> {
  const known = new Set((await listErasures(db, await allCounties(db))).map(({ subjectHash }) => subjectHash))
  const unknown = (findErasures(folders) ?? []).filter(({ subjectHash }) => !known.has(subjectHash))
  const again = unknown.length > 0 ? await reapplyList(db, unknown) : 0
  await keepErasures(db, folders)
  return again
}

/** 照名单再删 — in all counties; returns how many people an older state had brought back. */
export async function reapplyList(db: Database, erasures: readonly Erasure[]): Promise<number> {
  return reapplyErasures(db, await allCounties(db), erasures)
}

async function allCounties({ pool }: Database): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>('select county_id as id from registry.county')
  return rows.map(({ id }) => id)
}

/** 读已删名单 — without a last line that a power cut left unfinished; any other bad line is a fault. */
export function readErasures(file: string): Erasure[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.slice(0, -1).map((line, at) => {
    const erasure = parsed(line)
    if (!isDigest(erasure?.subjectHash) || !(erasure?.saltHash === null || isDigest(erasure?.saltHash)))
      throw new Fault(
        `${file} 第 ${at + 1} 行不是已删名单的一行。请改用另一处的名单，或 kuoyou retention list 写出的文件。`,
      )
    return erasure as Erasure
  })
}

function isDigest(text: unknown): boolean {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text)
}

function parsed(line: string): Partial<Erasure> | undefined {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
