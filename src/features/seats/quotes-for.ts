import type { Citation } from '../../kernel/citation.ts'
import { isStage, type Stage } from '../../kernel/stage.ts'
import { type Plan, quotedWords } from '../../plan/index.ts'

/** Words by which a paper speaks of a stage; what names no stage speaks of all. */
const stageWords: Readonly<Record<Stage, RegExp>> = {
  preschool: /学前|幼儿园|普惠/,
  primary: /义务教育|中小学|小学/,
  junior: /义务教育|中小学|初中/,
  senior: /高中/,
  vocational: /中等职业|职普|高中阶段/,
  special: /特殊教育|残疾/,
}

/**
 * 依据 — the plan's own words for the seats of a stage: items this room carries that name the stage, then those that name none.
 *
 * An item is read together with its measure's title and heading.
 */
export function quotesFor(plan: Plan, stage: Stage): (Citation & { readonly zh: string })[] {
  const duties = [...plan.measures, ...plan.targets, ...plan.organisation]
  const carried = duties.flatMap((duty) =>
    duty.items
      .filter(({ carriedBy }) => carriedBy !== 'tracked' && carriedBy.includes('seats'))
      .map((item) => ({ duty, item, quote: quotedWords(item) })),
  )
  const named = (text: string) =>
    Object.keys(stageWords)
      .filter(isStage)
      .filter((each) => stageWords[each].test(text))
  const spoken = carried.map((each) => ({ ...each, named: named(`${each.duty.zh}${each.quote}`) }))
  return [
    ...spoken.filter((each) => each.named.includes(stage)),
    ...spoken.filter((each) => each.named.length === 0),
  ].map(({ duty, item, quote }) => ({ paper: duty.paper, item: item.id, quote, zh: duty.zh }))
}
