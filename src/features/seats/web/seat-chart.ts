import type { ChartBand, ChartLine } from '../../../ui/band-chart.tsx'

/** 走势各点 — what was, what is expected, and the seats against it, each by school year. */
export interface ChartPoints {
  readonly history: readonly { readonly year: number; readonly pupils: number | null }[]
  readonly demand: readonly {
    readonly year: number
    readonly mean: number
    readonly lo80: number
    readonly hi80: number
  }[]
  readonly seats: readonly { readonly year: number; readonly seats: number | null }[]
}

/** 走势图的内容 — as the chart of the house takes it. */
export interface SeatChart {
  readonly years: readonly number[]
  readonly lines: readonly ChartLine[]
  readonly band: ChartBand
  readonly now?: number
}

/**
 * 走势图 — pupils in ink, expected pupils dashed with their band, seats as steps, over one row of years.
 *
 * The dashed line and its band start at the last pupils known, where nothing is uncertain yet. A year without a
 * value is a break in its line, never 0.
 */
export function seatChart({ history, demand, seats }: ChartPoints): SeatChart {
  const known = history.filter(({ pupils }) => pupils !== null)
  const last = known.at(-1)
  const years = yearsOver([...history, ...demand, ...seats].map(({ year }) => year))
  const expected = new Map(demand.map((each) => [each.year, each]))
  if (last && !expected.has(last.year)) {
    const pupils = last.pupils as number
    expected.set(last.year, { year: last.year, mean: pupils, lo80: pupils, hi80: pupils })
  }
  const pupilsIn = new Map(known.map(({ year, pupils }) => [year, pupils]))
  const seatsIn = new Map(seats.map((each) => [each.year, each.seats]))
  const edge = (of: 'mean' | 'lo80' | 'hi80') => years.map((year) => expected.get(year)?.[of] ?? null)
  return {
    years,
    lines: [
      { label: '在校生（实际）', tone: 'ink', values: years.map((year) => pupilsIn.get(year) ?? null) },
      { label: '需要学位', tone: 'surplus', dashed: true, values: edge('mean') },
      { label: '现有学位', tone: 'gold', step: true, values: years.map((year) => seatsIn.get(year) ?? null) },
    ],
    band: { label: '80%区间', low: edge('lo80'), high: edge('hi80') },
    ...(last && { now: last.year }),
  }
}

function yearsOver(years: readonly number[]): number[] {
  if (years.length === 0) return []
  const first = Math.min(...years)
  return Array.from({ length: Math.max(...years) - first + 1 }, (_, at) => first + at)
}
