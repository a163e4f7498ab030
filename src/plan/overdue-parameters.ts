import type { Problem } from '../kernel/problem.ts'
import type { Plan } from './plan.ts'

/** 逾期未复核的参数 — the parameters of all layers whose review date lies before `asOf`, with their files. */
export function overdueParameters(plan: Plan, asOf: string): Problem[] {
  return [...plan.standards.values()]
    .flat()
    .filter(({ standard }) => standard.reviewBy < asOf)
    .map(({ standard, file }) => ({
      path: file,
      code: 'plan.parameter-review-overdue',
      text: `参数“${standard.zh}”已过复核日—应在 ${standard.reviewBy} 前复核，现在是 ${asOf}—请核对原文后在 ${file} 更新复核日。`,
    }))
}
