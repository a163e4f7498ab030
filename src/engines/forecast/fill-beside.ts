import type { Grid } from './fill-forward.ts'

/** Share of the units running the grade beside it that also run a grade, from which an empty end is taken for a gap. */
const nearlyAll = 0.75

/**
 * 首年补空 — fills gaps of the first year, which no earlier year can fill, from the grades beside them.
 *
 * A gap lies between two grades of the unit that have pupils; or it is the first or last grade of all, beside
 * two that have pupils, and nearly all units run it. Other empty cells may be grades the unit does not run. A gap takes
 * the unit's own figures beside it in the proportion its siblings show (units under the same parent, or all where
 * none can tell):
 *
 *     E(u,g) = ΣE(u,beside) · Σ_siblings E(g) / Σ_siblings ΣE(beside)
 *
 * Without it the sums of this year would lack what the next year's hold, and read as growth. Only this one
 * year is read, so nothing is known ahead of its time.
 */
export function fillBeside(
  grid: Grid,
  source: Int32Array,
  parent: Int32Array,
  cells: Float64Array,
  present: Uint8Array,
): Float64Array {
  const filled = Float64Array.from(cells)
  const chains: Chains = { below: source, above: upward(source) }
  for (let unit = 0; unit < grid.units; unit++) {
    if (!present[unit * grid.years]) continue
    for (let grade = 0; grade < grid.grades; grade++) {
      const cell = unit * grid.years * grid.grades + grade
      if (!Number.isNaN(cells[cell]!)) continue
      const beside = gradesBeside(grid, chains, cells, unit, grade)
      if (beside.length === 0) continue
      const atEnd = beside.length === 1
      if (atEnd && !isGapAtEnd(grid, chains, cells, unit, grade, beside[0]!)) continue
      const share = siblingShare(grid, parent, cells, unit, grade, beside)
      if (!Number.isNaN(share)) filled[cell] = sumOf(grid, cells, unit, beside) * share
    }
  }
  return filled
}

/** Which grade each one is fed by, and which it feeds; −1 where none. */
interface Chains {
  readonly below: Int32Array
  readonly above: Int32Array
}

function upward(source: Int32Array): Int32Array {
  const above = new Int32Array(source.length).fill(-1)
  source.forEach((from, grade) => {
    if (from >= 0 && above[from] === -1) above[from] = grade
  })
  return above
}

const firstYear = (grid: Grid, unit: number, grade: number): number => unit * grid.years * grid.grades + grade

/** The nearest grades with pupils, one on either side. */
function gradesBeside(
  grid: Grid,
  chains: Chains,
  cells: Float64Array,
  unit: number,
  grade: number,
): number[] {
  return [chains.below, chains.above].flatMap((along) => {
    let at = along[grade]!
    while (at >= 0 && Number.isNaN(cells[firstYear(grid, unit, at)]!)) at = along[at]!
    return at >= 0 && cells[firstYear(grid, unit, at)]! > 0 ? [at] : []
  })
}

/** Is an end a gap? No grade lies beyond it, its own next two are known, and nearly everybody else who runs the next runs it. */
function isGapAtEnd(
  grid: Grid,
  chains: Chains,
  cells: Float64Array,
  unit: number,
  grade: number,
  beside: number,
): boolean {
  const [inward, outward] =
    chains.below[grade] === beside ? [chains.below, chains.above] : [chains.above, chains.below]
  const second = inward[beside]!
  if (inward[grade] !== beside || outward[grade] !== -1 || second < 0) return false
  if (!(cells[firstYear(grid, unit, second)]! > 0)) return false
  let run = 0
  let both = 0
  for (let other = 0; other < grid.units; other++) {
    if (other === unit || !(cells[firstYear(grid, other, beside)]! > 0)) continue
    run++
    if (cells[firstYear(grid, other, grade)]! > 0) both++
  }
  return run > 0 && both / run >= nearlyAll
}

function siblingShare(
  grid: Grid,
  parent: Int32Array,
  cells: Float64Array,
  unit: number,
  grade: number,
  beside: readonly number[],
): number {
  const shareAmong = (isSibling: (other: number) => boolean): number => {
    let own = 0
    let next = 0
    for (let other = 0; other < grid.units; other++) {
      const pupils = cells[firstYear(grid, other, grade)]!
      const theirs = sumOf(grid, cells, other, beside)
      if (!isSibling(other) || Number.isNaN(pupils + theirs)) continue
      own += pupils
      next += theirs
    }
    return own / next
  }
  const share = shareAmong((other) => parent[other] === parent[unit])
  const wide = Number.isNaN(share) ? shareAmong(() => true) : share
  return Number.isNaN(wide) ? 1 / beside.length : wide
}

function sumOf(grid: Grid, cells: Float64Array, unit: number, grades: readonly number[]): number {
  return grades.reduce((sum, grade) => sum + cells[firstYear(grid, unit, grade)]!, 0)
}
