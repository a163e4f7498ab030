import { granted, type Result, refused } from '../../kernel/result.ts'
import type { RefusalCode } from './refusals.ts'
import type { Assumptions } from './scenario-contract.ts'

/** 判断依据 — what the books and the plan say about where and when an assumption may speak. */
export interface ScenarioGround {
  /** Units of the scenario's county (or all, for the city's own), with their kind. */
  readonly units: ReadonlyMap<number, { readonly name: string; readonly kind: string }>
  readonly firstYear: number
  readonly until: number
}

/**
 * 审情景方案 — grants assumptions that the projection can carry out; refuses the first that it cannot, saying which.
 *
 * Units must lie in the scenario's county, housing in a township, years in the forecast; an override sets
 * either pupils or a factor.
 */
export function judgeScenario(assumptions: Assumptions, ground: ScenarioGround): Result<Assumptions> {
  for (const [index, line] of assumptions.housing.entries()) {
    const place = `新增住宅第 ${index + 1} 行`
    const problem = whereAndWhen(place, line.unitId, line.year, ground)
    if (problem) return problem
    const unit = ground.units.get(line.unitId)
    if (unit?.kind !== 'township') {
      return no(
        'seats.housing-level',
        `${place}填的是${unit?.name}—住宅带来的学生要算到乡镇、街道—请改填乡镇、街道。`,
      )
    }
  }
  for (const [index, line] of assumptions.seniorShares.entries()) {
    const problem = whereAndWhen(`普职分流第 ${index + 1} 行`, line.unitId, line.from, ground)
    if (problem) return problem
  }
  for (const [index, line] of assumptions.overrides.entries()) {
    const place = `人工修正第 ${index + 1} 行`
    const problem = whereAndWhen(place, line.unitId, line.year, ground)
    if (problem) return problem
    if ((line.pupils === undefined) === (line.factor === undefined)) {
      return no('seats.override-one', `${place}人数与倍数—两者只能填一个—请留下一个，删去另一个。`)
    }
  }
  return granted(assumptions)
}

function whereAndWhen(place: string, unitId: number, year: number, ground: ScenarioGround) {
  if (!ground.units.has(unitId)) {
    return no(
      'seats.unit-outside',
      `${place}的单位 ${unitId}—不在方案所属范围内，或台账没有—请改选本范围内的单位。`,
    )
  }
  if (year < ground.firstYear || year > ground.until) {
    return no(
      'seats.year-outside',
      `${place}的年份 ${year}—推算期是 ${ground.firstYear} 至 ${ground.until} 年—请改填推算期内的年份。`,
    )
  }
  return undefined
}

function no(code: RefusalCode, text: string) {
  return refused({ code, text })
}
