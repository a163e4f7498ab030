import { type Grade, gradesOf, type Stage } from '../kernel/stage.ts'
import { type ChildYears, childrenOn31August } from './child-years.ts'
import type { CityTotals } from './city-source.ts'
import { shareOut } from './share-out.ts'

/** The school years whose figures are generated; the first and the last statistical day are 1 September of these. */
export const firstYear = 2016
export const lastYear = 2024
export const schoolYears = Array.from({ length: lastYear - firstYear + 1 }, (_, i) => firstYear + i)
/** The year whose totals are known. */
export const bulletinYear = 2021

/** 各年在校生 — for a grade, pupils of a school year. */
export type Rolls = ReadonlyMap<Grade, ReadonlyMap<number, number>>

/** Gross enrolment of kindergartens in each year against that of 2021: it rose, then settled. */
const attendance = [0.79, 0.82, 0.855, 0.895, 0.94, 1, 0.997, 0.992, 0.987]
const kindergartenProfile = [0.95, 1.005, 1.035]
/** What is left of a year group in P1…P6, J1…J3, against P1; some return to their place of registration for J1. */
const compulsoryProfile = [1, 0.99, 0.985, 0.98, 0.975, 0.97, 0.985, 0.975, 0.96]
/** Special schools and those they look after grew towards 2021 and stand still since. */
const specialGrowth = [0.8, 0.84, 0.88, 0.92, 0.96, 1, 1.01, 1.02, 1.02]

/**
 * 全市各年级各年在校生 — the city's pupils by grade and school year, from year groups of children.
 *
 * In 2021 every stage equals the bulletin, entrants too. Kindergartens and primary rolls peak about 2019
 * (the bulletin of 2021 has 10,000 fewer entrants to primary than to junior school, so primary rolls were
 * falling); junior rolls rise to 2023 and senior rolls beyond the end of the history.
 */
export function cityRolls(children: ChildYears, totals: CityTotals): Rolls {
  const junior3 = (year: number) => compulsory(children, totals)(8, year)
  const raw = new Map<Grade, (year: number) => number>([
    ...gradesOf.preschool.map((grade, i) => [grade, preschool(children, totals, i)] as const),
    ...[...gradesOf.primary, ...gradesOf.junior].map(
      (grade, i) => [grade, (year: number) => compulsory(children, totals)(i, year)] as const,
    ),
    ...upperStage('senior', totals, junior3, { second: 0.512, stay: 0.985, growth: 0.006 }),
    ...upperStage('vocational', totals, junior3, { second: 0.53, stay: 0.96, growth: 0.002 }),
    ['X', (year) => totals.pupils.special * specialGrowth[year - firstYear]!],
  ])
  const rolls = new Map<Grade, Map<number, number>>()
  for (const [grade, at] of raw) {
    rolls.set(grade, new Map(schoolYears.map((year) => [year, Math.round(at(year))])))
  }
  for (const stage of Object.keys(gradesOf) as Stage[]) settleBulletinYear(stage, totals, rolls)
  return rolls
}

function preschool(children: ChildYears, totals: CityTotals, i: number): (year: number) => number {
  const raw = (grade: number, year: number) =>
    childrenOn31August(children, year, 3 + grade) *
    kindergartenProfile[grade]! *
    attendance[year - firstYear]!
  const scale = totals.pupils.preschool / [0, 1, 2].reduce((sum, grade) => sum + raw(grade, bulletinYear), 0)
  return (year) => raw(i, year) * scale
}

/** Pupils of grade 0…8 (P1…J3) in a year: their year group × profile × how much of that group the city holds. */
function compulsory(children: ChildYears, totals: CityTotals): (grade: number, year: number) => number {
  const group = (grade: number, year: number) =>
    childrenOn31August(children, year, 6 + grade) * compulsoryProfile[grade]!
  const in2021 = (grades: readonly number[]) =>
    grades.reduce((sum, grade) => sum + group(grade, bulletinYear), 0)
  const { entrants, pupils } = totals
  const primary = (pupils.primary - entrants.primary) / in2021([1, 2, 3, 4, 5])
  const older = (pupils.junior - entrants.junior) / in2021([7, 8])
  const held = (entryYear: number) => {
    if (entryYear > bulletinYear) return 1
    if (entryYear === bulletinYear) return entrants.primary / in2021([0])
    if (entryYear > bulletinYear - 6) return primary
    if (entryYear === bulletinYear - 6) return entrants.junior / in2021([6])
    return entryYear === bulletinYear - 7 ? older * 1.02 : older * 0.98
  }
  return (grade, year) => group(grade, year) * held(year - grade)
}

/** What a stage after junior school is like: share of the second grade among the upper two, yearly stay, growth of entry. */
interface UpperShape {
  readonly second: number
  readonly stay: number
  readonly growth: number
}

/** Entrants of a year are a share of last year's J3; the shares of 2019–2021 follow from the bulletin's grades. */
function upperStage(
  stage: 'senior' | 'vocational',
  totals: CityTotals,
  junior3: (year: number) => number,
  { second, stay, growth }: UpperShape,
): [Grade, (year: number) => number][] {
  const upper = totals.pupils[stage] - totals.entrants[stage]
  const known: Readonly<Record<number, number>> = {
    [bulletinYear]: totals.entrants[stage],
    [bulletinYear - 1]: (upper * second) / stay,
    [bulletinYear - 2]: (upper * (1 - second)) / stay ** 2,
  }
  const share = (year: number): number => {
    if (known[year] !== undefined) return known[year] / junior3(year - 1)
    if (year > bulletinYear) return share(bulletinYear) + growth * (year - bulletinYear)
    return share(bulletinYear - 2) * (1 - 0.02 * (bulletinYear - 2 - year))
  }
  const entrants = (year: number) => share(year) * junior3(year - 1)
  return gradesOf[stage].map((grade, i) => [grade, (year: number) => entrants(year - i) * stay ** i])
}

/** Rounding is put right in the bulletin year, first grade and total. */
function settleBulletinYear(stage: Stage, totals: CityTotals, rolls: Map<Grade, Map<number, number>>): void {
  const grades: readonly Grade[] = gradesOf[stage]
  const keepsEntrants = stage !== 'preschool' && stage !== 'special'
  const first = keepsEntrants ? totals.entrants[stage] : 0
  const rest = keepsEntrants ? grades.slice(1) : grades
  const shares = shareOut(
    totals.pupils[stage] - first,
    rest.map((grade) => rolls.get(grade)!.get(bulletinYear)!),
  )
  if (keepsEntrants) rolls.get(grades[0]!)!.set(bulletinYear, first)
  for (const [i, grade] of rest.entries()) rolls.get(grade)!.set(bulletinYear, shares[i]!)
}
