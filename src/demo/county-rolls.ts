import { type Grade, gradesOf, type Stage, stageOfGrade } from '../kernel/stage.ts'
import { childrenOn31August } from './child-years.ts'
import { bulletinYear, firstYear, type Rolls, schoolYears } from './city-rolls.ts'
import type { InstitutionDraft } from './institution-draft.ts'
import { shareOut } from './share-out.ts'
import type { CountyPeople } from './village-people.ts'

/** Town counties draw children from the others, a little more every year. */
const townPull = 0.1
const townPullGrowth = 0.01

/** The age on 31 August at which a grade is usually attended. */
const usualAge: ReadonlyMap<Grade, number> = new Map(
  [...gradesOf.preschool, ...gradesOf.primary, ...gradesOf.junior, ...gradesOf.senior].map((grade, i) => [
    grade,
    3 + i,
  ]),
)

/**
 * 全市在校生分到县 — the city's pupils by grade and year spread over the counties; they add up exactly.
 *
 * Year groups of children start it; after the first year a grade follows the county's own grade below, so
 * that cohorts stay together. Stages a county has no school for are attended elsewhere.
 */
export function countyRolls(
  city: Rolls,
  counties: readonly CountyPeople[],
  drafts: readonly (readonly InstitutionDraft[])[],
): Rolls[] {
  const rolls = counties.map(() => new Map<Grade, Map<number, number>>())
  for (const year of schoolYears) {
    for (const [grade, byYear] of city) {
      const offers = drafts.map((own) => offered(own, grade, year))
      const below = year > firstYear ? gradeBelow(grade) : undefined
      const weights = counties.map((county, i) => {
        if (offers[i] === 0) return 0
        const base = below
          ? (rolls[i]!.get(below)?.get(year - 1) ?? 0)
          : grade === 'X'
            ? offers[i]!
            : childrenOn31August(county.children, year, usualAge.get(grade) ?? 16)
        return base * pull(county, year, below !== undefined)
      })
      for (const [i, share] of shareOut(byYear.get(year)!, weights).entries()) {
        const own = rolls[i]!
        own.set(grade, (own.get(grade) ?? new Map()).set(year, share))
      }
    }
  }
  return rolls
}

/** Entrants the county's institutions of a grade would draw; 0 when it has none. */
function offered(drafts: readonly InstitutionDraft[], grade: Grade, year: number): number {
  const stage = stageOfGrade(grade)!
  return drafts
    .filter((draft) => draft.opens <= firstYear && !(draft.closes !== undefined && draft.closes <= year))
    .reduce((sum, draft) => sum + (draft.draws.get(stage) ?? 0), 0)
}

/** The grade a year earlier: within a stage, and P6 for J1. Kindergartens and the first grades start from children. */
export function gradeBelow(grade: Grade): Grade | undefined {
  if (grade === 'J1') return 'P6'
  const stage = stageOfGrade(grade) as Stage
  if (stage === 'preschool' || stage === 'special') return undefined
  const grades: readonly Grade[] = gradesOf[stage]
  return grades[grades.indexOf(grade) - 1]
}

function pull({ census }: CountyPeople, year: number, sinceLastYear: boolean): number {
  const towny = census.urban / (census.urban + census.rural) - 0.5
  if (sinceLastYear) return 1 + townPullGrowth * towny
  return 1 + (townPull + townPullGrowth * (year - bulletinYear)) * towny
}
