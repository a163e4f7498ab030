import { CompiledQuery, sql } from 'kysely'
import { type Missing, missing } from '../../kernel/missing.ts'
import type { Indicator, Plan } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { listMemberships } from '../registry/reads/list-memberships.ts'
import { listUnits } from '../registry/reads/list-units.ts'
import { unitTree } from '../registry/reads/unit-tree.ts'
import type { UnitKind } from '../registry/unit.ts'
import type { Tree } from '../registry/unit-link.ts'
import { listSubjects } from '../returns/list-subjects.ts'
import type { Subject } from '../returns/subject.ts'
import type { Figure } from './figure.ts'
import { detailStatement } from './measure-indicator.ts'
import { type RolledUnit, rollUp, type TreeUnit } from './roll-up.ts'

/** The units of each tree; a county is the top of the administrative one alone. */
const kindsOf: Readonly<Record<Tree, readonly UnitKind[]>> = {
  administrative: ['county', 'township', 'village'],
  'township-centre': ['township-centre'],
  'school-group': ['school-group'],
  catchment: ['catchment'],
  inspection: ['inspection-area'],
}

/** 汇总要求 — which indicator, along which tree, and the counties' figures of the year (and reading) to be rolled up. */
export interface TreeAsked {
  readonly indicator: Indicator
  readonly tree: Tree
  readonly counties: readonly [Figure, ...Figure[]]
  /** Of these counties it is told who stands in no unit of the tree. */
  readonly outsideOf: ReadonlySet<number>
  readonly asOf: string
}

/**
 * 沿树量测 — an indicator for every unit of a dated tree, as the tree stands on the day the books are read.
 *
 * The rows are those under the counties' figures, each with its institution. What the books hold of a whole county only
 * (people by age) cannot be told for a part of it: that is Missing, by name, as is whatever a school still owes.
 */
export async function measureTree(tx: Tx, plan: Plan, asked: TreeAsked): Promise<RolledUnit[]> {
  const { indicator, tree, counties } = asked
  const rows = await rowsOf(tx, plan, asked)
  const places = await placesOf(tx, tree)
  const whole = rows.filter(({ institutionId }) => institutionId === null)
  const nothing = nothingOf(indicator, counties[0], whole)
  const told = new Map(counties.map((county) => [county.unitId, county]))
  const parts = new Map<number, Figure>()
  for (const { institutionId, unit, ...row } of rows) {
    const county = told.get(unit)
    if (institutionId === null || !county) continue
    // What is unknown of the whole county is unknown of each part of it.
    const part = (of: 'numerator' | 'denominator') => (county[of] === null ? null : (row[of] ?? 0))
    parts.set(institutionId, {
      ...county,
      numerator: part('numerator'),
      ...(indicator.denominator !== undefined && { denominator: part('denominator') }),
    })
  }
  for (const { id, countyId, lacks } of await listOwing(tx, plan, asked, { parts, places }))
    parts.set(id, unknownPart({ ...counties[0], unitId: countyId }, indicator, lacks))
  const belongsTo = new Map(places.map(({ institutionId, unitId }) => [institutionId, unitId]))
  // Whoever has closed since still counts in the county that holds its book.
  if (tree === 'administrative')
    for (const [id, { unitId }] of parts) if (!belongsTo.has(id)) belongsTo.set(id, unitId)
  // A county stands as every board tells it, with what is only known of the whole of it.
  const { outsideOf } = asked
  return rollUp({ units: await unitsOf(tx, tree), belongsTo, parts, nothing, outsideOf }).map((unit) => {
    const figure = told.get(unit.unitId ?? 0) ?? unit.figure
    return { ...unit, figure: { ...figure, missing: once(figure.missing) } }
  })
}

interface InstitutionRow {
  readonly unit: number
  readonly institutionId: number | null
  readonly numerator: number | null
  readonly denominator: number | null
}

async function rowsOf(tx: Tx, plan: Plan, { indicator, counties, asOf }: TreeAsked) {
  const statement = detailStatement(plan, indicator, counties[0], asOf)
  if (!statement) return []
  const { rows } = await tx.executeQuery<InstitutionRow>(
    CompiledQuery.raw(
      `select unit, institution_id as "institutionId", sum(numerator) as numerator, sum(denominator) as denominator
         from (${statement.text}) as listed
        where unit = any ($${statement.values.length + 1}::integer[]) group by unit, institution_id`,
      [...statement.values, counties.map(({ unitId }) => unitId)],
    ),
  )
  return rows
}

/** Nobody counts 0 over 0; unknown in the part that stands in the books for whole counties only. */
function nothingOf(indicator: Indicator, head: Figure, whole: readonly InstitutionRow[]): Figure {
  const parts = (
    ['numerator', ...(indicator.denominator === undefined ? [] : ['denominator'])] as const
  ).filter((part) => whole.some((row) => row[part as 'numerator'] !== null))
  const undivided = indicator.sources
    .filter(({ feeds }) => parts.length > 0 && (feeds === undefined || parts.includes(feeds)))
    .map(({ book, rows, owedBy }) =>
      missing(`${book}：${rows}（只有全县合计，分不到校）`, '各单位', { owedBy }),
    )
  return {
    ...head,
    numerator: parts.includes('numerator') ? null : 0,
    ...(indicator.denominator !== undefined && { denominator: parts.includes('denominator') ? null : 0 }),
    missing: undivided,
  }
}

function unknownPart(head: Figure, indicator: Indicator, lacking: readonly Missing[]): Figure {
  return {
    ...head,
    numerator: null,
    ...(indicator.denominator !== undefined && { denominator: null }),
    missing: lacking,
  }
}

interface Owing {
  readonly id: number
  readonly countyId: number
  readonly lacks: readonly Missing[]
}

interface Counted {
  readonly parts: ReadonlyMap<number, Figure>
  readonly places: readonly Standing[]
}

/** Who is to be counted and has no row: all of a county whose figure is unknown; else who has not filed. */
async function listOwing(
  tx: Tx,
  plan: Plan,
  { indicator, counties }: TreeAsked,
  { parts, places }: Counted,
): Promise<Owing[]> {
  const [{ day, year }] = counties
  const unknown = new Map(
    counties.filter(({ missing }) => missing.length > 0).map((each) => [each.unitId, each.missing]),
  )
  const due = await dueOf(tx, plan, indicator, { day, year, counted: [...parts.keys()] })
  const lacking = (name: string) =>
    indicator.sources.map(({ book, rows, owedBy }) =>
      missing(`${book}：${rows}`, name, { since: `${year} 年`, owedBy }),
    )
  return [
    ...places.flatMap(({ institutionId, countyId }) => {
      const lacks = unknown.get(countyId)
      return lacks ? [{ id: institutionId, countyId, lacks }] : []
    }),
    ...due
      .filter(({ countyId }) => !unknown.has(countyId))
      .map(({ id, countyId, name }) => ({ id, countyId, lacks: lacking(name) })),
  ].filter(({ id }) => !parts.has(id))
}

/** Of a yearly form those who owe it; of the yearly returns the institutions of the kinds counted that filed no pupils. */
async function dueOf(
  tx: Tx,
  plan: Plan,
  { filed, speaksOf }: Indicator,
  { day, year, counted }: { day: string; year: number; counted: readonly number[] },
): Promise<Subject[]> {
  const subject = filed && plan.forms.get(filed.form)?.subject
  if (subject)
    return filed.period === 'any' || subject.each !== 'institution' ? [] : listSubjects(tx, subject, day)
  if (speaksOf === 'as-of-day') return []
  const { rows } = await sql<Subject>`
    select county_id as "countyId", 'institution' as kind, institution_id as id, name
      from book.institution_dates as running
     where valid @> ${day}::date
       and kind in (select kind from book.institution_dates where institution_id = any (${[...counted]}::bigint[]))
       and not exists (select from book.enrolment as e
                        where e.county_id = running.county_id and e.institution_id = running.institution_id
                          and e.school_year = ${year})`.execute(tx)
  return rows
}

/** 所在 — in which unit of the tree an institution stands. */
interface Standing {
  readonly institutionId: number
  readonly unitId: number
  readonly countyId: number
}

async function placesOf(tx: Tx, tree: Tree): Promise<readonly Standing[]> {
  if (tree !== 'administrative') return listMemberships(tx, tree)
  const { rows } = await sql<Standing>`
    select institution_id as "institutionId", unit_id as "unitId", county_id as "countyId"
      from book.institution`.execute(tx)
  return rows
}

async function unitsOf(tx: Tx, tree: Tree): Promise<TreeUnit[]> {
  const { parentOf } = await unitTree(tx, tree)
  const units = (await listUnits(tx)).filter(({ kind }) => kindsOf[tree].includes(kind))
  const inTree = new Set(units.map(({ unitId }) => unitId))
  return units.map(({ unitId, countyId, name }) => {
    const above = parentOf.get(unitId)
    return { unitId, countyId, name, parentId: above !== undefined && inTree.has(above) ? above : null }
  })
}

function once(all: readonly Missing[]): Missing[] {
  return [...new Map(all.map((each) => [`${each.of} ${each.where} ${each.since ?? ''}`, each])).values()]
}
