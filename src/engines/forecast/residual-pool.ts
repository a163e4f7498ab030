/** 残差记录 — past misses log(actual/forecast), with whose, of what, how large and how far ahead. */
export interface Residuals {
  readonly unit: number[]
  /** 0 units without units below, 1 units that gather others. */
  readonly unitClass: number[]
  /** What was forecast: see `residualKinds`. */
  readonly kind: number[]
  readonly grade: number[]
  readonly horizon: number[]
  readonly size: number[]
  readonly miss: number[]
  readonly origin: number[]
}

/** 残差类别 — entry grades, grades fed from below, and sums over grades miss differently. */
export const residualKinds = { entry: 0, moving: 1, total: 2 } as const

/** 空记录 — no misses yet. */
export function emptyResiduals(): Residuals {
  return { unit: [], unitClass: [], kind: [], grade: [], horizon: [], size: [], miss: [], origin: [] }
}

/** 对数残差 — log((actual + ½)/(forecast + ½)): the half pupil keeps an emptied grade finite. */
export function logMiss(actual: number, forecast: number): number {
  return Math.log((actual + 0.5) / (forecast + 0.5))
}

const bounds = [8, 20, 50, 120, 300, 800, 2000, 6000, 20000]

/** 规模组 — the size class of a forecast, 0 for fewer than 8 pupils, then up in steps of about 2½. */
export function sizeClass(pupils: number): number {
  let at = 0
  while (at < bounds.length && pupils >= bounds[at]!) at++
  return at
}

/** 规模组数 — how many size classes there are. */
export const sizeClasses = bounds.length + 1
