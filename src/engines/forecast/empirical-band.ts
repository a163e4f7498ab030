import { type Residuals, residualKinds, sizeClass, sizeClasses } from './residual-pool.ts'

/** 区间 — how far, in logs, the actual figure lay below and above the forecast in 80 of 100 past cases. */
export interface LogBand {
  readonly lo: number
  readonly hi: number
  /** The allowance for few years of history: no bound lies nearer to the forecast than this. */
  readonly least: number
}

/** 经验区间 — answers for a class, kind, horizon and size; always from past misses, never from a model. */
export interface EmpiricalBands {
  readonly of: (unitClass: number, kind: number, horizon: number, pupils: number) => LogBand
  /** How many past misses the bands rest on. */
  readonly count: number
}

/** Past misses a pool needs before it is trusted alone; below this, neighbouring pools join. */
const enough = 40
/** Fewer misses than this are too few for a quantile. */
const thin = 20
/** How misses grow with the years ahead, as a power: single grades age slowly, sums carry their drift on. */
const growthPower = [0.6, 0.6, 0.9] as const
/** Student's t at 90 % for 1, 2, … origins: the finite-sample allowance of a thin pool. */
const student90 = [3.08, 1.89, 1.64, 1.53, 1.48, 1.44, 1.41] as const
/** Independent origins at which a pool's own lean to one side counts as much as none. */
const leanOrigins = 3
/** 最宽 — no bound lies further than a factor of five from the forecast: beyond, a few emptied cells would speak for all. */
export const widest = Math.log(5)
/** Used only where no year has ever been held against a forecast; reported as assumed. */
const assumed = 0.1
/** By what the assumed half is divided once one year was held against a forecast; by its root more for m. */
const afterOneOrigin = 10

/**
 * 经验 80 % 区间 — quantiles of past misses by unit class × kind × horizon × size class.
 *
 * Thin pools widen: first to neighbouring sizes, then to all sizes, the other kind of grade, the other
 * class; a horizon with few misses borrows its neighbours', scaled by (h/h′)^0.6 for grades
 * and (h/h′)^0.9 for sums. Quantiles are taken at
 * 0.9·(n+1)/n. Misses of few origins share their years' luck, and misses h years ahead made a year apart share
 * h − 1 years, so the pool's lean is believed in proportion m/(m+3) of its independent origins m = origins/h;
 * the rest is symmetrical. However small the misses, a bound keeps a distance of assumed/(10·√m), and of one pupil:
 * m quiet years do not promise the next.
 *
 * `upTo`: only misses whose actuals were out by then (origin + horizon ≤ upTo) are read.
 */
export function empiricalBands(
  residuals: Residuals,
  upTo: number,
  widening: (kind: number) => number = () => 1,
): EmpiricalBands {
  const pools = new Map<number, number[]>()
  let count = 0
  let longest = 0
  for (let at = 0; at < residuals.miss.length; at++) {
    if (residuals.origin[at]! + residuals.horizon[at]! > upTo) continue
    const key = poolKey(
      residuals.unitClass[at]!,
      residuals.kind[at]!,
      residuals.horizon[at]!,
      sizeClass(residuals.size[at]!),
    )
    const pool = pools.get(key)
    if (pool) pool.push(at)
    else pools.set(key, [at])
    count++
    longest = Math.max(longest, residuals.horizon[at]!)
  }
  const answers = new Map<number, PooledBand>()
  const of = (unitClass: number, kind: number, horizon: number, pupils: number): LogBand => {
    const key = poolKey(unitClass, kind, horizon, sizeClass(pupils))
    const pooled =
      answers.get(key) ?? bandFor(residuals, pools, longest, unitClass, kind, horizon, sizeClass(pupils))
    answers.set(key, pooled)
    const least = Math.max(allowance(pooled.origins, kind, horizon), Math.log(1 + 1 / Math.max(1, pupils)))
    return widen(pooled, widening(kind), least)
  }
  return { of, count }
}

/** Quantiles of a pool, and of how many origins its misses come. */
interface PooledBand {
  readonly lo: number
  readonly hi: number
  readonly origins: number
}

function allowance(origins: number, kind: number, horizon: number): number {
  const without = assumed * horizon ** growthPower[kind]!
  return origins === 0 ? without : without / (afterOneOrigin * Math.sqrt(origins))
}

function widen(band: PooledBand, factor: number, least: number): LogBand {
  const within = (log: number): number => Math.max(-widest, Math.min(widest, log * factor))
  return { lo: Math.min(-least, within(band.lo)), hi: Math.max(least, within(band.hi)), least }
}

function poolKey(unitClass: number, kind: number, horizon: number, size: number): number {
  return ((unitClass * 3 + kind) * 64 + horizon) * sizeClasses + size
}

function bandFor(
  residuals: Residuals,
  pools: Map<number, number[]>,
  longest: number,
  unitClass: number,
  kind: number,
  horizon: number,
  size: number,
): PooledBand {
  const power = growthPower[kind]!
  const scaled = (near: number): ScaledMiss[] =>
    gather(pools, unitClass, kind, near, size).map((at) => ({
      miss: residuals.miss[at]! * (horizon / near) ** power,
      origin: residuals.origin[at]!,
    }))
  let misses = horizon <= longest ? scaled(horizon) : []
  for (let away = 1; misses.length < thin && away < Math.max(horizon, longest); away++) {
    if (horizon - away >= 1 && horizon - away <= longest) misses = misses.concat(scaled(horizon - away))
    if (horizon + away <= longest) misses = misses.concat(scaled(horizon + away))
  }
  if (misses.length > 0) return quantileBand(misses, horizon)
  const width = assumed * horizon ** power
  return { lo: -width, hi: width, origins: 0 }
}

interface ScaledMiss {
  readonly miss: number
  readonly origin: number
}

/** Misses for a pool, joined by wider and wider neighbours until there are enough. */
function gather(
  pools: Map<number, number[]>,
  unitClass: number,
  kind: number,
  horizon: number,
  size: number,
): number[] {
  const kinds = kind === residualKinds.total ? [kind] : [kind, 1 - kind]
  let joined: number[] = []
  for (const classes of [[unitClass], [unitClass, 1 - unitClass]]) {
    for (let breadth = 1; breadth <= kinds.length; breadth++) {
      for (let reach = 0; reach < sizeClasses; reach++) {
        joined = []
        for (const of of classes) {
          for (const which of kinds.slice(0, breadth)) {
            for (let at = Math.max(0, size - reach); at <= Math.min(sizeClasses - 1, size + reach); at++) {
              joined = joined.concat(pools.get(poolKey(of, which, horizon, at)) ?? [])
            }
          }
        }
        if (joined.length >= enough) return joined
      }
    }
  }
  return joined
}

function quantileBand(pool: readonly ScaledMiss[], horizon: number): PooledBand {
  const misses = pool.map(({ miss }) => miss).sort((a, b) => a - b)
  const origins = new Set(pool.map(({ origin }) => origin)).size
  const count = misses.length
  const even = evenHalf(misses, origins)
  if (count < thin) return { lo: -even, hi: even, origins }
  const independent = origins / horizon
  const trust = independent / (independent + leanOrigins)
  const outer = Math.min(1, (0.9 * (count + 1)) / count)
  return {
    lo: trust * quantile(misses, 1 - outer) - (1 - trust) * even,
    hi: trust * quantile(misses, outer) + (1 - trust) * even,
    origins,
  }
}

/** Half of a symmetrical band: the 80 % quantile of sizes, or for a thin pool their root mean square × Student's t. */
function evenHalf(misses: readonly number[], origins: number): number {
  const count = misses.length
  if (count < thin) {
    const mean = misses.reduce((sum, miss) => sum + miss * miss, 0) / count
    return Math.sqrt(mean) * (student90[Math.min(origins, student90.length) - 1] ?? 1.4)
  }
  const sizes = misses.map((miss) => Math.abs(miss)).sort((a, b) => a - b)
  return quantile(sizes, Math.min(1, (0.8 * (count + 1)) / count))
}

/** 分位数 — linear between neighbours of a sorted list; NaN when it is empty. */
export function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return Number.NaN
  const at = share * (sorted.length - 1)
  const low = Math.floor(at)
  const high = Math.min(sorted.length - 1, low + 1)
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!)
}
