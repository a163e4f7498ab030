import { sql } from 'kysely'
import { isMissing } from '../../kernel/missing.ts'
import { numberParameter, type Plan } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type Inspector, readInspectors } from './draws/read-inspectors.ts'
import type { StaffingBoard } from './staffing-contract.ts'

interface School {
  readonly countyId: number
  readonly county: string
  readonly id: number
  readonly name: string
}

/**
 * 督学配备榜 — of each county how many schools come to one inspector, which areas are too large and which schools are in
 * nobody's area, by the registry's schools and the county's roll of inspectors.
 *
 * A county without a roll is unknown, not without inspectors. One school may stand in several areas.
 */
export async function staffingBoard(tx: Tx, plan: Plan, day: string): Promise<StaffingBoard> {
  const number = (key: string) => {
    const found = numberParameter(plan, key, { on: day, asOf: day })
    return isMissing(found) || !found.ok ? null : found.value
  }
  const limits = {
    schoolsPerInspector: number('inspection.schools-per-inspector'),
    schoolsPerArea: number('inspection.schools-per-area'),
  }
  const { rows: schools } = await sql<School>`
    select i.county_id as "countyId", county.name as county, i.institution_id as id, i.name
      from book.institution as i join registry.county using (county_id) order by 1, 3`.execute(tx)
  const inspectors = await readInspectors(tx)
  const counties = [...Map.groupBy(schools, ({ countyId }) => countyId)].map(([countyId, of]) =>
    countyStaffing(
      of,
      inspectors.filter((each) => each.countyId === countyId),
      limits,
    ),
  )
  return { ...limits, counties }
}

/** As many names as a line bears; the count says the rest. */
const namesShown = 5

function countyStaffing(
  schools: readonly School[],
  inspectors: readonly Inspector[],
  { schoolsPerInspector, schoolsPerArea }: Pick<StaffingBoard, 'schoolsPerInspector' | 'schoolsPerArea'>,
): StaffingBoard['counties'][number] {
  const { countyId, county } = schools[0]!
  const open = new Set(schools.map(({ id }) => id))
  const watched = new Set(inspectors.flatMap(({ area }) => area))
  const without = schools.filter(({ id }) => !watched.has(id))
  const fullTime = inspectors.filter(({ kind }) => kind === 'full-time').length
  const known = inspectors.length > 0
  const largeAreas = inspectors.filter(
    ({ area }) => schoolsPerArea !== null && area.filter((id) => open.has(id)).length > schoolsPerArea,
  )
  return {
    ...{ countyId, county, schools: schools.length },
    fullTime: known ? fullTime : null,
    partTime: known ? inspectors.length - fullTime : null,
    schoolsPerInspector: known ? schools.length / inspectors.length : null,
    enough:
      known && schoolsPerInspector !== null
        ? schools.length <= inspectors.length * schoolsPerInspector
        : null,
    needed: schoolsPerInspector === null ? null : Math.ceil(schools.length / schoolsPerInspector),
    largeAreas: largeAreas.map(({ name }) => name),
    withoutInspector: known ? without.length : null,
    firstWithout: known ? without.slice(0, namesShown).map(({ name }) => name) : [],
  }
}
