import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Filing } from './filing.ts'

/** 有无乡镇中心校 — does the school a filing speaks of belong to a township centre, on the tree of the day the books are read? */
export async function hasTownshipCentre(
  tx: Tx,
  { countyId, subjectKind, subjectId }: Pick<Filing, 'countyId' | 'subjectKind' | 'subjectId'>,
): Promise<boolean> {
  if (subjectKind !== 'institution') return false
  const { rows } = await sql`
    select from book.membership as m
      join book.unit as u on u.county_id = m.county_id and u.unit_id = m.unit_id and u.kind = 'township-centre'
     where m.tree = 'township-centre' and m.county_id = ${countyId} and m.institution_id = ${subjectId}`.execute(
    tx,
  )
  return rows.length > 0
}
