import { sql } from 'kysely'
import { granted, type Result } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { amendFrom } from '../book-entries.ts'
import { refuse } from '../refusals.ts'
import { writeUnitLinks } from '../write-unit-links.ts'
import { type ActBasis, type ActDone, beginAct } from './act-basis.ts'
import { cannotCross, enterMove } from './between-counties.ts'
import { goingAlong } from './going-along.ts'
import { type HandOver, handOver, handOverInstitutions, handOverUnits } from './hand-over.ts'
import { unitOn } from './standing.ts'

/** 乡镇划转 — which township goes to which county, and the codes its units bear there (unit id → code) where they change. */
export interface TownshipMove {
  readonly townshipId: number
  readonly toCountyId: number
  readonly codes?: Readonly<Record<number, string>>
}

/**
 * 乡镇划转 — a township goes to another county with its villages, institutions, births, people and their whole past.
 *
 * A city-level act: the transaction's scope must hold both counties. Figures that the old county itself
 * published for its whole area are its own and stay. Returns the act as recorded in the county that receives.
 */
export async function moveTownship(tx: Tx, basis: ActBasis, move: TownshipMove): Promise<Result<ActDone>> {
  const { townshipId, toCountyId } = move
  const no = await beginAct(tx, basis, [basis.countyId, toCountyId])
  if (no) return no
  const township = await unitOn(tx, basis.countyId, townshipId, basis.effectiveOn)
  if (!township) return refuse('registry.unit-not-there', { unitId: townshipId, day: basis.effectiveOn })
  if (township.kind !== 'township') {
    return refuse('registry.unit-of-other-kind', { name: township.name, wanted: '乡镇（街道）' })
  }
  const refusal = await cannotCross(tx, basis, toCountyId, township.name)
  if (refusal) return refusal
  const villages = await villagesOf(tx, basis, townshipId)
  const units = await goingAlong(tx, basis.countyId, 'unit', [townshipId, ...villages])
  const institutions = await institutionsIn(tx, basis, units)
  const acts = await enterMove(tx, basis, toCountyId, { units, institutions })
  await amendFrom(tx, 'membership', acts.from, sql`institution_id = any (${institutions}::bigint[])`)
  await handOverUnits(tx, acts, units)
  await handOverInstitutions(tx, acts, institutions)
  await relink(tx, acts, townshipId, units)
  for (const [unitId, code] of Object.entries(move.codes ?? {})) {
    await amendFrom(tx, 'unit', acts.to, sql`unit_id = ${unitId}`, { code })
  }
  return granted(acts.to)
}

async function villagesOf(tx: Tx, basis: ActBasis, townshipId: number): Promise<number[]> {
  const { rows } = await sql<{ child: number }>`
    select distinct child_id as child from book.unit_link_dates
     where county_id = ${basis.countyId} and tree = 'administrative' and parent_id = ${townshipId}
       and (upper_inf(valid) or upper(valid) > ${basis.effectiveOn}::date)`.execute(tx)
  return rows.map((row) => row.child)
}

/** Those that stand in the units on the day, last stood there when they closed, or will open there. */
async function institutionsIn(tx: Tx, basis: ActBasis, units: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number; closed: boolean }>`
    select institution_id as id, closed from (
      select distinct on (institution_id) institution_id, unit_id,
             coalesce(upper(valid) <= ${basis.effectiveOn}::date, false) as closed
        from book.institution_dates where county_id = ${basis.countyId}
       order by institution_id, lower(valid) > ${basis.effectiveOn}::date, lower(valid) desc) as standing
     where unit_id = any (${units}::bigint[])`.execute(tx)
  const closed = new Set(rows.filter((row) => row.closed).map((row) => row.id))
  const movers = rows.map((row) => row.id)
  return goingAlong(tx, basis.countyId, 'institution', movers, closed)
}

/** Links inside the township go along; the township's own is replaced by one to the new county. */
async function relink(tx: Tx, acts: HandOver, townshipId: number, units: readonly number[]): Promise<void> {
  await amendFrom(tx, 'unit_link', acts.from, sql`child_id = ${townshipId} and tree = 'administrative'`)
  const inside = sql`tree = 'administrative' and parent_id = any (${units}::bigint[])`
  await handOver(tx, acts, 'unit_link', inside)
  const { countyId, actId, effectiveOn: from } = acts.to
  await writeUnitLinks(tx, actId, [
    { countyId, tree: 'administrative', childId: townshipId, parentId: countyId, from },
  ])
}
