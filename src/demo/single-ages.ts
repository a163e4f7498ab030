import type { AgeGroup } from './city-source.ts'
import { shareOut } from './share-out.ts'

/** Single ages are needed below this one. */
export const oldestSingleAge = 19

/**
 * 分单岁 — census age groups split into single ages 0…19, each group's sum kept exactly.
 *
 * Within a group the ages lie on the straight line whose slope is that between the yearly averages of
 * the groups before and after; rounded by largest remainder.
 */
export function singleAges(groups: readonly AgeGroup[], sex: 'male' | 'female'): number[] {
  const ages: number[] = []
  const yearly = groups.map((group) => group[sex] / (group.to - group.from + 1))
  const middle = groups.map((group) => (group.from + group.to) / 2)
  for (const [i, group] of groups.entries()) {
    if (group.from > oldestSingleAge) break
    const before = Math.max(0, i - 1)
    const after = Math.min(groups.length - 1, i + 1)
    const slope = (yearly[after]! - yearly[before]!) / (middle[after]! - middle[before]!)
    const weights = Array.from({ length: group.to - group.from + 1 }, (_, year) =>
      Math.max(yearly[i]! * 0.2, yearly[i]! + slope * (group.from + year - middle[i]!)),
    )
    ages.push(
      ...shareOut(
        group[sex],
        weights.map((weight) => weight + 1e-9),
      ),
    )
  }
  return ages
}
