import { birthOutlook } from '../../engines/forecast/birth-outlook.ts'
import { panelAsOf } from '../../engines/forecast/enrolment-panel.ts'
import { preparePanel } from '../../engines/forecast/prepared-panel.ts'
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
  const origin = lastObservedYear(task.ground)
  if (origin === undefined || origin >= task.until) return undefined
  const plain = plainInput(task, origin)
  return projectPupils({ ...plain, ...assumedInput(task, plain) })
}

function plainInput(
  { ground, until, variants, entryAges, draws, seed }: ForecastTask,
  origin: number,
): ProjectionInput {
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
  const panel = preparePanel(
    panelAsOf({ ...input, cells: input.enrolment, present: input.present as Uint8Array }, input.asOf),
  )
  const outlook = birthOutlook(panel, panel.years - 1, input.until - input.asOf)
  if (!outlook) return []
  const root = panel.tree.order[0] as number
  const births = outlook.cells.subarray(root * outlook.years, (root + 1) * outlook.years)
  const known = Math.min(input.births.years, input.asOf - input.births.firstYear + 1)
  const growth = Array.from(births.subarray(known), (value, at) => value / (births[known + at - 1] as number))
  return growth.every(Number.isFinite) ? growth : []
}
