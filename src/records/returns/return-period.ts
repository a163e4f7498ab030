import { censusDay, type SchoolYear, schoolYearLabel, schoolYearOf } from '../../kernel/school-year.ts'
import type { ReturnForm, Rhythm } from '../../plan/index.ts'

/** 填报期 — one turn of a form: `2025` a school year, `2025-1` its autumn term, `2025-10` a month, `once`. */
export interface ReturnPeriod {
  readonly id: string
  readonly zh: string
  /** The first day it speaks of: who must file is read from the registry as of this day. */
  readonly from: string
  readonly dueOn: string
}

/**
 * 应报期次 — the periods of a form that have begun by `day`, the latest first; none for a book kept by event.
 *
 * A yearly day before the statistical day of 1 September lies in the calendar year after: `03-31` of 2025 is 2026-03-31.
 */
export function periodsBegun(form: Pick<ReturnForm, 'rhythm' | 'from'>, day: string): ReturnPeriod[] {
  return begun(form.rhythm, form.from, day)
    .filter(({ from, dueOn }) => from <= day && dueOn >= form.from)
    .sort((one, other) => (one.from < other.from ? 1 : -1))
}

/** 指定期次 — the period of this id, if it has begun by `day`. */
export function findPeriod(
  form: Pick<ReturnForm, 'rhythm' | 'from'>,
  id: string,
  day: string,
): ReturnPeriod | undefined {
  return periodsBegun(form, day).find((period) => period.id === id)
}

/** 当前学期 — the term that runs on a day: the first begins with the school year, the second in March. */
export function currentTerm(day: string): Pick<ReturnPeriod, 'zh' | 'from'> {
  const of = terms(schoolYearOf(day), { dueAutumn: '09-01', dueSpring: '03-01' })
  return of.findLast(({ from }) => from <= day) ?? of[0]!
}

function begun(rhythm: Rhythm, from: string, day: string): ReturnPeriod[] {
  switch (rhythm.kind) {
    case 'event':
      return []
    case 'once':
      return [{ id: 'once', zh: '一次性填报', from, dueOn: rhythm.due }]
    case 'yearly':
      return years(from, day).map((year) => ({
        id: String(year),
        zh: schoolYearLabel(year),
        from: censusDay(year),
        dueOn: within(year, rhythm.due),
      }))
    case 'termly':
      return years(from, day).flatMap((year) => terms(year, rhythm))
    case 'monthly':
      return months(from, day).map((month) => ({
        id: month,
        zh: `${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月`,
        from: `${month}-01`,
        dueOn: `${monthAfter(month)}-${String(rhythm.dueDay).padStart(2, '0')}`,
      }))
  }
}

function terms(
  year: SchoolYear,
  { dueAutumn, dueSpring }: Omit<Extract<Rhythm, { kind: 'termly' }>, 'kind'>,
) {
  return [
    {
      id: `${year}-1`,
      zh: `${schoolYearLabel(year)}第一学期`,
      from: censusDay(year),
      dueOn: within(year, dueAutumn),
    },
    {
      id: `${year}-2`,
      zh: `${schoolYearLabel(year)}第二学期`,
      from: `${year + 1}-03-01`,
      dueOn: within(year, dueSpring),
    },
  ]
}

/** A month and day within a school year. */
function within(year: SchoolYear, monthDay: string): string {
  return `${monthDay >= '09-01' ? year : year + 1}-${monthDay}`
}

function years(from: string, day: string): SchoolYear[] {
  const first = schoolYearOf(from)
  return Array.from({ length: Math.max(0, schoolYearOf(day) - first + 1) }, (_, at) => first + at)
}

function months(from: string, day: string): string[] {
  const listed: string[] = []
  for (let month = from.slice(0, 7); month <= day.slice(0, 7); month = monthAfter(month)) listed.push(month)
  return listed
}

function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}
