import { isMissing } from '../../kernel/missing.ts'
import { type Indicator, type Plan, parameter, type Target } from '../../plan/index.ts'
import { judgeTarget, type Path, type Standing } from './judge-target.ts'
import { currentFigure, type Measurement } from './measure-years.ts'

/** 某地进度 — how a place stands against a target under a reading. */
export function standingOf(
  plan: Plan,
  measurement: Measurement,
  target: Target,
  unitId: number,
  reading?: string,
): Standing {
  const indicator = indicatorOf(plan, target)
  const history = (measurement.figures.get(indicator.id) ?? []).filter(
    (figure) =>
      figure.unitId === unitId && (indicator.countedReadings === undefined || figure.reading === reading),
  )
  const path = pathOf(plan, target, measurement.asOf)
  return judgeTarget(path, history, currentFigure(measurement, indicator, unitId, reading))
}

/** 目标路径 — the path of a target with the line that binds on the day. */
export function pathOf(plan: Plan, target: Target, asOf: string): Path {
  const { binding, refused } = bindingLine(plan, target, asOf)
  return {
    ...target.path,
    ...(binding !== undefined && { line: binding }),
    ...(refused !== undefined && { refused }),
  }
}

/** 约束线 — the figure that the nearest layer asks for on a day, or why there is none; neither where the paper gives no figure. */
export function bindingLine(
  plan: Plan,
  { line }: Target,
  asOf: string,
): { readonly binding?: number; readonly refused?: string } {
  if (line === undefined) return {}
  const found = parameter(plan, line, { on: asOf, asOf })
  if (isMissing(found)) return { refused: `${found.of}尚未录入，应由${found.owedBy}提供` }
  return found.ok ? { binding: Number(found.value.value) } : { refused: found.refusal.text }
}

/** 指标 — of a target; the plan's own check makes sure there is one. */
export function indicatorOf(plan: Plan, target: Target): Indicator {
  return plan.indicators.get(target.indicator) as Indicator
}
