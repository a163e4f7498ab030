import type { Duty, Target } from './duty.ts'
import type { Plan } from './plan.ts'

/** 所在章节 — the target, measure or organisation requirement of the paper in which an item stands. */
export function sectionOf(
  { targets, measures, organisation }: Pick<Plan, 'targets' | 'measures' | 'organisation'>,
  itemId: string,
): Duty | Target | undefined {
  return [...targets, ...measures, ...organisation].find(({ items }) => items.some(({ id }) => id === itemId))
}
