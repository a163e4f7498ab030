import { fileURLToPath } from 'node:url'
import type { CountyDivision, Divisions } from '../records/divisions/divisions.ts'
import type { ActEntries } from './act-book.ts'
import { calibrateDraws } from './calibrate-draws.ts'
import { together } from './child-years.ts'
import { cityRolls } from './city-rolls.ts'
import { type CitySource, readCitySource } from './city-source.ts'
import { countyBooks, type DoubtfulFiling } from './county-books.ts'
import { countyRolls } from './county-rolls.ts'
import { fillGradeHistory } from './grade-history.ts'
import { hamletSource } from './hamlet-source.ts'
import { codeInstitutions } from './institution-code.ts'
import { institutionCounts } from './institution-counts.ts'
import type { InstitutionDraft } from './institution-draft.ts'
import { appointHeirs } from './institution-heirs.ts'
import { nameInstitutions } from './institution-name.ts'
import { decideSectors } from './kindergarten-sectors.ts'
import { placeInstitutions } from './place-institutions.ts'
import { planChanges } from './planned-changes.ts'
import { randomStream } from './random-stream.ts'
import { stageTeachers } from './stage-teachers.ts'
import { type CountyPeople, peopleOf } from './village-people.ts'

/** 生成选择 — how large a city, drawn from which seed. */
export interface CityOptions {
  readonly size: 'hamlet' | 'city'
  readonly seed: number
  /** Where the shipped source data lie; the repository's `data` when absent. */
  readonly dataFolder?: string
}

/** 一县 — a county's divisions and all entries of its books. */
export interface CityCounty {
  readonly division: CountyDivision
  readonly acts: readonly ActEntries[]
}

/** 演示城市 — 合成数据: everything the books of a generated city hold. */
export interface City {
  readonly cityId: number
  readonly name: string
  readonly size: CityOptions['size']
  readonly seed: number
  readonly counties: readonly CityCounty[]
  /** The one filing that contradicts the rolls. */
  readonly doubtful: DoubtfulFiling
}

const shippedData = fileURLToPath(new URL('../../data', import.meta.url))
/** The year whose births one county gave only as a total. */
const countyOnlyBirthYear = 2023
/** In this year one junior school of each county was renamed. */
const renamingYear = 2019

/** 生成演示城市 — the same options give the same city, to the last pupil. */
export function buildCity({ size, seed, dataFolder = shippedData }: CityOptions): City {
  const whole = readCitySource(dataFolder)
  const source = size === 'hamlet' ? hamletSource(whole) : whole
  const people = source.divisions.counties.map((county) => peopleOf(county, source, seed))
  const drafts = draftInstitutions(people, source, seed)
  const all = drafts.flat()
  const codes = codeInstitutions(all)
  const teachers = stageTeachers(all, source.totals)
  const doubtful = doubtfulFiling(all)
  const counties = people.map((county, i): CityCounty => {
    const names = nameInstitutions(county.county, drafts[i]!)
    const countyOnlyBirths = i === Math.floor(people.length / 2) ? countyOnlyBirthYear : undefined
    const draft = { people: county, drafts: drafts[i]!, names, codes, teachers, countyOnlyBirths, doubtful }
    return { division: county.county, acts: countyBooks(draft, seed) }
  })
  const { code: cityId, name } = source.divisions
  return { cityId, name, size, seed, counties, doubtful }
}

/** 区划 — the divisions of a generated city. */
export function divisionsOf({ cityId, name, counties }: City): Divisions {
  return { code: cityId, name, counties: counties.map(({ division }) => division) }
}

function draftInstitutions(
  people: readonly CountyPeople[],
  source: CitySource,
  seed: number,
): InstitutionDraft[][] {
  const city = cityRolls(together(people.map(({ children }) => children)), source.totals)
  const counts = institutionCounts(people, source.totals)
  const drafts = people.map((county, i) => {
    const placed = placeInstitutions(county, counts[i]!, seed)
    const random = randomStream(seed, `changes/${county.county.code}`)
    planChanges(placed, i, random)
    appointHeirs(placed, random)
    const junior = placed.find(({ kind, sector }) => kind === 'junior-school' && sector === 'public')
    if (junior && junior.opens < renamingYear) junior.renamedFrom = renamingYear
    return placed
  })
  const rolls = countyRolls(city, people, drafts)
  for (const [i, county] of people.entries()) {
    calibrateDraws(drafts[i]!, rolls[i]!)
    fillGradeHistory(drafts[i]!, rolls[i]!, county, seed)
  }
  decideSectors(drafts.flat(), source.totals, seed)
  return drafts
}

/** The last junior school that stood all along says in 2023 that 57 more pupils came than its rolls show. */
function doubtfulFiling(drafts: readonly InstitutionDraft[]): DoubtfulFiling {
  const school = drafts.findLast(
    ({ kind, opens, closes }) => kind === 'junior-school' && opens < 2017 && closes === undefined,
  )!
  return { institutionId: school.id, schoolYear: 2023, excess: 57 }
}
