import type { CitySource, CityTotals, CountyCensus } from './city-source.ts'

/** The townships of the hamlet: a county seat, a town and a township of 叶县, and three streets of 卫东区. */
const townships: Readonly<Record<number, readonly number[]>> = {
  410403: [410403001, 410403003, 410403011],
  410422: [410422002, 410422101, 410422201],
}
const villagesEach = 4

/** The hamlet's own institutions; its pupils and people are the city's, this many times smaller. */
const institutions = {
  kindergarten: 14,
  primary: 10,
  teachingPoint: 6,
  junior: 5,
  senior: 2,
  vocational: 1,
  special: 1,
}
const smaller = 110

/**
 * 小样 — a hamlet cut from the city for tests: two counties, six townships, 24 villages, about 40 institutions.
 *
 * Names and codes are the city's; its people are a small fraction of theirs.
 */
export function hamletSource(city: CitySource): CitySource {
  const counties = city.divisions.counties
    .filter(({ code }) => townships[code])
    .map((county) => ({
      ...county,
      townships: county.townships
        .filter(({ code }) => townships[county.code]!.includes(code))
        .map((township) => ({ ...township, villages: township.villages.slice(0, villagesEach) })),
    }))
  const cityChildren = childrenIn([...city.census.values()])
  const kept = counties.map(({ code }) => [code, city.census.get(code)!] as const)
  const share = cityChildren / smaller / childrenIn(kept.map(([, census]) => census))
  return {
    ...city,
    divisions: { ...city.divisions, counties },
    census: new Map(kept.map(([code, census]) => [code, shrunk(census, share)])),
    totals: smallerTotals(city.totals),
  }
}

function childrenIn(counties: readonly CountyCensus[]): number {
  return counties
    .flatMap(({ groups }) => groups)
    .filter(({ to }) => to < 15)
    .reduce((sum, { male, female }) => sum + male + female, 0)
}

function shrunk(census: CountyCensus, share: number): CountyCensus {
  const of = (value: number) => Math.round(value * share)
  return {
    urban: of(census.urban),
    rural: of(census.rural),
    groups: census.groups.map((group) => ({ ...group, male: of(group.male), female: of(group.female) })),
  }
}

function smallerTotals(totals: CityTotals): CityTotals {
  const all = <T extends Readonly<Record<string, number>>>(values: T): T =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Math.round(value / smaller)])) as T
  return {
    institutions,
    pupils: all(totals.pupils),
    teachers: all(totals.teachers),
    entrants: all(totals.entrants),
    inclusiveChildren: Math.round(totals.inclusiveChildren / smaller),
  }
}
