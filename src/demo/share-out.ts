import { Fault } from '../kernel/fault.ts'

/**
 * 最大余数分配 — divides a whole number by weights into whole numbers that add up to it exactly.
 *
 * Each gets the whole part of total × weight / Σ weights; what remains goes one by one to the largest
 * remainders, the earlier first among equals. Faults when there is something to share and no weight.
 */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((one, other) => one + other, 0)
  if (total === 0) return weights.map(() => 0)
  if (!(sum > 0))
    throw new Fault(`${total} cannot be shared among ${weights.length} weights that sum to ${sum}`)
  const exact = weights.map((weight) => (total * weight) / sum)
  const shares = exact.map(Math.floor)
  const left = total - shares.reduce((one, other) => one + other, 0)
  const byRemainder = exact
    .map((value, i) => ({ i, remainder: value - Math.floor(value) }))
    .sort((one, other) => other.remainder - one.remainder || one.i - other.i)
  for (const { i } of byRemainder.slice(0, left)) shares[i] = shares[i]! + 1
  return shares
}

/** 先各一再分 — as `shareOut`, but each of the weighted gets one first when there are enough. */
export function shareOutOneEach(total: number, weights: readonly number[]): number[] {
  const first = weights.map((weight) => (weight > 0 ? 1 : 0))
  const given = first.filter((one) => one > 0).length
  if (total < given || given === 0) return shareOut(total, weights)
  return shareOut(total - given, weights).map((share, i) => share + first[i]!)
}
