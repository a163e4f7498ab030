import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { UnitKind } from '../unit.ts'
import { treeOf, unitsAbove } from './units-above.ts'

/** 归入的单位 — the kind of unit figures are gathered by. */
export type GatheringKind = UnitKind | 'institution'

/** 机构所在 — where an institution counts; `countyId` is whose book it lies in. */
export interface Place {
  readonly countyId: number
  readonly institutionId: number
  readonly unitId: number
}

/**
 * 机构归属 — the unit of a kind to which each institution belongs on the day the books are read.
 *
 * One that has closed counts where it last stood, one that will open where it will stand. An institution
 * that belongs to no unit of that kind (no school group, say) is absent.
 */
export async function placeInstitutions(tx: Tx, kind: GatheringKind): Promise<Place[]> {
  if (kind === 'institution') {
    const { rows } = await standing(tx)
    return rows.map((row) => ({ ...row, unitId: row.institutionId }))
  }
  const above = await unitsAbove(tx, kind)
  const { rows } = treeOf(kind) === 'administrative' ? await standing(tx) : await belonging(tx, kind)
  return rows.flatMap((row) => {
    const unitId = above(row.unitId)
    return unitId === undefined ? [] : [{ ...row, unitId }]
  })
}

const standing = (tx: Tx) =>
  sql<Place>`
    select distinct on (county_id, institution_id)
           county_id as "countyId", institution_id as "institutionId", unit_id as "unitId"
      from book.institution_dates
     order by county_id, institution_id, lower(valid) > book.as_of(),
              case when lower(valid) > book.as_of() then lower(valid) end, lower(valid) desc`.execute(tx)

/** Membership on the day, or on the last day of an institution that has closed. */
const belonging = (tx: Tx, kind: UnitKind) =>
  sql<Place>`
    select m.county_id as "countyId", m.institution_id as "institutionId", m.unit_id as "unitId"
      from book.membership_dates m
      join book.institution_last i on i.county_id = m.county_id and i.institution_id = m.institution_id
     where m.tree = ${treeOf(kind)} and m.valid @> least(book.as_of(), upper(i.valid) - 1)`.execute(tx)
