import type { WrittenSheet } from '../../platform/sheets/written-sheet.ts'
import type { ProjectBoard } from './contract.ts'

/** 项目工作簿 — the totals by county and the register. */
export function projectSheets(
  { asOf, counties, projects }: ProjectBoard,
  { cityName, synthetic }: { readonly cityName: string; readonly synthetic: boolean },
): WrittenSheet[] {
  const captions = [
    `${cityName}扩优提质项目，台账截至 ${asOf}，金额单位：元`,
    ...(synthetic ? ['合成数据，仅供演示，不代表任何真实项目'] : []),
  ]
  return [
    { name: '各县合计', captions, ...countyTable(counties) },
    { name: '项目', captions, ...projectTable(projects) },
  ]
}

type Table = Pick<WrittenSheet, 'columns' | 'rows'>
const text = (header: string, width: number) => ({ header, kind: 'text', width }) as const
const number = (header: string) => ({ header, kind: 'decimal', width: 14 }) as const

function countyTable(counties: ProjectBoard['counties']): Table {
  return {
    columns: [
      text('县（市、区）', 20),
      ...['项目', '未入规划', '有迟误', '学位', '应到位', '已到位', '差额', '没有填报资金的项目'].map(number),
    ],
    rows: counties.map((county) => [
      county.name,
      county.projects,
      county.unplanned,
      county.late,
      county.seats,
      yuan(county.dueFen),
      yuan(county.paidFen),
      yuan(county.shortFen),
      county.unfiled,
    ]),
  }
}

function projectTable(projects: ProjectBoard['projects']): Table {
  return {
    columns: [
      text('县（市、区）', 16),
      text('项目', 36),
      text('建设方式', 12),
      text('学段', 10),
      text('地点', 24),
      number('学位'),
      number('投用年'),
      text('状态', 24),
      text('规划文件', 36),
      number('应到位'),
      number('已到位'),
      number('差额'),
    ],
    rows: projects.map((project) => [
      project.county,
      project.name,
      project.kind,
      project.stage,
      project.where,
      project.seats,
      project.openYear,
      project.words,
      project.planDoc,
      yuan(project.dueFen),
      yuan(project.paidFen),
      yuan(project.shortFen),
    ]),
  }
}

function yuan(fen: number | null): number | null {
  return fen === null ? null : fen / 100
}
