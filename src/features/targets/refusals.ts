/** 不予办理代码 — what the plan's parameters can refuse while targets are computed. */
export const refusals: Readonly<Record<string, string>> = {
  'plan.parameter-out-of-validity': '参数在该日没有有效数值',
  'plan.parameter-review-overdue': '参数已过复核日，须先核对原文',
}
