import { childrenOn31August } from './child-years.ts'
import { bulletinYear } from './city-rolls.ts'
import { type CityTotals, type Counted, counted } from './city-source.ts'
import { shareOut, shareOutOneEach } from './share-out.ts'
import { type CountyPeople, isUrban } from './village-people.ts'

/** From this many people on a county is to have a special school. */
const specialSchoolPeople = 200_000

/** 各县机构数 — how many institutions of each counted kind run in a county in 2021. */
export type InstitutionCounts = Readonly<Record<Counted, number>>

/**
 * 机构数分到县 — the city's 2021 counts spread over its counties; they add up exactly.
 *
 * By children and villages, senior schools also by town people. Of the counties large enough for a special
 * school the one with the most town people has none, so that the target shows a gap.
 */
export function institutionCounts(
  counties: readonly CountyPeople[],
  totals: CityTotals,
): InstitutionCounts[] {
  const weights: Record<Counted, number[]> = {
    kindergarten: counties.map((county) => children(county, 4) * (1 + 0.5 * ruralShare(county))),
    primary: mixed(counties, (county) => children(county, 9), villages),
    teachingPoint: counties.map(ruralVillages),
    junior: mixed(
      counties,
      (county) => children(county, 13),
      (county) => county.county.townships.length,
    ),
    senior: counties.map((county) => children(county, 14) * (1.5 - ruralShare(county))),
    vocational: counties.map((county) => children(county, 14) * (1.5 - ruralShare(county))),
    special: specialWeights(counties),
  }
  const shares = counted.map((kind) => {
    const total = totals.institutions[kind]
    const share = kind === 'special' || kind === 'senior' ? shareOutOneEach : shareOut
    return [kind, share(total, weights[kind])] as const
  })
  return counties.map(
    (_, i) => Object.fromEntries(shares.map(([kind, share]) => [kind, share[i]!])) as InstitutionCounts,
  )
}

function children(county: CountyPeople, age: number): number {
  return childrenOn31August(county.children, bulletinYear, age)
}

function ruralShare({ census }: CountyPeople): number {
  return census.rural / (census.urban + census.rural)
}

function villages(county: CountyPeople): number {
  return county.villages.length
}

function ruralVillages(county: CountyPeople): number {
  return county.villages.filter(({ village }) => !isUrban(village)).length
}

function mixed(
  counties: readonly CountyPeople[],
  one: (county: CountyPeople) => number,
  other: (county: CountyPeople) => number,
): number[] {
  const share = (of: (county: CountyPeople) => number) => {
    const values = counties.map(of)
    const sum = values.reduce((total, value) => total + value, 0)
    return values.map((value) => value / sum)
  }
  const others = share(other)
  return share(one).map((value, i) => value + others[i]!)
}

function specialWeights(counties: readonly CountyPeople[]): number[] {
  const people = counties.map(({ census }) => census.urban + census.rural)
  const large = people.filter((count) => count >= specialSchoolPeople).length
  if (large < 2) return people
  const urban = counties.map((county, i) => (people[i]! >= specialSchoolPeople ? 1 - ruralShare(county) : -1))
  const without = urban.indexOf(Math.max(...urban))
  return people.map((count, i) => (count >= specialSchoolPeople && i !== without ? count : 0))
}
