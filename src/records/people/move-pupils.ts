import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { EnrolmentRecord } from './person.ts'
import { writeEnrolmentRecords } from './write-people.ts'

/**
 * 变动年级班级 — from a day on each pupil stands in another grade or class of the same school; until then the old one
 * remains as it was. A roll that began on that day or later never held: it is replaced.
 */
export async function movePupils(
  tx: Tx,
  countyId: number,
  moves: readonly (Omit<EnrolmentRecord, 'countyId'> & { readonly since: string })[],
  recordedBy: string,
): Promise<void> {
  if (moves.length === 0) return
  const [later, atOnce] = [
    moves.filter(({ from, since }) => from > since),
    moves.filter(({ from, since }) => from <= since),
  ]
  const ids = (some: typeof moves) => some.map(({ personId }) => personId)
  await sql`
    update people.enrolment_record set valid = daterange(lower(valid), move.day)
      from unnest(${ids(later)}::bigint[], ${later.map(({ from }) => from)}::date[]) as move (person, day)
     where county_id = ${countyId} and person_id = move.person and upper_inf(valid)`.execute(tx)
  await sql`
    delete from people.enrolment_record
     where county_id = ${countyId} and person_id = any (${ids(atOnce)}::bigint[]) and upper_inf(valid)`.execute(
    tx,
  )
  await writeEnrolmentRecords(
    tx,
    [...later, ...atOnce.map((move) => ({ ...move, from: move.since }))].map((move) => ({
      ...move,
      countyId,
    })),
    recordedBy,
  )
}
