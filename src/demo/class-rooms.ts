import { type Grade, type Stage, stageOfGrade } from '../kernel/stage.ts'
import { type GradeYear, type InstitutionDraft, pupilsOf, type Setting } from './institution-draft.ts'
import type { RandomStream } from './random-stream.ts'

/** Pupils a class usually holds: crowded in town, half empty in the villages. */
const usualClass: Readonly<
  Record<Exclude<Stage, 'preschool' | 'special'>, Readonly<Record<Setting, number>>>
> = {
  primary: { urban: 53, town: 47, rural: 38 },
  junior: { urban: 54, town: 50, rural: 44 },
  senior: { urban: 56, town: 53, rural: 50 },
  vocational: { urban: 44, town: 42, rural: 40 },
}
const kindergartenClass: Readonly<Record<Setting, readonly [number, number, number]>> = {
  urban: [28, 33, 37],
  town: [25, 29, 33],
  rural: [19, 22, 25],
}
/** Classes of special schools are small; those in ordinary schools and the rounds of home teaching are counted with them. */
const specialClass = 10.5
/** On average no class of a grade is larger than this; large classes were broken up step by step. */
const largest = { kindergarten: 42, before2019: 67, later: 62 }

/** 分班数 — into how many classes a grade is divided. */
export function classCount(draft: InstitutionDraft, grade: Grade, year: number): number {
  const pupils = pupilsOf(draft, grade, year)
  if (pupils === 0) return 0
  const usual = usualSize(draft, grade) * draft.crowding * eased(year)
  return Math.max(1, Math.round(pupils / usual), Math.ceil(pupils / largestAllowed(grade, year)))
}

function usualSize(draft: InstitutionDraft, grade: Grade): number {
  const stage = stageOfGrade(grade)!
  if (stage === 'special') return specialClass
  if (stage === 'preschool') return kindergartenClass[draft.setting][Number(grade.slice(1)) - 1]!
  return usualClass[stage][draft.setting]
}

function eased(year: number): number {
  if (year <= 2018) return 1.06
  return year === 2019 ? 1.03 : 0.98
}

function largestAllowed(grade: Grade, year: number): number {
  if (stageOfGrade(grade) === 'preschool') return largest.kindergarten
  return year < 2019 ? largest.before2019 : largest.later
}

/** 班级名单 — the grade's pupils divided into its classes, nearly even, the first the largest; boys and girls add up. */
export function divideIntoClasses(roll: GradeYear, classes: number, random: RandomStream): GradeYear[] {
  const pupils = roll.boys + roll.girls
  const uneven = classes > 1 ? Math.min(random.whole(0, 3), Math.floor(pupils / classes / 10)) : 0
  const first = Math.ceil(pupils / classes) + uneven
  const sizes = [first, ...evenly(pupils - first, classes - 1)]
  let boysLeft = roll.boys
  let pupilsLeft = pupils
  return sizes.map((size) => {
    const boys = pupilsLeft === 0 ? 0 : Math.round((size * boysLeft) / pupilsLeft)
    boysLeft -= boys
    pupilsLeft -= size
    return { boys, girls: size - boys }
  })
}

function evenly(total: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, i) => Math.floor((total + i) / parts))
}
