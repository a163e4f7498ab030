/**
 * 出生届别 — children who come of age for a school year, from births by calendar year.
 *
 * School years turn on 31 August: who starts at age a in autumn Y was born between 1 September
 * Y−a−1 and 31 August Y−a. With births spread evenly over the year that is 4/12 of the births of
 * Y−a−1 and 8/12 of those of Y−a; `earlierShare` is the first of the two, for registers that know the
 * months. NaN when either year is unknown.
 *
 * @example ages 6, births 2017: 300, 2018: 240, autumn 2024 → 300/3 + 240·2/3 = 260
 */
export function birthCohort(
  birthsOf: (calendarYear: number) => number,
  schoolYear: number,
  age: number,
  earlierShare: number,
): number {
  const later = birthsOf(schoolYear - age)
  if (earlierShare === 0) return later
  return earlierShare * birthsOf(schoolYear - age - 1) + (1 - earlierShare) * later
}

/** 8 月 31 日分界 — the share of an entry cohort born in the earlier of its two calendar years: September–December. */
export const cutOffShare = 4 / 12
