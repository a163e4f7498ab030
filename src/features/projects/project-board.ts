import { fieldsOf, type Plan } from '../../plan/index.ts'
import type { ProjectBoard, ProjectShown } from './contract.ts'
import { judgeProject, type Project, sum } from './rules.ts'

/** The book the projects stand in. */
const projectForm = 'project-register'

/** 项目总表 — the register with each project judged, summed by county and by the year its seats open. */
export function projectBoard(
  plan: Plan,
  projects: readonly Project[],
  counties: readonly { readonly countyId: number; readonly name: string }[],
  asOf: string,
): ProjectBoard {
  const names = new Map(counties.map(({ countyId, name }) => [countyId, name]))
  const shown = projects.map((project) => showProject(plan, project, names, asOf))
  return {
    asOf,
    counties: counties.map(({ countyId, name }) => ({
      countyId,
      name,
      ...sumProjects(shown.filter((project) => project.countyId === countyId)),
    })),
    years: [...Map.groupBy(shown, ({ openYear }) => openYear)]
      .flatMap(([year, of]) =>
        year === null
          ? []
          : [
              {
                year,
                projects: of.length,
                seats: seatsOf(of),
                openedSeats: seatsOf(of.filter(({ opened }) => opened)),
              },
            ],
      )
      .sort((one, other) => one.year - other.year),
    projects: shown,
  }
}

function showProject(
  plan: Plan,
  project: Project,
  names: ReadonlyMap<number, string>,
  asOf: string,
): ProjectShown {
  const { projectId, countyId, name, doc, seats, township, school, planDoc } = project
  const judgement = judgeProject(project, asOf)
  const opens = project.openedOn ?? project.openBy
  return {
    projectId,
    countyId,
    county: names.get(countyId) ?? String(countyId),
    name,
    kind: wordOf(plan, 'kind', project.kind),
    stage: wordOf(plan, 'stage', project.stage),
    where: [township, school].filter(Boolean).join(' '),
    doc,
    seats,
    openYear: opens === null ? null : Number(opens.slice(0, 4)),
    opened: project.openedOn !== null && project.openedOn <= asOf,
    planDoc,
    ...judgement,
    late: judgement.late.map((each) => ({ ...each })),
  }
}

function sumProjects(of: readonly ProjectShown[]) {
  const known = of.filter(({ dueFen }) => dueFen !== null)
  const total = (money: (project: ProjectShown) => number | null) =>
    known.length === 0 ? null : sum(known.map((project) => money(project) ?? 0))
  return {
    projects: of.length,
    unplanned: of.filter(({ planned }) => planned !== true).length,
    late: of.filter(({ late }) => late.length > 0).length,
    seats: seatsOf(of),
    dueFen: total(({ dueFen }) => dueFen),
    paidFen: total(({ paidFen }) => paidFen),
    shortFen: total(({ shortFen }) => shortFen),
    unfiled: of.length - known.length,
  }
}

const seatsOf = (of: readonly ProjectShown[]) => sum(of.map(({ seats }) => seats ?? 0))

function wordOf(plan: Plan, field: string, code: string): string {
  const form = plan.forms.get(projectForm)
  const codes = form && fieldsOf(form).find(({ id }) => id === field)?.codes
  return codes?.find((each) => each.code === code)?.zh ?? code
}
