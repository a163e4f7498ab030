/** 一年的放假安排 — the ranges of days off and the weekend days worked instead. */
export interface WorkYear {
  readonly year: number
  readonly holidays: readonly {
    readonly from: string
    readonly to: string
    readonly worked?: readonly string[]
  }[]
}

/** 期限之日 — the day a time limit ends, and the years it touches whose holidays nobody has entered yet. */
export interface Deadline {
  readonly day: string
  /** For these years only weekends were counted as days off: the day may move once the announcement is entered. */
  readonly assumedYears: readonly number[]
}

/**
 * 工作日期限 — the `count`-th working day after `day`; the day itself is not counted.
 *
 * A limit that ends on a day off therefore never ends there. Basis: time limits of administrative notices run from
 * the next day; weekends are off unless worked instead of a holiday (国务院办公厅 yearly notice, `plan/national/calendar`).
 */
export function afterWorkingDays(day: string, count: number, calendar: readonly WorkYear[]): Deadline {
  const assumed = new Set<number>()
  let at = day
  for (let left = count; left > 0; ) {
    at = dayAfter(at)
    const year = yearOf(at, calendar)
    if (!year) assumed.add(Number(at.slice(0, 4)))
    if (isWorked(at, year)) left -= 1
  }
  return { day: at, assumedYears: [...assumed] }
}

/** 相隔工作日 — working days from the day after `from` up to and including `to`; negative when `to` lies before. */
export function workingDaysBetween(from: string, to: string, calendar: readonly WorkYear[]): number {
  if (to < from) return -workingDaysBetween(to, from, calendar)
  let days = 0
  for (let at = from; at < to; ) {
    at = dayAfter(at)
    if (isWorked(at, yearOf(at, calendar))) days += 1
  }
  return days
}

/** 是否工作日 — is work done on this day? By weekends alone in a year whose holidays are not entered. */
export function isWorkingDay(day: string, calendar: readonly WorkYear[]): boolean {
  return isWorked(day, yearOf(day, calendar))
}

function isWorked(day: string, year: WorkYear | undefined): boolean {
  if (year?.holidays.some(({ worked }) => worked?.includes(day))) return true
  if (year?.holidays.some(({ from, to }) => from <= day && day <= to)) return false
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

function yearOf(day: string, calendar: readonly WorkYear[]): WorkYear | undefined {
  return calendar.find(({ year }) => day.startsWith(`${year}-`))
}

function dayAfter(day: string): string {
  const next = new Date(`${day}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return next.toISOString().slice(0, 10)
}
