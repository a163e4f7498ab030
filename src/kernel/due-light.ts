import { afterWorkingDays, type WorkYear } from './working-days.ts'

export const lights = ['red', 'yellow', 'green'] as const

/** 灯 — red: past its day; yellow: its day is near; green: there is time, or nothing is due. */
export type Light = (typeof lights)[number]

/** 灯的说法 — the light in words: colour is never the only sign. */
export const lightNames: Readonly<Record<Light, string>> = { red: '红灯', yellow: '黄灯', green: '绿灯' }

/** 临近 — how many working days before its day a thing is near, by which calendar. */
export interface Nearness {
  /** The parameter `due.near-working-days`. */
  readonly nearDays: number
  readonly calendar: readonly WorkYear[]
}

/**
 * 期限灯 — on one day the light of any day: by how many working days are left until it. The day itself is not yet late.
 *
 * The days that are near are walked once: a board asks this of thousands of days.
 */
export function dueLightsOn(
  today: string,
  { nearDays, calendar }: Nearness,
): (dueOn: string | null) => Light {
  let far: string | undefined
  return (dueOn) => {
    if (dueOn === null) return 'green'
    if (dueOn < today) return 'red'
    far ??= afterWorkingDays(today, Math.floor(nearDays) + 1, calendar).day
    return dueOn < far ? 'yellow' : 'green'
  }
}
