/**
 * 向上级收缩 — draws a unit's ratio towards the ratio of the unit above it, as if K pupils had moved at the
 * parent's ratio.
 *
 * r̂ = (Σnum + K·r_parent) / (Σden + K). Without a parent ratio the unit's own stands; without own
 * pupils the parent's; without either NaN.
 *
 * @example shrinkToParent(90, 100, 1, 50) // 0.9333…
 */
export function shrinkToParent(
  numerator: number,
  denominator: number,
  parentRatio: number,
  parentPupils: number,
): number {
  if (Number.isNaN(parentRatio)) return denominator > 0 ? numerator / denominator : Number.NaN
  if (denominator <= 0) return parentRatio
  return (numerator + parentPupils * parentRatio) / (denominator + parentPupils)
}
