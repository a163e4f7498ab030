import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { writingMoment } from './begin-writing.ts'
import { rangeBefore, rangeSince } from './dated.ts'

export type Book =
  | 'unit'
  | 'unit_link'
  | 'institution'
  | 'premises'
  | 'membership'
  | 'succession'
  | 'enrolment'
  | 'school_class'
  | 'pupil_flow'
  | 'staff_count'
  | 'birth'
  | 'population'

/** 在册记录 — an entry as it lies in its book, by column name; ranges in PostgreSQL's own writing. */
export interface BookEntry {
  readonly [column: string]: unknown
  readonly county_id: number
  readonly valid: string
  readonly held: string | null
}

/**
 * 注销现行记录 — ends what the book says now of the entries that `which` picks, and returns them.
 *
 * Nothing is deleted: they stay readable at every earlier moment. What is to hold on is entered anew
 * with `enterAnew`.
 */
export async function takeOut(
  tx: Tx,
  book: Book,
  countyId: number,
  which: RawBuilder<unknown>,
): Promise<BookEntry[]> {
  const moment = writingMoment(tx, countyId)
  const { rows } = await sql<{ entry: BookEntry }>`
    update registry.${sql.raw(book)} as entry set known_to = ${moment}::timestamptz
     where county_id = ${countyId} and known_to = 'infinity' and known_from <= ${moment}::timestamptz and (${which})
    returning to_jsonb(entry) as entry`.execute(tx)
  return rows.map((row) => row.entry)
}

/** 重新登记 — enters changed copies of entries under an act, known from the running writing's moment. */
export async function enterAnew(
  tx: Tx,
  book: Book,
  actId: number,
  entries: readonly BookEntry[],
): Promise<void> {
  if (entries.length === 0) return
  const anew = entries.map((entry) => ({
    ...entry,
    known_from: writingMoment(tx, entry.county_id),
    known_to: 'infinity',
    act_id: actId,
  }))
  const table = sql.raw(`registry.${book}`)
  await sql`
    insert into ${table} overriding user value
    select * from jsonb_populate_recordset(null::${table}, ${JSON.stringify(anew)}::jsonb)`.execute(tx)
}

/** 自某日起变更 — keeps the entries as they are before the day and enters `change` of them from that day on. */
export async function amendFrom(
  tx: Tx,
  book: Book,
  act: { readonly countyId: number; readonly actId: number; readonly effectiveOn: string },
  which: RawBuilder<unknown>,
  change?: Readonly<Record<string, unknown>>,
): Promise<BookEntry[]> {
  const day = act.effectiveOn
  const reaching = sql`(${which}) and (upper_inf(valid) or upper(valid) > ${day}::date)`
  const taken = await takeOut(tx, book, act.countyId, reaching)
  const parts = taken.flatMap((entry) => {
    const before = rangeBefore(entry.valid, day)
    const since = change && rangeSince(entry.valid, day)
    return [
      ...(before ? [{ ...entry, valid: before }] : []),
      ...(since ? [{ ...entry, ...change, valid: since }] : []),
    ]
  })
  await enterAnew(tx, book, act.actId, parts)
  return taken
}
