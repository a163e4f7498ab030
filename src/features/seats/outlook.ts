import type { SchoolYear } from '../../kernel/school-year.ts'
import type { Demand, Gap } from './judge-gap.ts'

/** 一年 — the judgement of a year, with the demand it rests on. */
export interface JudgedYear {
  readonly year: SchoolYear
  readonly gap: Gap
  readonly demand?: Demand
  readonly supply?: number
}

/** 一段预警 — years in a row with the same warning. */
export interface Warning {
  readonly sign: 'shortage' | 'surplus'
  readonly first: SchoolYear
  readonly last: SchoolYear
  /** Years from now to the first year of the warning; 0 when it is already so. */
  readonly lead: number
  /** 持续: lasts at least as long as one class stays in the stage, or to the end of the forecast. */
  readonly persistent: boolean
  /** The year in which it is largest. */
  readonly worst: JudgedYear
}

/** 走势 — the warnings in order, and the year in which the unit has or had most pupils. */
export interface Outlook {
  readonly warnings: readonly Warning[]
  readonly peak?: { readonly year: SchoolYear; readonly pupils: number; readonly observed: boolean }
}

/**
 * 看走势 — gathers years into warnings and finds the peak.
 *
 * lead = first year of the warning − current school year, never below 0. `gradeCount`: how many years one
 * class spends in the stage; a shorter run in the middle of the forecast is transient.
 */
export function readOutlook(
  years: readonly JudgedYear[],
  history: readonly { readonly year: SchoolYear; readonly pupils: number }[],
  now: SchoolYear,
  gradeCount: number,
): Outlook {
  const end = years.at(-1)?.year
  const runs: JudgedYear[][] = []
  for (const year of years) {
    const run = runs.at(-1)
    if (run?.[0]?.gap.sign === year.gap.sign && run.at(-1)?.year === year.year - 1) run.push(year)
    else runs.push([year])
  }
  return {
    warnings: runs.flatMap((run) => warningOf(run, now, gradeCount, end)),
    peak: peakOf(years, history),
  }
}

function warningOf(
  run: readonly JudgedYear[],
  now: SchoolYear,
  gradeCount: number,
  end: SchoolYear | undefined,
): Warning[] {
  const sign = run[0]!.gap.sign
  if (sign !== 'shortage' && sign !== 'surplus') return []
  const first = run[0]!.year
  const last = run.at(-1)!.year
  const worst = run.reduce((most, year) =>
    Math.abs(year.gap.gap ?? 0) > Math.abs(most.gap.gap ?? 0) ? year : most,
  )
  return [
    {
      sign,
      first,
      last,
      lead: Math.max(0, first - now),
      persistent: run.length >= gradeCount || last === end,
      worst,
    },
  ]
}

function peakOf(
  years: readonly JudgedYear[],
  history: readonly { readonly year: SchoolYear; readonly pupils: number }[],
): Outlook['peak'] {
  const all = [
    ...history.map(({ year, pupils }) => ({ year, pupils, observed: true })),
    ...years.flatMap(({ year, demand }) => (demand ? [{ year, pupils: demand.mean, observed: false }] : [])),
  ].filter(({ pupils }) => pupils > 0)
  return all.length === 0 ? undefined : all.reduce((most, each) => (each.pupils > most.pupils ? each : most))
}
