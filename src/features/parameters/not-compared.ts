import { factsOf, type Plan, parameterReaders } from '../../plan/index.ts'

/** 平台直接用的参数 — by what their names begin with, and what is computed with them outside the plan's own rules. */
const usedByRooms: Readonly<Record<string, string>> = {
  'class-size.': '学位测算',
  'large-class.': '学位测算',
  'forecast.': '学位测算',
  'entry.': '学位测算',
  'seat-warning.': '学位供需预警',
  'data.': '导入时的核对',
  'rectification-days.': '整改期限',
  'complaint.': '投诉答复期限',
  'due.': '到期提示',
  'inspection.': '督学责任区和到访安排',
  'filing.': '填报用时估算',
  'statistics.complete-from': '以哪一学年为当年',
}

/** 没有比较的 — what a value on trial may change beside the verdicts of the plan's rules, as sentences: no list is taken for whole that is not. */
export function notCompared(plan: Plan, key: string): string[] {
  const { targets, indicators, duties, checks, items } = parameterReaders(plan, key)
  const judged = targets.length + indicators.length + duties.length + checks.length
  // what a target measures was judged with it
  const unmeasured = items.filter(({ id }) => !targets.some((target) => target.id === id))
  const beside = checks.filter((check) => factsOf(check).length > 0)
  const uses = Object.entries(usedByRooms).filter(([name]) => key.startsWith(name))
  return [
    ...(judged === 0 ? ['目标、指标、覆盖任务和核验规则都不读取这个参数，没有可比较的判断。'] : []),
    ...(unmeasured.length > 0
      ? [
          `${unmeasured.length} 个任务项以它为依据，进展由责任单位填报，没有比较：${unmeasured.map(({ id }) => id).join('、')}。`,
        ]
      : []),
    ...beside.map(({ zh }) => `核验规则“${zh}”填报时与台账比对，没有重新判断。`),
    ...uses.map(([, what]) => `${what}也可能用到这个参数，没有重新计算。`),
  ]
}

/** 是否说到 — is it said of a parameter that rooms compute with it by themselves? */
export function isSaidToBeUsed(key: string): boolean {
  return Object.keys(usedByRooms).some((name) => key.startsWith(name))
}
