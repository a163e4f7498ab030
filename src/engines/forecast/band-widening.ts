import { empiricalBands, quantile } from './empirical-band.ts'
import { type Residuals, residualKinds } from './residual-pool.ts'

/** Test years at which the measured correction counts half. */
const doubtYears = 2
const narrowest = 0.8
const widest = 1.6

/**
 * 区间校正 — by how much bands set at earlier origins should have been wider to hold 80 % of what then came.
 *
 * At each past origin the bands that could be set then are held against the actuals that came later;
 * each actual asks for a factor (its miss over the band's half), and the 80 % quantile of those asked
 * is the correction, believed in proportion m/(m+2) of the m origins tested, between 0.8 and 1.6.
 */
export function bandWidening(residuals: Residuals, upTo: number): (kind: number) => number {
  const asked: [number[], number[]] = [[], []]
  const tested: [Set<number>, Set<number>] = [new Set(), new Set()]
  const origins = [...new Set(residuals.origin)].sort((a, b) => a - b)
  for (const origin of origins) {
    const bands = empiricalBands(residuals, origin)
    if (bands.count === 0) continue
    for (let at = 0; at < residuals.miss.length; at++) {
      if (residuals.origin[at] !== origin || origin + residuals.horizon[at]! > upTo) continue
      const kind = residuals.kind[at]!
      const band = bands.of(residuals.unitClass[at]!, kind, residuals.horizon[at]!, residuals.size[at]!)
      const miss = residuals.miss[at]!
      const half = miss >= 0 ? band.hi : -band.lo
      const group = kind === residualKinds.total ? 1 : 0
      asked[group].push(half > 0 ? Math.abs(miss) / half : miss === 0 ? 0 : widest)
      tested[group].add(origin)
    }
  }
  const factors = asked.map((list, group) => correction(list, tested[group]!.size))
  return (kind) => factors[kind === residualKinds.total ? 1 : 0]!
}

function correction(asked: number[], origins: number): number {
  if (asked.length === 0) return 1
  const wanted = quantile(
    [...asked].sort((a, b) => a - b),
    0.8,
  )
  const factor = Math.exp((Math.log(Math.max(wanted, 0.1)) * origins) / (origins + doubtYears))
  return Math.min(widest, Math.max(narrowest, factor))
}
