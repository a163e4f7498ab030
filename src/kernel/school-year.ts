/**
 * 学年 — a school year, named by the calendar year in which it starts (2024 means 2024-09-01 … 2025-08-31).
 *
 * Basis: education statistics take 1 September as their point in time (reference `standards.md` §I).
 */
export type SchoolYear = number

/** 学年写法 — how officials write a school year: 2024 → "2024—2025 学年". */
export function schoolYearLabel(year: SchoolYear): string {
  return `${year}—${year + 1} 学年`
}

/** 统计时点 — the day a school year's figures speak of, as an ISO date: 2024 → "2024-09-01". */
export function censusDay(year: SchoolYear): string {
  return `${String(year).padStart(4, '0')}-09-01`
}

/** 所属学年 — the school year whose statistical day is the last one on or before `day` (ISO date). */
export function schoolYearOf(day: string): SchoolYear {
  const year = Number(day.slice(0, 4))
  return day.slice(5) >= '09-01' ? year : year - 1
}
