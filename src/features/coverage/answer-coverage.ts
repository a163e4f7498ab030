import type { Provenance } from '../../kernel/provenance.ts'
import type { CoverageDuty } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Scope } from '../../platform/db/scope.ts'
import type { Books } from '../../records/books.ts'
import type { CountyCoverage, DutyJudgement } from '../../records/duties/duty-judgement.ts'
import { judgeCoverage } from '../../records/duties/judge-coverage.ts'
import { listPlaces, type Place } from '../../records/indicators/list-places.ts'
import { readBooks, readMoment } from '../../records/indicators/read-books.ts'
import type { BoardDuty, CoverageBoard, DutyGaps, GapsQuery } from './contract.ts'
import { cellOf, quoteOf, readingOf, sumCounts } from './rules.ts'
import { traceCoverage } from './trace-coverage.ts'

/** 询问 — over which books, for whom and within which scope coverage is asked for. */
export interface Asking {
  readonly context: Books
  readonly visitor: Visitor
  readonly scope: Scope & { readonly asOf: string }
}

/** 答总表 — every duty and reading against every place in view, in the order of the plan's items. */
export async function answerBoard(asking: Asking): Promise<CoverageBoard> {
  const { plan } = asking.context
  const places = await placesIn(asking)
  const judgements = await judgeCoverage(asking.context.db, plan, { ...asking.scope, countsOnly: true })
  const order = [...plan.items.keys()]
  const placeOf = ({ duty }: DutyJudgement) => order.indexOf(duty.item)
  return {
    asOf: asking.scope.asOf,
    places,
    duties: judgements
      .toSorted((one, other) => placeOf(one) - placeOf(other))
      .map((judgement) => boardRow(asking, judgement, places)),
  }
}

function boardRow({ context }: Asking, judgement: DutyJudgement, places: readonly Place[]): BoardDuty {
  const { duty, reading, refused = null } = judgement
  return {
    dutyId: duty.id,
    item: duty.item,
    zh: duty.zh,
    force: duty.force,
    reading: readingOf(duty, reading),
    refused,
    cells: places.map(({ unitId }) =>
      cellOf(unitId, sumCounts(countiesOf(context, judgement, unitId)), judgement),
    ),
  }
}

/** Gaps a page lists; the workbook holds all. */
const gapsListed = 300

/** 答缺口 — one duty in one place: who has none and why; undefined when the place is not there for this visitor. */
export async function answerGaps(
  asking: Asking,
  duty: CoverageDuty,
  query: GapsQuery,
): Promise<DutyGaps | undefined> {
  const judged = await judgePlace(asking, duty, query)
  if (!judged) return undefined
  const { judgement, place, places, counties } = judged
  const { reading: _, day: asOf, due = null, refused = null } = judgement
  const sums = sumCounts(counties)
  const named = <T>(of: (county: CountyCoverage) => readonly T[]) =>
    counties.flatMap((county) =>
      of(county).map((row) => ({
        ...row,
        county: places.find(({ unitId }) => unitId === county.countyId)?.name ?? '',
      })),
    )
  const gaps = named((county) => county.gaps)
  return {
    asOf,
    dutyId: duty.id,
    item: duty.item,
    zh: duty.zh,
    quote: quoteOf(asking.context.plan, duty),
    every: duty.every,
    has: duty.has,
    force: duty.force,
    subjectKind: duty.subjectKind,
    owedBy: duty.owedBy,
    remedy: duty.remedy,
    due,
    forms: (duty.keptIn ?? []).map((id) => ({ id, zh: asking.context.plan.forms.get(id)?.zh ?? id })),
    place: place.name,
    cell: cellOf(place.unitId, sums, judgement),
    counted: duty.counts ? { of: duty.counts, whole: sums.whole ?? null, part: sums.part ?? null } : null,
    readings: duty.readings ?? [],
    gaps: gaps.slice(0, gapsListed),
    gapCount: gaps.length,
    remarks: named((county) => county.remarks).slice(0, gapsListed),
    refused,
  }
}

/** 答来历 — what lies under one cell. */
export async function answerProvenance(
  asking: Asking,
  duty: CoverageDuty,
  query: GapsQuery,
): Promise<Provenance | undefined> {
  const judged = await judgePlace(asking, duty, query)
  if (!judged) return undefined
  const { knownAt } = await readBooks(asking.context.db, asking.scope, readMoment)
  return traceCoverage(asking.context.plan, { ...judged, knownAt })
}

/** 全部缺口 — every duty and reading with every gap of each county, for the workbook. */
export async function judgeAll({ context: { db, plan }, scope }: Asking) {
  const places = await db.transaction(scope, listPlaces)
  return { places, judgements: await judgeCoverage(db, plan, scope) }
}

async function judgePlace(asking: Asking, duty: CoverageDuty, { unit, reading }: GapsQuery) {
  const places = await placesIn(asking)
  const place = places.find(({ unitId }) => unitId === unit)
  if (!place) return undefined
  const judgements = await judgeCoverage(asking.context.db, asking.context.plan, {
    ...asking.scope,
    duties: [duty],
  })
  const judgement = judgements.find((each) => reading === undefined || each.reading === reading)
  if (!judgement) return undefined
  return { judgement, place, places, counties: countiesOf(asking.context, judgement, unit) }
}

function countiesOf({ site }: Books, { counties }: DutyJudgement, unitId: number) {
  return unitId === site.cityId ? counties : counties.filter(({ countyId }) => countyId === unitId)
}

/** The city first for whoever sees all of it, then the counties. */
async function placesIn({ context: { db, site }, visitor, scope }: Asking): Promise<Place[]> {
  const counties = await db.transaction(scope, listPlaces)
  return visitor.counties.includes(site.cityId)
    ? [{ unitId: site.cityId, name: site.cityName }, ...counties]
    : counties
}
