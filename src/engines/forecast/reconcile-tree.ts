import type { UnitTree } from './enrolment-panel.ts'

/**
 * 逐级对账 — makes children add up to their parents, moving each figure in proportion to its doubt.
 *
 * Weighted least squares on a tree with a diagonal variance: one pass up, in which a unit weighs its
 * own figure against the sum of its children, and one pass down, in which what is left over is
 * shared among the children by their variances. O(n). Where a share would fall below 0 it stops
 * there and the siblings give way. Units marked NaN take no part.
 *
 * Source: Wickramasuriya, Athanasopoulos, Hyndman (MinT), diagonal case; otexts.com/fpp2/reconciliation.
 *
 * @example parent 100 (variance 4), children 60 and 50 (variance 4 and 8) → parent 102.5, children 57.5 and 45
 */
export function reconcileTree(tree: UnitTree, mean: Float64Array, variance: Float64Array): Float64Array {
  const settled = Float64Array.from(mean)
  const doubt = Float64Array.from(variance)
  for (let at = tree.order.length - 1; at >= 0; at--)
    weighAgainstChildren(tree, tree.order[at]!, settled, doubt)
  for (const unit of tree.order) {
    if (settled[unit]! < 0) settled[unit] = 0
    shareAmongChildren(tree.children[unit]!, settled[unit]!, settled, doubt)
  }
  return settled
}

/** On the way up: a unit's own figure and the sum of its children, each weighed by the other's doubt. */
function weighAgainstChildren(
  tree: UnitTree,
  unit: number,
  settled: Float64Array,
  doubt: Float64Array,
): void {
  let sum = 0
  let sumDoubt = 0
  let counted = 0
  for (const child of tree.children[unit]!) {
    if (Number.isNaN(settled[child]!)) continue
    sum += settled[child]!
    sumDoubt += doubt[child]!
    counted++
  }
  if (counted === 0) return
  const own = settled[unit]!
  const ownDoubt = doubt[unit]!
  const both = ownDoubt + sumDoubt
  const known = !Number.isNaN(own) && both > 0
  settled[unit] = known ? (own * sumDoubt + sum * ownDoubt) / both : sum
  doubt[unit] = known ? (ownDoubt * sumDoubt) / both : sumDoubt
}

/** On the way down: spreads what is left over by variance, never below 0. */
function shareAmongChildren(
  children: readonly number[],
  total: number,
  settled: Float64Array,
  doubt: Float64Array,
): void {
  let open = children.filter((child) => !Number.isNaN(settled[child]!))
  const target = total
  while (open.length > 0) {
    const sum = open.reduce((held, child) => held + settled[child]!, 0)
    const spread = open.reduce((held, child) => held + doubt[child]!, 0)
    const gap = target - sum
    const share = (child: number): number =>
      spread > 0 ? doubt[child]! / spread : sum > 0 ? settled[child]! / sum : 1 / open.length
    const emptied = open.filter((child) => settled[child]! + gap * share(child) < 0)
    if (emptied.length === 0) {
      const moves = open.map((child) => gap * share(child))
      open.forEach((child, at) => {
        settled[child]! += moves[at]!
      })
      return
    }
    for (const child of emptied) settled[child] = 0
    open = open.filter((child) => !emptied.includes(child))
  }
}
