import { dueLightsOn, type Light } from '../kernel/due-light.ts'
import { isMissing } from '../kernel/missing.ts'
import { numberParameter } from './parameter.ts'
import type { Plan } from './plan.ts'

/** 期限灯 — the light of a day something is due on, by the plan's own calendar and measure of nearness (`due.near-working-days`). */
export function dueLights(plan: Plan, today: string): (dueOn: string | null) => Light {
  const near = numberParameter(plan, 'due.near-working-days', { on: today, asOf: today })
  // Nobody said what is near: then only the day itself is.
  const nearDays = isMissing(near) || !near.ok ? 0 : near.value
  return dueLightsOn(today, { nearDays, calendar: plan.calendar })
}
