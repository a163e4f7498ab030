/** 补空年限 — after this many unknown years in a row a cell is no longer carried forward. */
const longestGap = 3

export interface Grid {
  readonly units: number
  readonly years: number
  readonly grades: number
}

/**
 * 估算用补空 — fills unknown cells for estimation only, looking back and never ahead.
 *
 * A gap takes last year's cohort times the unit's latest own progression ratio; without one, last
 * year's figure of the same grade. What is filled stays marked as not observed: it is never scored,
 * never enters a ratio, and every forecast resting on it says so. A unit whose row is absent while
 * others have filed is read as closed and is not filled.
 */
export function fillForward(
  grid: Grid,
  source: Int32Array,
  cells: Float64Array,
  present: Uint8Array,
): { readonly filled: Float64Array; readonly observed: Uint8Array } {
  const filled = Float64Array.from(cells)
  const observed = Uint8Array.from(cells, (value) => (Number.isNaN(value) ? 0 : 1))
  const silent = silentYears(grid, present)
  for (let unit = 0; unit < grid.units; unit++) {
    for (let year = 1; year < grid.years; year++) {
      if (!present[unit * grid.years + year] && !silent[year]) continue
      for (let grade = 0; grade < grid.grades; grade++)
        fillCell(grid, source, filled, observed, unit, year, grade)
    }
  }
  return { filled, observed }
}

/** Years in which nobody filed: a gap of the whole panel, not a closing of its units. */
function silentYears(grid: Grid, present: Uint8Array): Uint8Array {
  const silent = new Uint8Array(grid.years).fill(1)
  for (let unit = 0; unit < grid.units; unit++) {
    for (let year = 0; year < grid.years; year++) if (present[unit * grid.years + year]) silent[year] = 0
  }
  return silent
}

function fillCell(
  grid: Grid,
  source: Int32Array,
  filled: Float64Array,
  observed: Uint8Array,
  unit: number,
  year: number,
  grade: number,
): void {
  const at = (y: number, g: number): number => (unit * grid.years + y) * grid.grades + g
  if (!Number.isNaN(filled[at(year, grade)]!)) return
  const last = filled[at(year - 1, grade)]!
  if (Number.isNaN(last) || last === 0) {
    if (last === 0) filled[at(year, grade)] = 0
    return
  }
  let gap = 1
  while (gap <= longestGap && year - gap >= 0 && !observed[at(year - gap, grade)]) gap++
  if (gap > longestGap) return
  const from = source[grade]!
  const cohort = from >= 0 ? filled[at(year - 1, from)]! : Number.NaN
  const earlier = from >= 0 && year >= 2 ? filled[at(year - 2, from)]! : Number.NaN
  const ratio = last / earlier
  filled[at(year, grade)] = cohort > 0 && ratio > 0.5 && ratio < 2 ? cohort * ratio : last
}
