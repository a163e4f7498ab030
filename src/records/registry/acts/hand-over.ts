import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { type Book, enterAnew, takeOut } from '../book-entries.ts'
import { rangeBefore, rangeSince } from '../dated.ts'
import type { ActDone } from './act-basis.ts'

/** 划转 — the act as recorded in the book that gives and in the book that receives. */
export interface HandOver {
  readonly from: ActDone
  readonly to: ActDone
}

/**
 * 移交记录 — from the effective day on the receiving county's book answers for these entries, their past included.
 *
 * County ids are never updated: the old book's entries are held up to that day, and copies are held by the
 * new book from that day on. Books read as of an earlier day, or as known earlier, show the old county.
 */
export async function handOver(
  tx: Tx,
  acts: HandOver,
  book: Book,
  which: RawBuilder<unknown>,
): Promise<void> {
  const day = acts.from.effectiveOn
  const stillHeld = sql`(${which}) and (held is null or upper_inf(held) or upper(held) > ${day}::date)`
  const taken = await takeOut(tx, book, acts.from.countyId, stillHeld)
  const kept = taken.flatMap((entry) => {
    const held = rangeBefore(entry.held, day)
    return held ? [{ ...entry, held }] : []
  })
  const handed = taken.flatMap((entry) => {
    const held = rangeSince(entry.held, day)
    return held ? [{ ...entry, county_id: acts.to.countyId, held }] : []
  })
  await enterAnew(tx, book, acts.from.actId, kept)
  await enterAnew(tx, book, acts.to.actId, handed)
}

/** 移交机构 — hands over institutions with premises and every figure filed by them; memberships in the old county end. */
export async function handOverInstitutions(tx: Tx, acts: HandOver, ids: readonly number[]): Promise<void> {
  const theirs = sql`institution_id = any (${ids}::bigint[])`
  for (const book of [
    'institution',
    'premises',
    'enrolment',
    'school_class',
    'pupil_flow',
    'staff_count',
  ] as const) {
    await handOver(tx, acts, book, theirs)
  }
  await handOver(tx, acts, 'succession', sql`subject = 'institution' and from_id = any (${ids}::bigint[])`)
}

/** 移交单位 — hands over units with their births, people and outlines. */
export async function handOverUnits(tx: Tx, acts: HandOver, ids: readonly number[]): Promise<void> {
  const theirs = sql`unit_id = any (${ids}::bigint[])`
  for (const book of ['unit', 'birth', 'population'] as const) await handOver(tx, acts, book, theirs)
  await handOver(tx, acts, 'succession', sql`subject = 'unit' and from_id = any (${ids}::bigint[])`)
  await sql`
    insert into registry.boundary (county_id, unit_id, geometry, datum, indicative, source)
    select ${acts.to.countyId}::integer, unit_id, geometry, datum, indicative, source from registry.boundary
     where county_id = ${acts.from.countyId} and ${theirs}
    on conflict (county_id, unit_id) do nothing`.execute(tx)
}
