import type { SchoolYear } from '../../kernel/school-year.ts'
import type { CohortSteps } from './cohort-steps.ts'
import { type PreparedPanel, unitClass } from './prepared-panel.ts'

/** 结构突变 — a unit opened, closed, or jumped in a way its neighbours did not. */
export interface StructuralBreak {
  readonly unit: number
  readonly year: SchoolYear
  readonly kind: 'opened' | 'closed' | 'jump'
}

/** A jump of the whole unit, in logs, beside the median unit of that year. */
const unitJump = 0.3
/** A jump of one grade's progression, in logs, beside the unit above. */
const gradeJump = 0.6
/** How many standard errors of a head count (√pupils) a jump must exceed as well. */
const countErrors = 5

/**
 * 突变检查 — finds breaks, each judged only by what was known in its own year.
 *
 * `sound[cell]` is 0 where the step from the year before must not teach a ratio: the unit jumped as a
 * whole, or this grade's progression lies far from that of the unit above. Ratios then rest on the
 * other years and on the parent: the unit is re-based on its latest year.
 */
export function findBreaks(
  panel: PreparedPanel,
  steps: CohortSteps,
): { breaks: StructuralBreak[]; sound: Uint8Array } {
  const sound = new Uint8Array(panel.filled.length).fill(1)
  const breaks: StructuralBreak[] = []
  for (let year = 1; year < panel.years; year++) {
    const growth = unitGrowth(panel, year)
    const usual = median(Array.from(growth).filter((value) => Number.isFinite(value)))
    for (let unit = 0; unit < panel.named; unit++) {
      const kind = breakKind(panel, unit, year, growth[unit]!, usual)
      if (kind) breaks.push({ unit, year: panel.panel.firstYear + year, kind })
      markCells(panel, steps, unit, year, kind === 'jump', sound)
    }
  }
  return { breaks, sound }
}

function unitGrowth(panel: PreparedPanel, year: number): Float64Array {
  const growth = new Float64Array(panel.named).fill(Number.NaN)
  for (let unit = 0; unit < panel.named; unit++) {
    let now = 0
    let before = 0
    for (let grade = 0; grade < panel.grades; grade++) {
      const cell = (unit * panel.years + year) * panel.grades + grade
      if (!panel.observed[cell] || !panel.observed[cell - panel.grades]) continue
      now += panel.filled[cell]!
      before += panel.filled[cell - panel.grades]!
    }
    if (now > 0 && before > 0) growth[unit] = Math.log(now / before)
  }
  return growth
}

function breakKind(
  panel: PreparedPanel,
  unit: number,
  year: number,
  growth: number,
  usual: number,
): StructuralBreak['kind'] | undefined {
  const now = pupilsIn(panel, unit, year)
  const before = pupilsIn(panel, unit, year - 1)
  if (now > 0 && before === 0) return 'opened'
  if (now === 0 && before > 0) return 'closed'
  const bound = Math.max(unitJump, countErrors / Math.sqrt(Math.max(1, Math.min(now, before))))
  return Math.abs(growth - usual) > bound ? 'jump' : undefined
}

function markCells(
  panel: PreparedPanel,
  steps: CohortSteps,
  unit: number,
  year: number,
  jumped: boolean,
  sound: Uint8Array,
): void {
  const above = panel.tree.parent[unit]!
  const gathers = unitClass(panel, unit) === 1
  for (let grade = 0; grade < panel.grades; grade++) {
    const at = (of: number): number => (of * panel.years + year) * panel.grades + grade
    const stood = steps.own.stood[at(unit)]!
    const beside = gathers ? steps.own : steps.pooled
    const usual = above < 0 ? Number.NaN : beside.moved[at(above)]! / beside.stood[at(above)]!
    const bound = Math.max(gradeJump, countErrors / Math.sqrt(Math.max(1, stood)))
    const strange = Math.abs(Math.log(steps.own.moved[at(unit)]! / stood / usual)) > bound
    if (jumped || strange) sound[at(unit)] = 0
  }
}

/** 全部在校生 — pupils of a unit in a year over the grades that are known. */
export function pupilsIn(panel: PreparedPanel, unit: number, year: number): number {
  let sum = 0
  for (let grade = 0; grade < panel.grades; grade++) {
    const value = panel.filled[(unit * panel.years + year) * panel.grades + grade]!
    if (value > 0) sum += value
  }
  return sum
}

/** 中位数 — the middle value; 0 for an empty list. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return 0
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
