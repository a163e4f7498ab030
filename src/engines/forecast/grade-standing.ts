import type { PreparedPanel } from './prepared-panel.ts'

/**
 * 年级现状 — how a grade of a unit stands at an origin.
 *
 * `absent` never seen or unknown for long; `shut` has no pupils and none are due; `opening` the unit's top
 * grade rose into the grade below this year and most units go on from there; `entering` pupils come from outside the
 * unit; `fading` the grade below has just emptied; `moving` fed from below.
 */
export type GradeStanding = 'absent' | 'shut' | 'opening' | 'entering' | 'fading' | 'moving'

/** Share of units running the lower grade that also run the upper one, from which a new school is taken to grow on. */
const usualShare = 0.5

/** 看年级现状 — see `GradeStanding`. */
export function gradeStanding(
  panel: PreparedPanel,
  origin: number,
  unit: number,
  grade: number,
  goesOn: Float64Array,
): GradeStanding {
  const at = (year: number, of: number): number =>
    year < 0 || of < 0 ? Number.NaN : panel.filled[(unit * panel.years + year) * panel.grades + of]!
  const now = at(origin, grade)
  const from = panel.source[grade]!
  const below = at(origin, from)
  const belowBefore = at(origin - 1, from)
  if (!(now > 0)) {
    const lower = from < 0 ? -1 : panel.source[from]!
    const rose = below > 0 && origin >= 1 && !(belowBefore > 0) && at(origin - 1, lower) > 0
    if (rose && goesOn[grade]! >= usualShare) return 'opening'
    return now === 0 ? 'shut' : 'absent'
  }
  if (from < 0 || Number.isNaN(below)) return 'entering'
  if (below > 0) return 'moving'
  return belowBefore > 0 ? 'fading' : 'entering'
}

/** 续办比例 — for each grade, the share of units with pupils in the grade below that have pupils in it too. */
export function shareGoingOn(panel: PreparedPanel, origin: number): Float64Array {
  const share = new Float64Array(panel.grades)
  for (let grade = 0; grade < panel.grades; grade++) {
    const from = panel.source[grade]!
    if (from < 0) continue
    let lower = 0
    let both = 0
    for (let unit = 0; unit < panel.named; unit++) {
      if (panel.tree.children[unit]!.length > 0) continue
      const row = (unit * panel.years + origin) * panel.grades
      if (!(panel.filled[row + from]! > 0)) continue
      lower++
      if (panel.filled[row + grade]! > 0) both++
    }
    share[grade] = lower > 0 ? both / lower : 0
  }
  return share
}
