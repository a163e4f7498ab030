/**
 * 选法台账 — how far each candidate method missed at past origins, by unit class, grade and horizon.
 *
 * A miss is booked under the year its actual figure became known, so that a choice made at an origin
 * sees only misses whose actuals were out by then.
 */
export interface ChoiceLedger {
  readonly classes: number
  readonly grades: number
  readonly candidates: number
  readonly horizons: number
  readonly years: number
  readonly missed: Float64Array
  readonly counted: Float64Array
}

/** 候选段 — a run of candidates that compete with each other. */
export interface CandidateRange {
  readonly from: number
  readonly to: number
}

export function openLedger(
  classes: number,
  grades: number,
  candidates: number,
  horizons: number,
  years: number,
): ChoiceLedger {
  const size = classes * grades * candidates * horizons * years
  return {
    classes,
    grades,
    candidates,
    horizons,
    years,
    missed: new Float64Array(size),
    counted: new Float64Array(size),
  }
}

/** Years of history an origin needs for its misses to count in full. */
const fullHistory = 4

/** 起点分量 — misses made with little history say less about what to choose now. */
export function originWeight(origin: number): number {
  return Math.min(1, (origin + 1) / fullHistory)
}

/** 记账 — books one miss, weighed by what its origin had to go on. */
export function bookMiss(
  ledger: ChoiceLedger,
  unitClass: number,
  grade: number,
  candidate: number,
  horizon: number,
  year: number,
  miss: number,
  weight: number,
): void {
  const row = (unitClass * ledger.grades + grade) * ledger.candidates + candidate
  const at = (row * ledger.horizons + horizon - 1) * ledger.years + year
  ledger.missed[at]! += weight * miss
  ledger.counted[at]! += weight
}

/** Own evaluations that weigh as much as the pool of all grades of the same kind. */
const poolCount = 60
/** Sharpness of the choice, and the evaluations at which it reaches half of it. */
const sharpness = 60
const halfSharp = 100

/**
 * 滚动起点选法 — the weight each candidate earns from its misses known by `lastYear`, summing to 1.
 *
 * Misses are taken relative to the best candidate of the range. A grade's own record is drawn towards that of
 * all grades of its kind (entry or moving up), w ∝ exp(−η·(miss/best − 1)), and η grows with the
 * number of evaluations: with little evidence the candidates are averaged, with much the best one wins.
 */
export function earnedWeights(
  ledger: ChoiceLedger,
  unitClass: number,
  grade: number,
  sameKind: readonly number[],
  range: CandidateRange,
  lastYear: number,
): Float64Array {
  const size = range.to - range.from
  const own = recordOf(ledger, [unitClass], [grade], range, lastYear)
  const all = recordOf(
    ledger,
    Array.from({ length: ledger.classes }, (_, at) => at),
    sameKind,
    range,
    lastYear,
  )
  const relative = new Float64Array(size)
  for (let at = 0; at < size; at++) {
    relative[at] = (own.count * own.relative[at]! + poolCount * all.relative[at]!) / (own.count + poolCount)
  }
  const best = relative.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const eta = (sharpness * all.count) / (all.count + halfSharp)
  const weights = relative.map((value) => Math.exp(-eta * (value / best - 1)))
  const sum = weights.reduce((held, value) => held + value, 0)
  return weights.map((value) => value / sum)
}

function recordOf(
  ledger: ChoiceLedger,
  classes: readonly number[],
  grades: readonly number[],
  range: CandidateRange,
  lastYear: number,
): { relative: Float64Array; count: number } {
  const misses = new Float64Array(range.to - range.from)
  let count = 0
  for (let at = 0; at < misses.length; at++) {
    for (const unitClass of classes) {
      for (const grade of grades) {
        const row = (unitClass * ledger.grades + grade) * ledger.candidates + range.from + at
        for (let horizon = 0; horizon < ledger.horizons; horizon++) {
          for (let year = 0; year <= lastYear; year++) {
            const cell = (row * ledger.horizons + horizon) * ledger.years + year
            misses[at]! += ledger.missed[cell]!
            if (at === 0) count += ledger.counted[cell]!
          }
        }
      }
    }
  }
  const best = misses.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  return { relative: misses.map((value) => (best > 0 ? value / best : 1)), count }
}
