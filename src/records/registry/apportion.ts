/**
 * 按份分配 — parts of a whole number by share, whole themselves and summing to it (largest remainder).
 *
 * Ties go to the earlier share, so the answer does not depend on anything but the arguments.
 *
 * @example apportion(10, [0.5, 0.25, 0.25]) // [5, 3, 2]
 */
export function apportion(total: number, shares: readonly number[]): number[] {
  const sum = shares.reduce((all, share) => all + share, 0)
  const exact = shares.map((share) => (total * share) / sum)
  const parts = exact.map(Math.floor)
  const left = total - parts.reduce((all, part) => all + part, 0)
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((one, other) => other.remainder - one.remainder || one.index - other.index)
  for (const { index } of byRemainder.slice(0, left)) parts[index]! += 1
  return parts
}
