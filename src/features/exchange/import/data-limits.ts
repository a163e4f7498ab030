import { isMissing } from '../../../kernel/missing.ts'
import { granted, type Result, refused } from '../../../kernel/result.ts'
import { numberParameter, type Plan, parameter } from '../../../plan/index.ts'
import type { DataLimits } from '../judge/known-books.ts'

/** 数据核查的尺度 — from the plan's parameters for a day; refused, by name, when one is missing or overdue. */
export function dataLimits(plan: Plan, day: string): Result<DataLimits> {
  const days = { on: day, asOf: day }
  const found: number[] = []
  for (const key of ['data.implausible-class-size', 'data.oldest-school-year', 'data.boundary-tolerance']) {
    const value = numberParameter(plan, key, days)
    if (isMissing(value)) return notEntered(value.of)
    if (!value.ok) return value
    found.push(value.value)
  }
  const tolerance = parameter(plan, 'data.stock-flow-tolerance', days)
  if (isMissing(tolerance)) return notEntered(tolerance.of)
  if (!tolerance.ok) return tolerance
  const [implausibleClassSize, oldestSchoolYear, outlineToleranceM] = found as [number, number, number]
  const stockFlow = tolerance.value.value as { share: number; heads: number }
  return granted({ implausibleClassSize, oldestSchoolYear, outlineToleranceM, stockFlow })
}

function notEntered(zh: string) {
  return refused({
    code: 'exchange.limit-missing',
    text: `参数“${zh}”还没有录入—缺了它无法核查数据—请管理员在 plan 目录补上。`,
  })
}
