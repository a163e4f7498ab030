import type { CountyDivision, TownshipDivision, VillageDivision } from '../records/divisions/divisions.ts'
import type { TownshipKind, UrbanRural } from '../records/registry/unit.ts'
import { type ChildYears, childYears } from './child-years.ts'
import type { CitySource, CountyCensus } from './city-source.ts'
import { type RandomStream, randomStream } from './random-stream.ts'
import { shareOut } from './share-out.ts'
import { oldestSingleAge, singleAges } from './single-ages.ts'

/** 村居人口 — a village with its share of the county's people and its children by sex and single age 0…19. */
export interface VillagePeople {
  readonly village: VillageDivision
  readonly township: TownshipDivision
  readonly weight: number
  readonly male: readonly number[]
  readonly female: readonly number[]
  readonly children: ChildYears
}

/** 一县人口 — a county's census spread over its villages. */
export interface CountyPeople {
  readonly county: CountyDivision
  readonly census: CountyCensus
  readonly villages: readonly VillagePeople[]
  readonly children: ChildYears
}

/** How many people a village of a class has, against a rural one. */
const sizeOf: Readonly<Record<UrbanRural, number>> = {
  111: 8,
  112: 4,
  121: 4.5,
  122: 1.8,
  123: 1.5,
  210: 1.5,
  220: 1,
}
const sizeIn: Readonly<Record<TownshipKind, number>> = { street: 1.5, town: 1, township: 0.9, other: 1 }
/** Each younger year lives this much more in towns than the year before it. */
const townwardPerYear = 0.012

/** 分到村居 — spreads a county's census over its villages, by class and chance; every sum is the census's. */
export function peopleOf(county: CountyDivision, source: CitySource, seed: number): CountyPeople {
  const census = source.census.get(county.code)!
  const random = randomStream(seed, `people/${county.code}`)
  const places = county.townships.flatMap((township) =>
    township.villages.map((village) => ({ village, township })),
  )
  const weights = villageWeights(places, census, random)
  const male = spread(singleAges(census.groups, 'male'), places, weights)
  const female = spread(singleAges(census.groups, 'female'), places, weights)
  const series = (boys: readonly number[], girls: readonly number[]) =>
    childYears(
      boys.map((count, age) => count + girls[age]!),
      source.provinceBirths,
    )
  const total = (rows: readonly (readonly number[])[]) =>
    rows[0]!.map((_, age) => rows.reduce((sum, row) => sum + row[age]!, 0))
  const villages = places.map((place, i) => ({
    ...place,
    weight: weights[i]!,
    male: male[i]!,
    female: female[i]!,
    children: series(male[i]!, female[i]!),
  }))
  return { county, census, villages, children: series(total(male), total(female)) }
}

/** Urban people go to villages of class 1xx, rural people to 2xx, as far as the county has them. */
function villageWeights(
  places: readonly { village: VillageDivision; township: TownshipDivision }[],
  census: CountyCensus,
  random: RandomStream,
): number[] {
  const raw = places.map(
    ({ village, township }) =>
      sizeOf[village.urbanRural] * sizeIn[township.kind] * Math.exp(0.35 * random.bell()),
  )
  const sum = (urban: boolean) =>
    raw.reduce((total, weight, i) => (isUrban(places[i]!.village) === urban ? total + weight : total), 0)
  const [urban, rural] = [sum(true), sum(false)]
  const all = census.urban + census.rural
  if (urban === 0 || rural === 0) return raw.map((weight) => weight / (urban + rural))
  return raw.map((weight, i) =>
    isUrban(places[i]!.village)
      ? ((weight / urban) * census.urban) / all
      : ((weight / rural) * census.rural) / all,
  )
}

/** 城镇村居 — is the village counted as urban by its class? */
export function isUrban(village: VillageDivision): boolean {
  return village.urbanRural.startsWith('1')
}

function spread(
  ages: readonly number[],
  places: readonly { village: VillageDivision }[],
  weights: readonly number[],
): number[][] {
  const byVillage: number[][] = places.map(() => [])
  for (const [age, people] of ages.entries()) {
    const tilt = townwardPerYear * (oldestSingleAge / 2 - age)
    const shares = shareOut(
      people,
      weights.map((weight, i) => weight * (isUrban(places[i]!.village) ? 1 + tilt : 1 - tilt)),
    )
    for (const [i, share] of shares.entries()) byVillage[i]!.push(share)
  }
  return byVillage
}
