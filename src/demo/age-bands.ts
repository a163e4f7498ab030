import type { Population } from '../records/registry/population.ts'
import { randomStream } from './random-stream.ts'
import { shareOut } from './share-out.ts'
import { oldestSingleAge } from './single-ages.ts'
import type { CountyPeople } from './village-people.ts'

/**
 * The child bands: fine enough for 3–5, 6–11, 12–14 and 15–17 (what targets divide by) and still adding up
 * to the census groups 0, 1–4, 5–9, 10–14, 15–19.
 */
const childBands = [
  [0, 0],
  [1, 2],
  [3, 4],
  [5, 5],
  [6, 9],
  [10, 11],
  [12, 14],
  [15, 17],
  [18, 19],
] as const

interface Band {
  readonly from: number
  readonly to: number
  /** By township, in the order of the county's townships. */
  readonly male: readonly number[]
  readonly female: readonly number[]
}

/** Of a hundred residents' children, how many are registered in the township: rural ones more, urban ones fewer. */
const registeredShare = { street: 0.82, town: 1.04, township: 1.1, other: 0.85 } as const

/**
 * 分年龄人口 — people by township and county and age band on the census day, resident and registered.
 *
 * Resident bands add up to the census of the county. Registered (户籍) people are the residents tilted
 * towards the countryside, where those who moved to town are still registered.
 */
export function ageBands(people: CountyPeople, seed: number): Population[] {
  const bands = [...childBands.map(([from, to]) => childBand(people, from, to)), ...adultBands(people)]
  const random = randomStream(seed, `registered/${people.county.code}`)
  const registered = bands.map((band) => {
    const tilt = people.county.townships.map(({ kind }) => registeredShare[kind] * random.between(0.98, 1.02))
    const tilted = (counts: readonly number[]) => counts.map((count, i) => Math.round(count * tilt[i]!))
    return { ...band, male: tilted(band.male), female: tilted(band.female) }
  })
  return [
    ...bands.flatMap((band) => bandRows(people, band, residents)),
    ...registered.flatMap((band) => bandRows(people, band, onRegister)),
  ]
}

function childBand(people: CountyPeople, from: number, to: number): Band {
  const count = (sex: 'male' | 'female') =>
    people.county.townships.map((township) =>
      people.villages
        .filter((place) => place.township === township)
        .reduce(
          (sum, place) => sum + place[sex].slice(from, to + 1).reduce((one, other) => one + other, 0),
          0,
        ),
    )
  return { from, to, male: count('male'), female: count('female') }
}

function adultBands(people: CountyPeople): Band[] {
  const weights = people.county.townships.map((township) =>
    people.villages.reduce((sum, place) => (place.township === township ? sum + place.weight : sum), 0),
  )
  return people.census.groups
    .filter(({ from }) => from > oldestSingleAge)
    .map(({ from, to, male, female }) => ({
      from,
      to,
      male: shareOut(male, weights),
      female: shareOut(female, weights),
    }))
}

type Basis = Pick<Population, 'basis' | 'onDay' | 'vintage' | 'source'>

const residents: Basis = {
  basis: 'resident',
  onDay: '2020-11-01',
  vintage: '2021-06-30',
  source: '县合计：第七次人口普查；乡镇分布：合成数据',
}
const onRegister: Basis = {
  basis: 'registered',
  onDay: '2020-12-31',
  vintage: '2021-03-31',
  source: '合成数据（户籍口径）',
}

function bandRows({ county }: CountyPeople, band: Band, basis: Basis): Population[] {
  const row = (unitId: number, male: number, female: number): Population => ({
    countyId: county.code,
    unitId,
    ...basis,
    ageFrom: band.from,
    ageTo: band.to,
    male,
    female,
    people: male + female,
  })
  const sum = (counts: readonly number[]) => counts.reduce((one, other) => one + other, 0)
  return [
    row(county.code, sum(band.male), sum(band.female)),
    ...county.townships.map(({ code }, i) => row(code, band.male[i]!, band.female[i]!)),
  ]
}
