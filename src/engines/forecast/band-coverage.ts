import { bandWidening } from './band-widening.ts'
import { empiricalBands } from './empirical-band.ts'
import { type Residuals, residualKinds } from './residual-pool.ts'

/** 区间覆盖 — of the actuals that came after a band was set, how many lay inside it. */
export interface BandCoverage {
  readonly scope: 'grade' | 'total'
  readonly horizon: number
  readonly count: number
  readonly inside: number
}

/**
 * 区间覆盖检验 — at every past origin sets the bands that could be set then, and counts the later actuals inside.
 *
 * No year is counted that a band had seen. Bounds are rounded to whole pupils as they are published.
 */
export function bandCoverage(residuals: Residuals): BandCoverage[] {
  const tallies = new Map<string, { count: number; inside: number }>()
  for (const origin of [...new Set(residuals.origin)].sort((a, b) => a - b)) {
    const bands = empiricalBands(residuals, origin, bandWidening(residuals, origin))
    if (bands.count === 0) continue
    residuals.origin.forEach((made, at) => {
      if (made !== origin) return
      const kind = residuals.kind[at]!
      const forecast = residuals.size[at]!
      const band = bands.of(residuals.unitClass[at]!, kind, residuals.horizon[at]!, forecast)
      const actual = Math.round(Math.exp(residuals.miss[at]!) * (forecast + 0.5) - 0.5)
      const key = `${kind === residualKinds.total ? 'total' : 'grade'}|${residuals.horizon[at]}`
      const tally = tallies.get(key) ?? { count: 0, inside: 0 }
      tally.count++
      if (
        actual >= Math.round(forecast * Math.exp(band.lo)) &&
        actual <= Math.round(forecast * Math.exp(band.hi))
      ) {
        tally.inside++
      }
      tallies.set(key, tally)
    })
  }
  return [...tallies].map(([key, tally]) => {
    const [scope, horizon] = key.split('|') as ['grade' | 'total', string]
    return { scope, horizon: Number(horizon), ...tally }
  })
}
