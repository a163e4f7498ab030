import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { readBoard } from '../features/seats/read-board.ts'
import type { Database } from '../platform/db/open-database.ts'
import { type Books, bookDay } from '../records/books.ts'
import { booksOf } from './open-site.ts'

const stages = ['preschool', 'primary', 'junior', 'senior', 'vocational', 'special'] as const

/**
 * 黄金读数 — the seat boards of the city and of every county, for every stage, and how many institutions each book holds.
 *
 * Read through the same rules as the screens, so that a restored database is proved to answer as before, not only
 * to hold the same bytes. Nothing is read where no city was set up.
 */
export async function goldenReads(db: Database): Promise<Record<string, string>> {
  const books = await booksOf({ db })
  if (!books) return {}
  const { rows } = await db.pool.query<{ id: number; name: string }>(
    'select county_id as id, name from registry.county order by county_id',
  )
  const counties = rows.map(({ id }) => id)
  const reads: Record<string, string> = {}
  for (const { id, name } of rows) {
    for (const stage of stages)
      reads[`${name} ${stage} 学位总表`] = await boardHash(books, counties, id, stage)
    reads[`${name} 机构`] = await institutionHash(books, id)
  }
  return reads
}

async function boardHash(
  books: Books,
  counties: readonly number[],
  unit: number,
  stage: (typeof stages)[number],
): Promise<string> {
  const asked = { stage, unit, scenario: 'mid', asOf: bookDay(books.site) }
  return hashOf(await readBoard(books, counties, asked))
}

async function institutionHash(books: Books, county: number): Promise<string> {
  return books.db.transaction({ counties: [county], asOf: bookDay(books.site) }, async (tx) => {
    const { rows } = await sql`
      select institution_id, code, name, kind, stages, sector from book.institution order by institution_id`.execute(
      tx,
    )
    return `${rows.length} ${hashOf(rows)}`
  })
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
