import { gradesOf, type Stage, stages } from '../kernel/stage.ts'
import { bulletinYear, lastYear } from './city-rolls.ts'
import type { CityTotals } from './city-source.ts'
import { classCount } from './class-rooms.ts'
import { type InstitutionDraft, pupilsIn } from './institution-draft.ts'
import { shareOut, shareOutOneEach } from './share-out.ts'

/** Teachers follow classes, slowly: half of a change in the number of classes is met within the year. */
const followsClasses = 0.5
/** A class weighs as much as this many pupils: a small school needs a teacher all the same. */
const classWeighs = 10

/** 师资分配 — teachers by institution, stage and year. */
export type Teachers = ReadonlyMap<InstitutionDraft, ReadonlyMap<Stage, ReadonlyMap<number, number>>>

/** The years for which teachers were filed. */
export const teacherYears = Array.from({ length: lastYear - bulletinYear + 1 }, (_, i) => bulletinYear + i)

/** 分配教师 — the city's teachers of each stage spread over its institutions; the bulletin's totals in 2021. */
export function stageTeachers(drafts: readonly InstitutionDraft[], totals: CityTotals): Teachers {
  const teachers = new Map<InstitutionDraft, Map<Stage, Map<number, number>>>()
  for (const stage of stages) {
    const own = drafts.filter((draft) => draft.stages.includes(stage))
    const classesOf = (draft: InstitutionDraft, year: number) =>
      gradesOf[stage].reduce((sum, grade) => sum + classCount(draft, grade, year), 0)
    const all = (year: number) => own.reduce((sum, draft) => sum + classesOf(draft, year), 0)
    for (const year of teacherYears) {
      const total = totals.teachers[stage] * (all(year) / all(bulletinYear)) ** followsClasses
      const weights = own.map(
        (draft) => pupilsIn(draft, gradesOf[stage], year) + classWeighs * classesOf(draft, year),
      )
      for (const [i, count] of shareOutOneEach(Math.round(total), weights).entries()) {
        if (count > 0) put(teachers, own[i]!, stage, year, count)
      }
    }
  }
  return teachers
}

function put(
  teachers: Map<InstitutionDraft, Map<Stage, Map<number, number>>>,
  draft: InstitutionDraft,
  stage: Stage,
  year: number,
  count: number,
): void {
  const byStage = teachers.get(draft) ?? new Map<Stage, Map<number, number>>()
  teachers.set(draft, byStage.set(stage, (byStage.get(stage) ?? new Map()).set(year, count)))
}

/** How a stage's teachers divide by subject, in hundredths; stages without were filed as a total. */
const subjects: Readonly<Partial<Record<Stage, Readonly<Record<string, number>>>>> = {
  primary: {
    语文: 36,
    数学: 28,
    英语: 9,
    道德与法治: 4,
    科学: 4,
    体育: 6,
    音乐: 5,
    美术: 5,
    信息科技: 2,
    心理健康: 1,
  },
  junior: {
    语文: 19,
    数学: 18,
    英语: 17,
    道德与法治: 6,
    历史: 6,
    地理: 5,
    物理: 7,
    化学: 5,
    生物: 5,
    体育: 5,
    音乐: 2.5,
    美术: 2.5,
    信息科技: 1.5,
    心理健康: 0.5,
  },
  senior: {
    语文: 16,
    数学: 16,
    英语: 16,
    思想政治: 7,
    历史: 7,
    地理: 7,
    物理: 9,
    化学: 7.5,
    生物: 7.5,
    体育: 3,
    音乐: 1.2,
    美术: 1.2,
    信息技术: 1.2,
    心理健康: 0.4,
  },
}

/** 分学科教师 — the teachers of a stage by subject (`all` where only the total was filed); they add up. */
export function teachersBySubject(stage: Stage, teachers: number): [subject: string, teachers: number][] {
  const weights = subjects[stage]
  if (!weights) return [['all', teachers]]
  const shares = shareOut(teachers, Object.values(weights))
  return Object.keys(weights)
    .map((subject, i): [string, number] => [subject, shares[i]!])
    .filter(([, count]) => count > 0)
}
