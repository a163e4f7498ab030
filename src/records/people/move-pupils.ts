import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { EnrolmentRecord } from './person.ts'
import { writeEnrolmentRecords } from './write-people.ts'

type Move = Omit<EnrolmentRecord, 'countyId' | 'to'> & { readonly since: string }

/**
 * 变动年级班级 — from a day on each pupil stands in another grade or class of the same school; until then the old one
 * remains as it was. A roll that began on that day or later never held: it is replaced.
 *
 * Who is known to leave on a later day leaves on that day still: the new roll ends where the old one would have.
 */
export async function movePupils(
  tx: Tx,
  countyId: number,
  moves: readonly Move[],
  recordedBy: string,
): Promise<void> {
  if (moves.length === 0) return
  const dated = moves.map((move) => (move.since > move.from ? { ...move, from: move.since } : move))
  const people = dated.map(({ personId }) => personId)
  const move = sql`unnest(${people}::bigint[], ${dated.map(({ from }) => from)}::date[]) as move (person, day)`
  const theirs = sql`county_id = ${countyId} and person_id = move.person`
  const { rows: held } = await sql<{ personId: number; to: string | null }>`
    select person_id as "personId", upper(valid) as "to"
      from people.enrolment_record, ${move} where ${theirs} and valid @> move.day`.execute(tx)
  await sql`
    delete from people.enrolment_record using ${move} where ${theirs} and lower(valid) = move.day`.execute(tx)
  await sql`
    update people.enrolment_record set valid = daterange(lower(valid), move.day)
      from ${move} where ${theirs} and valid @> move.day`.execute(tx)
  const ends = new Map(held.map(({ personId, to }) => [personId, to ?? undefined]))
  await writeEnrolmentRecords(
    tx,
    dated.map((one) => ({ ...one, countyId, to: ends.get(one.personId) })),
    recordedBy,
  )
}
