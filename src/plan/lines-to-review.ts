import type { Plan } from './plan.ts'

/** 待复核的目标值 — a figure to reach that may be used no more, unless it is looked at again, before its target is judged. */
export interface LineToReview {
  readonly target: string
  readonly zh: string
  readonly reviewBy: string
  readonly due: string
  readonly text: string
}

/** 目标值复核 — of the nearest layer that says the figure, where its review falls before the target's last day. */
export function linesToReview(plan: Plan): LineToReview[] {
  return plan.targets.flatMap(({ id: target, line, items: [item] }) => {
    const nearest = line === undefined ? undefined : plan.standards.get(line)?.[0]
    const due = item?.due
    if (!nearest || due === undefined || nearest.standard.reviewBy >= due) return []
    const { zh, reviewBy } = nearest.standard
    const text = `${target} 要到 ${due} 才判断，而“${zh}”的复核日是 ${reviewBy}—过了这一天没有复核，目标总表只列数值、不作判断—请在 ${nearest.file} 核对原文后更新复核日。`
    return [{ target, zh, reviewBy, due, text }]
  })
}
