import type { FindingSeverity } from '../../kernel/finding.ts'
import { isMissing } from '../../kernel/missing.ts'
import { granted, type Result, refused } from '../../kernel/result.ts'
import { afterWorkingDays, type Deadline, workingDaysBetween } from '../../kernel/working-days.ts'
import { numberParameter, type Plan } from '../../plan/index.ts'

/** 整改期限 — the day after so many working days; without a number, as many as the plan gives to this severity. */
export function deadline(
  plan: Plan,
  today: string,
  severity: FindingSeverity,
  workingDays?: number,
): Result<Deadline & { readonly days: number }> {
  const days =
    workingDays === undefined ? read(plan, `rectification-days.${severity}`, today) : granted(workingDays)
  return days.ok ? granted({ ...afterWorkingDays(today, days.value, plan.calendar), days: days.value }) : days
}

/** 延期之日 — so many working days after the standing deadline, or after today when that has passed. */
export function extended(plan: Plan, today: string, dueOn: string, workingDays: number): string {
  return afterWorkingDays(dueOn > today ? dueOn : today, workingDays, plan.calendar).day
}

/** 黄灯止日 — the last day that counts as near; today where nobody said what is near. */
export function nearUntil(plan: Plan, today: string): string {
  const days = read(plan, 'due.near-working-days', today)
  return days.ok ? afterWorkingDays(today, days.value, plan.calendar).day : today
}

/** 剩余工作日 — until the deadline; negative when it has passed. */
export function daysLeft(plan: Plan, today: string, dueOn: string | null): number | null {
  return dueOn === null ? null : workingDaysBetween(today, dueOn, plan.calendar)
}

function read(plan: Plan, key: string, today: string): Result<number> {
  const found = numberParameter(plan, key, { on: today, asOf: today })
  if (!isMissing(found)) return found
  return refused({
    code: 'supervision.no-days',
    text: `不能确定期限—“${found.of}”还没有录入—请${found.owedBy ?? '规划维护人员'}在规划文件中补上。`,
  })
}
