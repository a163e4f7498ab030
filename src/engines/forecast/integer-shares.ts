import type { UnitTree } from './enrolment-panel.ts'

/**
 * 最大余数法取整 — whole numbers that add up to a whole total, as near to the shares as can be.
 *
 * Each part is rounded down after scaling to the total; the units left go to the largest remainders,
 * ties to the earlier part. NaN parts stay NaN and receive nothing.
 *
 * @example integerShares([1.4, 1.4, 1.2], 4) // [2, 1, 1]
 */
export function integerShares(parts: readonly number[], total: number): number[] {
  const sum = parts.reduce((held, part) => (Number.isNaN(part) ? held : held + part), 0)
  const known = parts.reduce((held, part) => (Number.isNaN(part) ? held : held + 1), 0)
  const scaled = parts.map((part) => (sum > 0 ? (part * total) / sum : total / known))
  const shares = scaled.map((part) => Math.floor(part + 1e-9))
  let left = total - shares.reduce((held, share) => (Number.isNaN(share) ? held : held + share), 0)
  const ranked = scaled
    .map((part, at) => ({ at, remainder: part - shares[at]! }))
    .filter((entry) => !Number.isNaN(entry.remainder))
    .sort((a, b) => b.remainder - a.remainder || a.at - b.at)
  for (const entry of ranked) {
    if (left <= 0) break
    shares[entry.at]!++
    left--
  }
  return shares
}

/**
 * 全树取整 — turns figures that add up over a tree, by grade, into whole pupils that still add up.
 *
 * `grid[unit * grades + grade]`, changed in place; units from `named` on only gather roots. At a root the grades are rounded within the rounded total; below, each grade is
 * split among the children by the largest remainder. So grades add up to totals and children to
 * their parents, everywhere.
 */
export function integerTree(tree: UnitTree, named: number, grid: Float64Array, grades: number): void {
  for (const unit of tree.order) {
    if (unit >= named) continue
    const from = unit * grades
    const above = tree.parent[unit]!
    if (above < 0 || above >= named) {
      const own = Array.from(grid.subarray(from, from + grades))
      const total = own.reduce((held, part) => (Number.isNaN(part) ? held : held + part), 0)
      grid.set(integerShares(own, Math.round(total)), from)
    }
    const children = tree.children[unit]!
    if (children.length === 0) continue
    for (let grade = 0; grade < grades; grade++) {
      if (Number.isNaN(grid[from + grade]!)) continue
      const parts = children.map((child) => grid[child * grades + grade]!)
      if (parts.every((part) => Number.isNaN(part))) continue
      const shares = integerShares(parts, grid[from + grade]!)
      children.forEach((child, at) => {
        grid[child * grades + grade] = shares[at]!
      })
    }
  }
}
