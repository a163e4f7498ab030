import { type Grade, gradesOf, type Stage, stageOfGrade } from '../kernel/stage.ts'
import { type ChildYears, childrenOn31August, together } from './child-years.ts'
import { bulletinYear, firstYear, type Rolls, schoolYears } from './city-rolls.ts'
import { gradeBelow } from './county-rolls.ts'
import { type InstitutionDraft, isRunning, pupilsOf } from './institution-draft.ts'
import { type RandomStream, randomStream } from './random-stream.ts'
import { shareOut } from './share-out.ts'
import type { CountyPeople } from './village-people.ts'

/** Yearly change of what an institution draws beyond the number of children around it. */
const drift = { urban: 0.02, town: 0.004, rural: -0.03 } as const
const teachingPointDrift = -0.07
/** Chance in who enters where, and in who moves between grades. */
const entryNoise = { urban: 0.05, town: 0.07, rural: 0.11 } as const
const moveNoise = 0.012
/** The age whose local children an institution of a stage follows. */
const entryAge: Readonly<Partial<Record<Stage, number>>> = { preschool: 4, primary: 6, junior: 12 }
/** Boys among a hundred pupils of the county where its census does not say. */
const usualBoys = 0.535

/**
 * 逐年级逐年在校生 — spreads a county's pupils over its institutions, nine years, grade by grade.
 *
 * First grades are drawn by size, local children and drift to towns; every other grade is last year's grade
 * below plus those who come from a teaching point's end, a closing or a merge. Sums are the county's.
 */
export function fillGradeHistory(
  drafts: readonly InstitutionDraft[],
  rolls: Rolls,
  people: CountyPeople,
  seed: number,
): void {
  const random = randomStream(seed, `grades/${people.county.code}`)
  const history: History = { drafts, people, random, locals: localChildren(people) }
  for (const year of schoolYears) {
    for (const grade of rolls.keys()) {
      const total = rolls.get(grade)!.get(year)!
      if (total > 0) fill(history, grade, year, total)
    }
  }
}

interface History {
  readonly drafts: readonly InstitutionDraft[]
  readonly people: CountyPeople
  readonly random: RandomStream
  /** The children of each township, by its code. */
  readonly locals: ReadonlyMap<number, ChildYears>
}

function localChildren({ villages }: CountyPeople): Map<number, ChildYears> {
  const byTownship = Map.groupBy(villages, ({ township }) => township.code)
  return new Map(
    [...byTownship].map(([code, places]) => [code, together(places.map(({ children }) => children))]),
  )
}

function fill(history: History, grade: Grade, year: number, total: number): void {
  const { drafts, random } = history
  const stage = stageOfGrade(grade)!
  const below = gradeBelow(grade)
  const follows = year > firstYear && below !== undefined && below !== 'P6'
  const weights = follows
    ? followingWeights(drafts, grade, below, year, random)
    : drafts.map((draft) => entryWeight(history, draft, grade, year))
  const usable = weights.some((weight) => weight > 0)
    ? weights
    : drafts.map((draft) => entryWeight(history, draft, grade, year))
  const boyShare = boysAmong(history.people, stage, grade, year)
  for (const [i, pupils] of shareOut(total, usable).entries()) {
    if (pupils === 0) continue
    const spread = Math.sqrt(pupils * boyShare * (1 - boyShare)) * 0.7 * random.bell()
    const boys = Math.min(pupils, Math.max(0, Math.round(pupils * boyShare + spread)))
    const draft = drafts[i]!
    const years = draft.rolls.get(grade) ?? new Map()
    draft.rolls.set(grade, years.set(year, { boys, girls: pupils - boys }))
  }
}

/** 是否设此年级 — does the institution teach this grade that year? */
export function teaches(draft: InstitutionDraft, grade: Grade, year: number): boolean {
  const stage = stageOfGrade(grade)!
  if (!draft.draws.has(stage) || !isRunning(draft, year)) return false
  return draft.lastGrade === undefined || grade <= draft.lastGrade
}

function followingWeights(
  drafts: readonly InstitutionDraft[],
  grade: Grade,
  below: Grade,
  year: number,
  random: RandomStream,
): number[] {
  const place = new Map(drafts.map((draft, i) => [draft, i]))
  const weights = drafts.map(() => 0)
  for (const draft of drafts) {
    const before = pupilsOf(draft, below, year - 1)
    if (before === 0) continue
    let next: InstitutionDraft | undefined = draft
    while (next && !teaches(next, grade, year)) next = next.heir
    const target = place.get(next ?? draft)!
    const stays = 1 + drift[draft.setting] * 0.25 + moveNoise * random.bell()
    if (next) weights[target] = weights[target]! + before * stays
  }
  return weights
}

function entryWeight(
  { people, random, locals }: History,
  draft: InstitutionDraft,
  grade: Grade,
  year: number,
): number {
  if (!teaches(draft, grade, year)) return 0
  const stage = stageOfGrade(grade)!
  const grades: readonly Grade[] = gradesOf[stage]
  const entered = stage === 'preschool' ? year : year - grades.indexOf(grade)
  const yearly = draft.kind === 'teaching-point' ? teachingPointDrift : drift[draft.setting]
  const age = entryAge[stage]
  const around = age === undefined ? people.children : locals.get(draft.township.code)!
  const now = childrenOn31August(around, entered, age ?? 15)
  const then = childrenOn31August(around, bulletinYear, age ?? 15)
  const noise = Math.exp(entryNoise[draft.setting] * random.bell())
  return draft.draws.get(stage)! * (now / then) * Math.exp(yearly * (entered - bulletinYear)) * noise
}

function boysAmong({ villages }: CountyPeople, stage: Stage, grade: Grade, year: number): number {
  const first = entryAge[stage]
  if (first === undefined) return usualBoys
  const age = 2020 - year + first + (gradesOf[stage] as readonly Grade[]).indexOf(grade)
  if (age < 0 || age > 14) return usualBoys
  const sum = (sex: 'male' | 'female') => villages.reduce((total, place) => total + place[sex][age]!, 0)
  return sum('male') / (sum('male') + sum('female'))
}
