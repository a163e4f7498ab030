/** The seventh census: 1 November 2020. */
export const censusYear = 2020
/** Of the children aged x on 1 November, those born in the last two months of their first year. */
const beforeNewYear = 1 / 6
/** Share of the newborn who are still there when counted. */
const survival = 0.995
/** Each older age group beyond 14 counts this much less than the 14-year-olds: they were born in leaner years. */
const leanerPerYear = 0.022

/**
 * 历年儿童 — children by the age they had on 1 November 2020; a negative age is yet to be born.
 *
 * Ages 0–14 are the census's. Beyond 14 many had left for work by 2020, so their school years are
 * projected back from the 14-year-olds. After 2020 births follow those of the province.
 */
export interface ChildYears {
  at(age: number): number
}

/** 建历年儿童 — `counted[age]` from the census; `provinceBirths` by calendar year, in any unit. */
export function childYears(
  counted: readonly number[],
  provinceBirths: ReadonlyMap<number, number>,
): ChildYears {
  const latest = Math.max(...provinceBirths.keys())
  const province = (year: number) => provinceBirths.get(Math.min(year, latest))!
  const bornWithin = (age: number) =>
    province(censusYear - 1 - age) * beforeNewYear + province(censusYear - age) * (1 - beforeNewYear)
  return {
    at: (age) => {
      if (age < 0) return (counted[0]! * bornWithin(age)) / bornWithin(0)
      if (age > 14) return counted[14]! * Math.max(0.5, 1 - leanerPerYear * (age - 14))
      return counted[age]!
    },
  }
}

/** 某年学龄儿童 — children who are `age` on 31 August of `year` (born from September to the August after). */
export function childrenOn31August(children: ChildYears, year: number, age: number): number {
  const ageAtCensus = censusYear - year + age
  return children.at(ageAtCensus) * (1 - beforeNewYear) + children.at(ageAtCensus + 1) * beforeNewYear
}

/** 某年出生 — births of a calendar year, projected back from those counted at the census. */
export function birthsIn(children: ChildYears, year: number): number {
  const ageAtCensus = censusYear - year
  const alive = children.at(ageAtCensus) * (1 - beforeNewYear) + children.at(ageAtCensus - 1) * beforeNewYear
  return alive / survival
}

/** 合计 — the children of several units together. */
export function together(units: readonly ChildYears[]): ChildYears {
  return { at: (age) => units.reduce((sum, unit) => sum + unit.at(age), 0) }
}
