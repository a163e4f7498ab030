import type { WrittenSheet } from '../../platform/sheets/written-sheet.ts'
import type { TargetDetail } from './contract.ts'

/** 表头说明 — lines above every table of the workbook. */
export interface WorkbookHead {
  readonly cityName: string
  readonly asOf: string
  readonly planVersion: string
  readonly synthetic: boolean
}

const columns = {
  target: { header: '目标', kind: 'text', width: 8 },
  name: { header: '名称', kind: 'text', width: 26 },
  place: { header: '单位', kind: 'text', width: 22 },
} as const

/** 目标工作簿 — standing of every place, figures of every year, definitions, and what is owed. */
export function targetSheets(details: readonly TargetDetail[], head: WorkbookHead): WrittenSheet[] {
  const captions = [
    `${head.cityName}目标任务进度，台账截至 ${head.asOf}，规划数据版本 ${head.planVersion.slice(0, 12)}`,
    ...(head.synthetic ? ['合成数据，仅供演示，不代表任何真实学校'] : []),
  ]
  return [
    { name: '进度', captions, ...standingTable(details) },
    { name: '各年数值', captions, ...figureTable(details) },
    { name: '定义与依据', captions, ...definitionTable(details) },
    { name: '缺数据', captions, ...owedTable(details) },
  ]
}

type Table = Pick<WrittenSheet, 'columns' | 'rows'>

function standingTable(details: readonly TargetDetail[]): Table {
  return {
    columns: [
      columns.target,
      columns.name,
      columns.place,
      { header: '统计年', kind: 'integer' },
      { header: '数值', kind: 'text', width: 12 },
      { header: '进度', kind: 'text', width: 60 },
    ],
    rows: details.flatMap(({ targetId, zh, places }) =>
      places.map((place) => [targetId, zh, place.name, place.currentYear, place.words, place.sentence]),
    ),
  }
}

function figureTable(details: readonly TargetDetail[]): Table {
  return {
    columns: [
      columns.target,
      columns.name,
      columns.place,
      { header: '读法', kind: 'text', width: 20 },
      { header: '学年（起始年）', kind: 'integer' },
      { header: '分子', kind: 'integer', width: 12 },
      { header: '分母', kind: 'integer', width: 12 },
      { header: '数值', kind: 'decimal', width: 12 },
      { header: '路径值', kind: 'decimal', width: 12 },
      { header: '说明', kind: 'text', width: 14 },
    ],
    rows: details.flatMap((detail) =>
      detail.places.flatMap((place) =>
        place.series.flatMap(({ reading, points }) =>
          points.map((point) => [
            detail.targetId,
            detail.zh,
            place.name,
            detail.readings.find(({ id }) => id === reading)?.zh ?? '',
            point.year,
            point.numerator,
            point.denominator,
            point.value,
            place.path.find(({ year }) => year === point.year)?.value,
            point.refused ?? point.words,
          ]),
        ),
      ),
    ),
  }
}

function definitionTable(details: readonly TargetDetail[]): Table {
  const text = (header: string, width: number) => ({ header, kind: 'text', width }) as const
  return {
    columns: [
      columns.target,
      columns.name,
      text('原文', 50),
      text('定义', 50),
      text('分子', 40),
      text('分母', 40),
      text('方向', 8),
      text('目标线', 40),
      text('路径说明', 50),
    ],
    rows: details.map(({ targetId, zh, quote, indicator, lines, assumption }) => [
      targetId,
      zh,
      quote,
      indicator.definition,
      indicator.numerator,
      indicator.denominator,
      directionWords[indicator.direction] ?? indicator.direction,
      lines.map((line) => `${line.layer}${line.zh} ${line.value}（${line.source}）`).join('；'),
      assumption,
    ]),
  }
}

/** 方向 — which way is better, in words. */
export const directionWords: Readonly<Record<string, string>> = {
  up: '越高越好',
  down: '越低越好',
  steps: '看步骤',
}

function owedTable(details: readonly TargetDetail[]): Table {
  return {
    columns: [
      columns.target,
      columns.name,
      { header: '缺什么', kind: 'text', width: 44 },
      { header: '哪一年', kind: 'text', width: 12 },
      { header: '由谁提供', kind: 'text', width: 30 },
      { header: '涉及单位', kind: 'text', width: 60 },
    ],
    rows: details.flatMap(({ targetId, zh, owed }) =>
      owed.map((each) => [targetId, zh, each.of, each.since, each.owedBy, each.where.join('、')]),
    ),
  }
}
