import { grades as allGrades, gradesOf } from '../../../kernel/stage.ts'
import { type ProjectionInput, standardSource } from '../projection-input.ts'
import { seededChance } from '../seeded-chance.ts'

/** 合成城市规模 — how many counties, townships in each, and years of history. */
export interface CitySize {
  readonly counties: number
  readonly townships: number
  readonly years: number
}

/** 合成数据 — a city shaped like the real one: 12 counties, 148 townships, nine years. */
export const citySize: CitySize = { counties: 12, townships: 148, years: 9 }

const asOf = 2024
const births0 = 2005

/**
 * 合成城市(合成数据)— a made-up city for tests and timing: births fall, county seats grow, villages empty, senior
 * grades stand only in the first township of each county.
 */
export function syntheticCity(size: CitySize, seed: number): ProjectionInput {
  const chance = seededChance(seed)
  const grades = allGrades.filter((grade) => grade !== 'X')
  const source = standardSource(grades)
  const units = 1 + size.counties + size.townships
  const parent = Int32Array.from({ length: units }, (_, unit) =>
    unit === 0 ? -1 : unit <= size.counties ? 0 : 1 + ((unit - 1 - size.counties) % size.counties),
  )
  const births = { firstYear: births0, years: asOf - births0 + 1, cells: new Float64Array(0) }
  const enrolment = new Float64Array(units * size.years * grades.length).fill(Number.NaN)
  const cells = new Float64Array(units * births.years).fill(Number.NaN)
  for (let unit = 1 + size.counties; unit < units; unit++) {
    const seat = unit <= 2 * size.counties
    const scale = (seat ? 1500 : 350) * (0.5 + chance())
    fillTownship({
      unit,
      seat,
      scale,
      size,
      grades,
      source,
      enrolment,
      cells,
      birthYears: births.years,
      chance,
    })
  }
  return {
    units: Array.from({ length: units }, (_, unit) => `合成单位${String(unit).padStart(4, '0')}`),
    levels: Array.from({ length: units }, (_, unit) =>
      unit === 0 ? '市' : unit <= size.counties ? '县' : '乡镇',
    ),
    parent,
    grades,
    source,
    stages: syntheticStages.map((id) => ({ id, grades: gradesOf[id].map((grade) => grades.indexOf(grade)) })),
    firstYear: asOf - size.years + 1,
    years: size.years,
    enrolment,
    births: { ...births, cells },
    ...outlook,
    seed,
  }
}

const syntheticStages = ['preschool', 'primary', 'junior', 'senior', 'vocational'] as const

const outlook = {
  entryAges: [3],
  asOf,
  until: 2036,
  scenarios: [
    { id: 'low', birthPath: [0.92, 0.93, 0.94, 0.95] },
    { id: 'mid' },
    { id: 'high', birthPath: [1.02, 1.01, 1] },
  ],
  limits: [{ level: '学校', years: 5 }],
  draws: 1000,
}

interface Township {
  readonly unit: number
  readonly seat: boolean
  readonly scale: number
  readonly size: CitySize
  readonly grades: readonly string[]
  readonly source: Int32Array
  readonly enrolment: Float64Array
  readonly cells: Float64Array
  readonly birthYears: number
  readonly chance: () => number
}

/** Births that fall by a half over fifteen years, and cohorts that move up with noise and a pull to the seat. */
function fillTownship(town: Township): void {
  const { unit, size, grades, source, chance } = town
  for (let year = 0; year < town.birthYears; year++) {
    const trend = year < 11 ? 1 : 0.93 ** (year - 11)
    town.cells[unit * town.birthYears + year] = Math.round(town.scale * trend * (0.95 + 0.1 * chance()))
  }
  for (let year = 0; year < size.years; year++) {
    grades.forEach((grade, at) => {
      const upper = grade.startsWith('S') || grade.startsWith('V')
      if (upper && !town.seat) return
      const cell = (unit * size.years + year) * grades.length + at
      const from = source[at]!
      const noise = 0.97 + 0.06 * chance()
      const pull = town.seat ? 1.01 : 0.985
      const before = year > 0 && from >= 0 ? town.enrolment[cell - grades.length - at + from]! : Number.NaN
      const ratio = grade === 'S1' ? 2.2 : grade === 'V1' ? 1.3 : pull
      const born = town.cells[unit * town.birthYears + Math.max(0, year + town.birthYears - size.years - 3)]!
      const value = Number.isNaN(before) ? town.scale * (upper ? 2 : 0.9) : before * ratio
      town.enrolment[cell] = Math.round((from < 0 ? born * 0.9 : value) * noise)
    })
  }
}
