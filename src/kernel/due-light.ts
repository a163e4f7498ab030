import { afterWorkingDays, type WorkYear } from './working-days.ts'

export const lights = ['red', 'yellow', 'green'] as const

/** 灯 — red: past its day; yellow: its day is near; green: there is time, or nothing is due. */
export type Light = (typeof lights)[number]

/** 灯的说法 — the light in words: colour is never the only sign. */
export const lightNames: Readonly<Record<Light, string>> = { red: '红灯', yellow: '黄灯', green: '绿灯' }

/**
 * 期限灯 — by how many working days are left until a day. The day itself is not yet late.
 *
 * `nearDays` is the parameter `due.near-working-days`.
 */
export function dueLight(
  dueOn: string | null,
  today: string,
  { nearDays, calendar }: { readonly nearDays: number; readonly calendar: readonly WorkYear[] },
): Light {
  if (dueOn === null) return 'green'
  if (dueOn < today) return 'red'
  // Walks only the days that are near: a board asks this of thousands of days that are years away.
  return dueOn < afterWorkingDays(today, Math.floor(nearDays) + 1, calendar).day ? 'yellow' : 'green'
}
