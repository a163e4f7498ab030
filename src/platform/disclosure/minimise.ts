/** 线性规划 — minimise cost·x where rows·x = right and 0 ≤ x ≤ upper. */
export interface Programme {
  readonly rows: readonly (readonly number[])[]
  readonly right: readonly number[]
  readonly upper: readonly number[]
  readonly cost: readonly number[]
}

const near = 1e-7
/** Dearer than anything a programme here costs. */
const forbidden = 1e7

interface Tableau {
  /** One row per equation: its variables' coefficients, artificial ones behind. */
  readonly rows: number[][]
  /** Values of the basic variables. */
  readonly right: number[]
  readonly basis: number[]
  /** Reduced costs. */
  readonly cost: number[]
  readonly upper: number[]
  /** Variables counted down from their upper bound. */
  readonly flipped: boolean[]
}

/**
 * 求最小 — the cheapest x, or undefined when none satisfies the equations.
 *
 * Simplex with bounds; Bland's rule keeps it from going in circles. Dense: for tables of some hundred cells.
 */
export function minimise(programme: Programme): number[] | undefined {
  const tableau = begin(programme)
  for (;;) {
    const entering = tableau.cost.findIndex((cost) => cost < -near)
    if (entering < 0) break
    if (!step(tableau, entering)) return undefined
  }
  return solution(tableau, programme.upper.length)
}

function begin({ rows, right, upper, cost }: Programme): Tableau {
  const artificial = rows.map(() => 0)
  const signed = rows.map((row, i) => {
    const sign = right[i]! < 0 ? -1 : 1
    return [...row.map((value) => sign * value), ...artificial.map((_, j) => (i === j ? 1 : 0))]
  })
  const reduced = [...cost, ...artificial.map(() => forbidden)]
  // The artificial variables stand in the basis: their cost is taken out of the others.
  for (const row of signed) for (let j = 0; j < reduced.length; j++) reduced[j]! -= forbidden * row[j]!
  return {
    rows: signed,
    right: right.map(Math.abs),
    basis: rows.map((_, i) => cost.length + i),
    cost: reduced,
    upper: [...upper, ...artificial.map(() => Number.POSITIVE_INFINITY)],
    flipped: reduced.map(() => false),
  }
}

/** Lets one variable grow until something reaches a bound; false when nothing ever does. */
function step(tableau: Tableau, entering: number): boolean {
  const { rows, right, basis, upper } = tableau
  let [limit, leaving, toUpper] = [upper[entering]!, -1, false]
  for (const [i, row] of rows.entries()) {
    const slope = row[entering]!
    if (Math.abs(slope) < near) continue
    const room = slope > 0 ? right[i]! / slope : (upper[basis[i]!]! - right[i]!) / -slope
    const sooner = room < limit - near || (room < limit + near && leaving >= 0 && basis[i]! < basis[leaving]!)
    if (sooner) [limit, leaving, toUpper] = [Math.max(room, 0), i, slope < 0]
  }
  if (limit === Number.POSITIVE_INFINITY) return false
  if (leaving < 0) flipColumn(tableau, entering)
  else {
    if (toUpper) flipRow(tableau, leaving)
    pivot(tableau, leaving, entering)
  }
  return true
}

/** A variable outside the basis goes to its upper bound and is counted down from there. */
function flipColumn({ rows, right, cost, upper, flipped }: Tableau, column: number): void {
  for (const [i, row] of rows.entries()) {
    right[i]! -= row[column]! * upper[column]!
    row[column] = -row[column]!
  }
  cost[column] = -cost[column]!
  flipped[column] = !flipped[column]
}

/** A basic variable is counted down from its upper bound. */
function flipRow({ rows, right, basis, upper, flipped }: Tableau, at: number): void {
  const variable = basis[at]!
  const row = rows[at]!
  for (let j = 0; j < row.length; j++) if (j !== variable) row[j] = -row[j]!
  right[at] = upper[variable]! - right[at]!
  flipped[variable] = !flipped[variable]
}

function pivot({ rows, right, basis, cost }: Tableau, at: number, entering: number): void {
  const row = rows[at]!
  const by = row[entering]!
  for (let j = 0; j < row.length; j++) row[j]! /= by
  right[at]! /= by
  for (const [i, other] of rows.entries()) {
    const times = other[entering]!
    if (i === at || times === 0) continue
    for (let j = 0; j < other.length; j++) other[j]! -= times * row[j]!
    right[i]! -= times * right[at]!
  }
  const times = cost[entering]!
  for (let j = 0; j < cost.length; j++) cost[j]! -= times * row[j]!
  basis[at] = entering
}

function solution({ right, basis, upper, flipped }: Tableau, count: number): number[] | undefined {
  const values = upper.map(() => 0)
  for (const [i, variable] of basis.entries()) values[variable] = right[i]!
  if (values.slice(count).some((value) => value > 1e-5)) return undefined
  return values.slice(0, count).map((value, j) => (flipped[j] ? upper[j]! - value : value))
}
