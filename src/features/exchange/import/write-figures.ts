import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { Books } from '../../../records/books.ts'
import { type Book, type BookEntry, enterAnew, takeOut } from '../../../records/registry/book-entries.ts'
import { columnOf } from '../../../records/registry/write-entries.ts'
import type { JudgedEntry } from '../judge/judge-import.ts'
import { overlay } from '../judge/kind-rules.ts'
import type { KnownBooks } from '../judge/known-books.ts'

/** 一县的凭据 — the act under which one county's entries are written. */
export interface CountyAct {
  readonly countyId: number
  readonly actId: number
  readonly effectiveOn: string
  readonly recordedBy: string
}

/** 写入 — writes one county's accepted entries; those that are the same are not touched. */
export type Write<E> = (
  tx: Tx,
  act: CountyAct,
  entries: readonly JudgedEntry<E>[],
  known: KnownBooks,
  lent: Pick<Books, 'vault'>,
) => Promise<void>

type BulkWriter<E> = (tx: Tx, actId: number, rows: Iterable<E>) => Promise<void>

/**
 * 记数 — new figures are appended; a corrected one ends what the book says now and is entered anew, so that
 * what was published from the old figure still recomputes.
 */
export function figureWriter<E extends { countyId: number }>(
  book: Book,
  key: readonly (keyof E & string)[],
  write: BulkWriter<E>,
): Write<E> {
  return async (tx, act, entries) => {
    const of = (action: string) => entries.filter((each) => each.action === action).map(({ entry }) => entry)
    await write(tx, act.actId, of('new'))
    await correct(tx, act, book, key, of('correct'))
  }
}

async function correct<E>(
  tx: Tx,
  act: CountyAct,
  book: Book,
  key: readonly (keyof E & string)[],
  entries: readonly E[],
): Promise<void> {
  if (entries.length === 0) return
  const columns = key.map(columnOf)
  const byKey = new Map(entries.map((entry) => [key.map((field) => entry[field]).join('|'), entry]))
  const taken = await takeOut(tx, book, act.countyId, among(columns, [...byKey.keys()]))
  const anew = taken.map((old) => {
    const entry = byKey.get(columns.map((column) => old[column]).join('|')) as object
    return overlay(
      old,
      Object.fromEntries(Object.entries(entry).map(([field, value]) => [columnOf(field), value])),
    )
  })
  await enterAnew(tx, book, act.actId, anew as BookEntry[])
}

/** A condition that picks the entries whose key columns, joined, are among these. */
function among(columns: readonly string[], keys: readonly string[]): RawBuilder<unknown> {
  const joined = sql.raw(columns.map((column) => `entry.${column}::text`).join(` || '|' || `))
  return sql`${joined} in (select jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb))`
}
