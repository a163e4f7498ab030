import type { Light } from '../../kernel/due-light.ts'

/** 项目 — one entry of the project book as of a day; money is in 分. */
export interface Project {
  readonly projectId: number
  readonly countyId: number
  readonly name: string
  readonly kind: string
  readonly stage: string
  readonly registeredOn: string | null
  readonly doc: string | null
  readonly seats: number | null
  readonly township: string | null
  readonly school: string | null
  readonly inPlan: boolean | null
  readonly planDoc: string | null
  readonly startBy: string | null
  readonly startedOn: string | null
  readonly finishBy: string | null
  readonly finishedOn: string | null
  readonly openBy: string | null
  readonly openedOn: string | null
  readonly money: readonly { readonly year: number; readonly dueFen: number; readonly paidFen: number }[]
}

/** 迟误 — a milestone whose day passed without it. */
export interface LateMilestone {
  readonly zh: string
  readonly by: string
}

/** 项目判断 — what of a project wants attention on a day. */
export interface ProjectJudgement {
  readonly light: Light
  readonly words: string
  readonly late: readonly LateMilestone[]
  /** In a development plan, with the document named? Null: the book does not say. */
  readonly planned: boolean | null
  /** Money due by the end of the day's year and paid towards it, 分; null when no year is filed. */
  readonly dueFen: number | null
  readonly paidFen: number | null
  /** What is missing of it, year by year: a year paid beyond its due does not make up for another. */
  readonly shortFen: number | null
}

/**
 * 判断项目 — lateness by the project's own milestones, money by what its own plan says is due each year.
 *
 * Red: a milestone is past its day. Yellow: in no development plan (or its document not named), or money of a year that is over not
 * there whole. The year that runs is counted as due and told, but is not yet a failing.
 */
export function judgeProject(project: Project, today: string): ProjectJudgement {
  const late = lateMilestones(project, today)
  const planned = project.inPlan === null ? null : project.inPlan && Boolean(project.planDoc)
  const year = Number(today.slice(0, 4))
  const due = project.money.filter((each) => each.year <= year)
  const over = due.filter((each) => each.year < year)
  const unpaid = sum(over.map(({ dueFen, paidFen }) => Math.max(0, dueFen - paidFen)))
  const words = [
    ...late.map(({ zh }) => `${zh}迟`),
    ...(planned === true ? [] : [planned === null ? '没有说明是否入规划' : '未入规划']),
    ...(unpaid > 0 ? ['资金未到位'] : []),
  ]
  return {
    light: late.length > 0 ? 'red' : words.length > 0 ? 'yellow' : 'green',
    words: words.length > 0 ? words.join('、') : '正常',
    late,
    planned,
    dueFen: due.length > 0 ? sum(due.map(({ dueFen }) => dueFen)) : null,
    paidFen: due.length > 0 ? sum(due.map(({ paidFen }) => paidFen)) : null,
    shortFen: due.length > 0 ? sum(due.map(({ dueFen, paidFen }) => Math.max(0, dueFen - paidFen))) : null,
  }
}

/** A milestone is reached once it or a later one is. */
function lateMilestones(project: Project, today: string): LateMilestone[] {
  const { startBy, startedOn, finishBy, finishedOn, openBy, openedOn } = project
  const has = (day: string | null) => day !== null && day <= today
  return (
    [
      ['开工', startBy, [startedOn, finishedOn, openedOn]],
      ['竣工', finishBy, [finishedOn, openedOn]],
      ['投用', openBy, [openedOn]],
    ] as const
  ).flatMap(([zh, by, reached]) => (by !== null && by < today && !reached.some(has) ? [{ zh, by }] : []))
}

/** 合计 — of whole numbers. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
