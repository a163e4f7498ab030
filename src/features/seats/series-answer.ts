import { isMissing, missing } from '../../kernel/missing.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Books } from '../../records/books.ts'
import type { SeriesAnswer } from './contract.ts'
import { readPartValues } from './find-parts.ts'
import { quotesFor } from './quotes-for.ts'
import { outlooksOf, type SeatsRead } from './read-seats.ts'
import { rulingSupply } from './seat-supply.ts'
import type { SeatValue } from './unit-row.ts'

const flagWords: Readonly<Record<string, string>> = {
  'flag-opened': '当年新开办，此前无历史，升级率取上级单位',
  'flag-closed': '当年停办，此后不再推算',
  'flag-jump': '学生数与周边单位相比突变，突变年不用于估计升级率',
}

/** 一单位走势 — what was, what is expected with its band, the seats against it, and how well such figures held. */
export async function seriesAnswer(tx: Tx, books: Books, read: SeatsRead): Promise<SeriesAnswer> {
  const { asked, parent: unit } = read
  const [seen] = await outlooksOf(tx, read, [unit], asked.stage)
  const values = await readPartValues(tx, read.parts, { unitIds: [unit.unitId] })
  const known = (seats: unknown) => (typeof seats === 'number' ? seats : null)
  const county = await readPartValues(tx, read.parts, { unitIds: [unit.countyId], measures: ['coverage'] })
  const supplies = pastSupplies(values, read.outset)
  return {
    unit,
    stage: asked.stage,
    words: seen?.words ?? '',
    history: [...(seen?.history ?? [])],
    years: [
      ...supplies.filter(({ year }) => !seen?.years.some((each) => each.year === year)),
      ...(seen?.years ?? []).map(({ year, demand, supply, supplies: both }) => ({
        year,
        demand: demand ?? null,
        rooms: known(both?.rooms),
        approved: known(both?.approved),
        ruling: supply ?? null,
      })),
    ],
    record: recordOf(values, county),
    flags: values
      .filter(({ measure }) => measure in flagWords)
      .map(({ measure, year }) => `${year} 年：${flagWords[measure]}`),
    missing: [
      ...(seen?.missing ?? []),
      ...values.flatMap(({ measure, missing }) => (measure === 'note' && missing ? [missing] : [])),
    ],
    quotes: quotesFor(books.plan, asked.stage),
  }
}

/** Seats of the years already past, by the same basis as those ahead: the line that stands against the history. */
function pastSupplies(
  values: readonly SeatValue[],
  { stage, basis, hasNorm }: SeatsRead['outset'],
): SeriesAnswer['years'] {
  const of = (measure: string) => values.filter((value) => value.measure === measure && value.stage === stage)
  const approvedIn = new Map(of('supply-approved').map(({ year, mean }) => [year, mean]))
  return of('supply-rooms').map(({ year, mean }) => {
    const approved = approvedIn.get(year) ?? null
    const unknown = missing('校舍', '本单位', { since: String(year) })
    const ruling = rulingSupply(
      { rooms: mean ?? unknown, approved: approved ?? unknown, substituted: { rooms: 0, approved: 0 } },
      basis,
      hasNorm,
    )
    return { year, demand: null, rooms: mean, approved, ruling: isMissing(ruling) ? null : ruling }
  })
}

const methods = ['ours', 'naive', 'linear', 'progression', 'smoothing', 'gm11'] as const

/**
 * 误差记录 — the unit's own mean error by horizon beside the plain methods, and how often the band held.
 *
 * The band's record is that of all units of the run: one unit has too few years to tell.
 */
function recordOf(values: readonly SeatValue[], county: readonly SeatValue[]): SeriesAnswer['record'] {
  const of = (measure: string, horizon: number) =>
    values.find((value) => value.measure === measure && value.year === horizon)?.mean ?? null
  const horizons = [
    ...new Set(values.filter(({ measure }) => measure === 'wape-ours').map(({ year }) => year)),
  ]
  return horizons
    .sort((one, other) => one - other)
    .map((horizon) => ({
      horizon,
      of: '本单位各学段合计',
      ...(Object.fromEntries(methods.map((method) => [method, of(`wape-${method}`, horizon)])) as Record<
        (typeof methods)[number],
        number | null
      >),
      coverage: county.find(({ year }) => year === horizon)?.mean ?? null,
    }))
}
