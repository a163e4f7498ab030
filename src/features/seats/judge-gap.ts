import { isMissing, type Measured, type Missing } from '../../kernel/missing.ts'

/** 需求 — pupils expected, with the edges of the 80 % band. */
export interface Demand {
  readonly mean: number
  readonly lo80: number
  readonly hi80: number
}

/** 余缺 — 缺、余、≈ (the band crosses the seats), unknown, or a stage the unit neither runs nor needs. */
export type GapSign = 'shortage' | 'surplus' | 'even' | 'missing' | 'absent'

/** 一格 — the judgement of one unit, stage and year; `gap` = demand − supply, positive when seats are short. */
export interface Gap {
  readonly sign: GapSign
  readonly gap?: number
  /** Edges of the gap: demand's lower and upper edge less supply. */
  readonly low?: number
  readonly high?: number
  readonly missing?: Missing
}

/**
 * 判断余缺 — warns only when the whole band, not the mean, lies beyond the seats.
 *
 * 缺 when lo80 > red × supply, 余 when hi80 < supply, else ≈. `red` is the plan's threshold
 * `seat-warning.red` (demand ÷ seats). Missing supply or demand gives no judgement.
 */
export function judgeGap(
  demand: Measured<Demand> | undefined,
  supply: Measured<number> | undefined,
  red: number,
): Gap {
  if (demand === undefined && (supply === undefined || supply === 0)) return { sign: 'absent' }
  if (supply === undefined || demand === undefined) return withoutOne(demand, supply)
  if (isMissing(supply)) return { sign: 'missing', missing: supply }
  if (isMissing(demand)) return { sign: 'missing', missing: demand }
  const edges = { gap: demand.mean - supply, low: demand.lo80 - supply, high: demand.hi80 - supply }
  if (demand.lo80 > red * supply) return { sign: 'shortage', ...edges }
  if (demand.hi80 < supply) return { sign: 'surplus', ...edges }
  return { sign: 'even', ...edges }
}

/** Seats without pupils stand empty; pupils without premises on file cannot be judged. */
function withoutOne(demand: Measured<Demand> | undefined, supply: Measured<number> | undefined): Gap {
  if (demand === undefined) {
    if (isMissing(supply)) return { sign: 'missing', missing: supply }
    const empty = -(supply as number)
    return { sign: 'surplus', gap: empty, low: empty, high: empty }
  }
  if (isMissing(demand)) return { sign: 'missing', missing: demand }
  return { sign: 'missing', missing: { kind: 'missing', of: '校舍与核定规模', where: '本单位' } }
}
