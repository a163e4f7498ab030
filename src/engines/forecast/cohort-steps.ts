import { type PreparedPanel, unitClass } from './prepared-panel.ts'

/**
 * 升级人数 — pupils who stood in the lower grade last year and arrived one grade up this year.
 *
 * Index `(unit * years + year) * grades + grade`; `stood` is 0 where the step is unknown. A unit that
 * gathers others has two readings: `own`, from its own figures, and `pooled`, summed only over units
 * below it that ran both grades, which is what a single school can be compared with.
 */
export interface CohortSteps {
  readonly own: { readonly stood: Float64Array; readonly moved: Float64Array }
  readonly pooled: { readonly stood: Float64Array; readonly moved: Float64Array }
}

/** 数升级人数 — see `CohortSteps`. A step counts where both cells were observed and above 0. */
export function countCohortSteps(panel: PreparedPanel): CohortSteps {
  const size = panel.filled.length
  const own = { stood: new Float64Array(size), moved: new Float64Array(size) }
  for (let unit = 0; unit < panel.units; unit++) {
    for (let year = 1; year < panel.years; year++) {
      for (let grade = 0; grade < panel.grades; grade++) countStep(panel, unit, year, grade, own)
    }
  }
  const pooled = { stood: Float64Array.from(own.stood), moved: Float64Array.from(own.moved) }
  const block = panel.years * panel.grades
  for (let at = panel.tree.order.length - 1; at >= 0; at--) {
    const unit = panel.tree.order[at]!
    if (unitClass(panel, unit) === 0) continue
    for (let cell = 0; cell < block; cell++) {
      pooled.stood[unit * block + cell] = sumOf(panel.tree.children[unit]!, pooled.stood, block, cell)
      pooled.moved[unit * block + cell] = sumOf(panel.tree.children[unit]!, pooled.moved, block, cell)
    }
  }
  return { own, pooled }
}

function countStep(
  panel: PreparedPanel,
  unit: number,
  year: number,
  grade: number,
  into: CohortSteps['own'],
): void {
  const from = panel.source[grade]!
  if (from < 0) return
  const up = (unit * panel.years + year) * panel.grades + grade
  const down = up - panel.grades - grade + from
  if (!panel.observed[up] || !panel.observed[down]) return
  if (!(panel.filled[up]! > 0) || !(panel.filled[down]! > 0)) return
  into.moved[up] = panel.filled[up]!
  into.stood[up] = panel.filled[down]!
}

function sumOf(children: readonly number[], cells: Float64Array, block: number, cell: number): number {
  return children.reduce((sum, child) => sum + cells[child * block + cell]!, 0)
}
