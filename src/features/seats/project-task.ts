import { birthOutlook } from '../../engines/forecast/birth-outlook.ts'
import { panelAsOf } from '../../engines/forecast/enrolment-panel.ts'
import { type PreparedPanel, preparePanel } from '../../engines/forecast/prepared-panel.ts'
import { projectPupils } from '../../engines/forecast/project-pupils.ts'
import {
  type Projection,
  type ProjectionInput,
  type ProjectionScenario,
  standardSource,
} from '../../engines/forecast/projection-input.ts'
import { gradesOf, stages } from '../../kernel/stage.ts'
import { assumedInput } from './assumed-input.ts'
import { type ForecastTask, forecastGrades, lastObservedYear } from './forecast-ground.ts'

/**
 * 推算一次 — the ground projected from its last observed year to `until` under every variant of births.
 *
 * Births of all units follow the root's trend times the variant's factor, so that low ≤ mid ≤ high holds in
 * every unit. Undefined when no pupils are on file.
 */
export function projectTask(task: ForecastTask): Projection | undefined {
  const input = plainInput(task)
  return input && projectPupils({ ...input, ...assumedInput(task, input) })
}

/** 推算输入 — the ground in the engine's own terms, before any assumption; undefined when there is nothing to start from. */
export function plainInput(task: ForecastTask): ProjectionInput | undefined {
  const { ground, until, variants, entryAges, draws, seed } = task
  const origin = lastObservedYear(ground, task.completeFrom)
  if (origin === undefined || origin >= until) return undefined
  const input: ProjectionInput = {
    units: ground.units.map(({ unitId }) => String(unitId)),
    levels: ground.units.map(({ level }) => level),
    parent: Int32Array.from(ground.units, ({ parent }) => parent),
    grades: forecastGrades,
    source: standardSource(forecastGrades),
    stages: stages.map((stage) => ({
      id: stage,
      grades: gradesOf[stage].map((grade) => forecastGrades.indexOf(grade)),
    })),
    firstYear: ground.firstYear,
    years: ground.years,
    enrolment: ground.enrolment,
    present: ground.present,
    ...(ground.births && { births: ground.births }),
    entryAges,
    asOf: origin,
    until,
    scenarios: [],
    draws,
    seed,
  }
  return { ...input, scenarios: variants.map((variant) => birthScenario(variant, rootGrowth(input))) }
}

function birthScenario(
  { id, factor }: { id: string; factor: number },
  growth: readonly number[],
): ProjectionScenario {
  return growth.length === 0 ? { id } : { id, birthPath: growth.map((each) => each * factor) }
}

/** Yearly growth of the root's births beyond the last known year, as the engine damps it. */
function rootGrowth(input: ProjectionInput): number[] {
  if (!input.births) return []
  const panel = panelOf(input)
  const outlook = birthOutlook(panel, panel.years - 1, input.until - input.asOf)
  if (!outlook) return []
  const root = panel.tree.order[0] as number
  const births = outlook.cells.subarray(root * outlook.years, (root + 1) * outlook.years)
  const known = Math.min(input.births.years, input.asOf - input.births.firstYear + 1)
  const growth = Array.from(births.subarray(known), (value, at) => value / (births[known + at - 1] as number))
  return growth.every(Number.isFinite) ? growth : []
}

/** 备好的面板 — the input's panel as it stood in the year the forecast starts from. */
export function panelOf(input: ProjectionInput): PreparedPanel {
  return preparePanel(
    panelAsOf({ ...input, cells: input.enrolment, present: input.present as Uint8Array }, input.asOf),
  )
}
