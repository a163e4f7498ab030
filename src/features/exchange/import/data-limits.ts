import { isMissing } from '../../../kernel/missing.ts'
import { granted, type Result, refused } from '../../../kernel/result.ts'
import { type ParameterValue, type Plan, parameter } from '../../../plan/index.ts'
import type { DataLimits } from '../judge/known-books.ts'

/** 数据核查的尺度 — from the plan's parameters for a day; refused, by name, when one is missing or overdue. */
export function dataLimits(plan: Plan, day: string): Result<DataLimits> {
  const found = new Map<string, ParameterValue['value']>()
  for (const key of keys) {
    const value = parameter(plan, key, { on: day, asOf: day })
    if (isMissing(value)) return notEntered(value.of)
    if (!value.ok) return value
    found.set(key, value.value.value)
  }
  const of = <V>(key: (typeof keys)[number]) => found.get(key) as V
  return granted({
    implausibleClassSize: of<number>('data.implausible-class-size'),
    oldestSchoolYear: of<number>('data.oldest-school-year'),
    oldestOpeningYear: of<number>('data.oldest-opening-year'),
    outlineToleranceM: of<number>('data.boundary-tolerance'),
    stockFlow: of<DataLimits['stockFlow']>('data.stock-flow-tolerance'),
    birthsChange: of<DataLimits['birthsChange']>('data.births-change'),
    largest: of<DataLimits['largest']>('data.largest-figures'),
  })
}

const keys = [
  'data.implausible-class-size',
  'data.oldest-school-year',
  'data.oldest-opening-year',
  'data.boundary-tolerance',
  'data.stock-flow-tolerance',
  'data.births-change',
  'data.largest-figures',
] as const

function notEntered(zh: string) {
  return refused({
    code: 'exchange.limit-missing',
    text: `参数“${zh}”还没有录入—缺了它无法核查数据—请管理员在 plan 目录补上。`,
  })
}
