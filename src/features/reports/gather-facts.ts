import { spokenDay } from '../../kernel/spoken-day.ts'
import type { PaperTemplate, Plan, TemplateRows } from '../../plan/index.ts'
import { placesOf } from '../../plan/index.ts'
import type { Scope } from '../../platform/db/scope.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Books } from '../../records/books.ts'
import { judgeCoverage } from '../../records/duties/judge-coverage.ts'
import { listPlaces, type Place } from '../../records/indicators/list-places.ts'
import { indicatorValues } from '../../records/indicators/measure-indicators.ts'
import { planAsUsual, readBooks, readMoment } from '../../records/indicators/read-books.ts'
import { lookedAt } from '../../records/returns/looked-at.ts'
import { dutyFacts } from './duty-facts.ts'
import { findingFacts, oneFinding } from './finding-facts.ts'
import { indicatorFacts } from './indicator-facts.ts'
import { lateFacts } from './late-facts.ts'
import type { PaperFacts, PaperRow, PaperValue } from './paper-facts.ts'
import { violationRows } from './violation-facts.ts'

/** 拟稿要求 — which template, about what, from the books of which day and moment. */
export interface PaperAsked {
  readonly template: PaperTemplate
  /** The city or a county by its id, or a finding. */
  readonly aboutId: number
  /** Of whoever drafts, with the day and, to draw the same paper again, the moment. */
  readonly scope: Scope & { readonly asOf: string }
}

type Lent = Pick<Books, 'db' | 'plan' | 'site'>

/**
 * 取数 — everything the template names, read in one breath from the books of one day and moment; undefined where what
 * the paper is about is not in sight.
 */
export async function gatherFacts(books: Lent, asked: PaperAsked): Promise<PaperFacts | undefined> {
  const { db, plan, site } = books
  const read = await readBooks(db, asked.scope, (tx) => readAll(tx, books, asked))
  if (!read) return undefined
  const duties = dutiesOf(plan, asked.template)
  const judged =
    duties.length === 0
      ? []
      : await judgeCoverage(db, plan, {
          ...asked.scope,
          knownAt: read.knownAt,
          counties: read.counties.map(({ unitId }) => unitId),
          duties,
          countsOnly: true,
        })
  const duty = dutyFacts(judged, read.place, read.counties)
  return {
    asOf: asked.scope.asOf,
    knownAt: read.knownAt,
    planVersion: plan.version,
    place: read.place,
    ...(read.ownerLevel && { ownerLevel: read.ownerLevel }),
    words: wordsOf(site.cityName, read.place, asked.scope.asOf),
    values: new Map([...read.values, ...duty.values]),
    rows: {
      county: read.counties.map(countyRow),
      duty: duty.rows,
      'duty-gap': duty.rows.filter(hasGap),
      ...read.rows,
    },
    ...(site.synthetic && { marking: '合成数据 仅供演示，不代表任何真实学校' }),
  }
}

interface Read extends Pick<PaperFacts, 'ownerLevel'> {
  readonly knownAt: string
  readonly place: Place
  readonly counties: readonly Place[]
  readonly values: ReadonlyMap<string, PaperValue>
  readonly rows: Readonly<Record<Exclude<TemplateRows, 'county' | 'duty' | 'duty-gap'>, readonly PaperRow[]>>
}

async function readAll(
  tx: Tx,
  { plan, site }: Lent,
  { template, aboutId, scope }: PaperAsked,
): Promise<Read | undefined> {
  const { asOf, knownAt } = await readMoment(tx)
  const finding = template.about === 'finding' ? await oneFinding(tx, aboutId, asOf) : undefined
  const city = { unitId: site.cityId, name: site.cityName }
  const inSight = await listPlaces(tx)
  const place =
    template.about === 'city'
      ? city
      : inSight.find(({ unitId }) => unitId === (finding ? finding.countyId : aboutId))
  if (!place || (template.about === 'finding' && !finding)) return undefined
  if (template.about === 'city' && !scope.counties.includes(site.cityId)) return undefined
  const counties = template.about === 'city' ? inSight : [place]
  const { names, lists } = namedIn(template)
  const indicators = names
    .filter((name) => name.startsWith('indicator:'))
    .map((name) => name.slice('indicator:'.length))
  const measured =
    indicators.length === 0
      ? []
      : await indicatorValues(tx, plan, { indicators, ...(template.about === 'city' && { city }) })
  await planAsUsual(tx)
  const about = { place, counties, asOf }
  const looked = lookedAt(site, asOf, knownAt)
  const late = tellsLate(template) ? await lateFacts(tx, plan, { ...about, ...looked }) : nobodyLate
  const findings = await findingFacts(tx, { ...about, lists })
  return {
    knownAt,
    place,
    ...(finding && { ownerLevel: finding.ownerLevel }),
    counties,
    values: new Map([
      ...indicatorFacts(plan, measured),
      ...late.values,
      ...findings.values,
      ...(finding?.values ?? []),
    ]),
    rows: {
      'not-submitted': late.rows,
      overdue: late.overdue,
      ...findings.rows,
      violation: lists.has('violation') ? await violationRows(tx, plan, about) : [],
    },
  }
}

const nobodyLate = { rows: [], overdue: [], values: [] }

function tellsLate(template: PaperTemplate): boolean {
  const { names, lists } = namedIn(template)
  return names.includes('not-submitted') || lists.has('not-submitted') || lists.has('overdue')
}

/** The places a template names, and what it has rows for. */
function namedIn(template: PaperTemplate) {
  const blocks = [...template.body, ...(template.annexes ?? []).flatMap(({ body }) => body)]
  return {
    names: placesOf(template),
    lists: new Set(blocks.flatMap((block) => ('each' in block && block.each ? [block.each] : []))),
  }
}

function dutiesOf(plan: Plan, template: PaperTemplate) {
  const { names, lists } = namedIn(template)
  if (lists.has('duty') || lists.has('duty-gap')) return [...plan.coverage.values()]
  const ids = new Set(names.flatMap((name) => /^(?:un)?covered:(.+)$/.exec(name)?.[1] ?? []))
  return [...plan.coverage.values()].filter(({ id }) => ids.has(id))
}

/** Somebody has it not, the books do not say, or it could not be judged. */
function hasGap({ cells }: PaperRow): boolean {
  return ['uncovered', 'unknown'].some((name) => {
    const cell = cells[name]
    return typeof cell === 'object' && cell.text !== '0'
  })
}

const countyRow = ({ unitId, name }: Place): PaperRow => ({
  key: String(unitId),
  unitId,
  cells: { county: name },
})

function wordsOf(city: string, place: Place, asOf: string): Record<string, string> {
  return {
    city,
    place: place.name,
    county: place.name,
    month: spokenDay(asOf).replace(/\d+日$/, ''),
    day: spokenDay(asOf),
  }
}
