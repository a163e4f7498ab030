import { Fault } from '../kernel/fault.ts'
import type { Books } from '../records/books.ts'

/** 命令行的范围 — one county when its code is given, else the whole city. */
export async function countiesAskedFor(books: Books, code: string | undefined): Promise<number[]> {
  const { rows } = await books.db.pool.query<{ id: number; code: string; name: string }>(
    'select county_id as id, code, name from registry.county order by county_id',
  )
  if (code === undefined) return rows.map(({ id }) => id)
  const found = rows.find((row) => row.code === code)
  if (found) return [found.id]
  const known = rows.map((row) => `${row.code} ${row.name}`).join('、')
  throw new Fault(`本市没有代码为“${code}”的县（市、区）。可用：${known}。`)
}
