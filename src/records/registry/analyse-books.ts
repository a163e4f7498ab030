import type pg from 'pg'

/**
 * 更新统计信息 — lets the database count its books after a large load, so that it plans the reads well at once.
 *
 * Only the owner may; without it the database does the same by itself within minutes.
 */
export async function analyseBooks(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ book: string }>(
    `select format('%I.%I', schemaname, tablename) as book from pg_tables where schemaname in ('registry', 'returns', 'series', 'findings')`,
  )
  for (const { book } of rows) await pool.query(`analyze ${book}`)
}
