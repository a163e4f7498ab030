import type { Plan } from '../../plan/index.ts'
import type { WrittenSheet } from '../../platform/sheets/written-sheet.ts'
import type { CountyCoverage, DutyJudgement } from '../../records/duties/duty-judgement.ts'
import type { Place } from '../../records/indicators/list-places.ts'
import { forceWords, lightWords } from './contract.ts'
import { cellOf, quoteOf, readingOf } from './rules.ts'

/** 表头说明 — lines above every table of the workbook. */
export interface WorkbookHead {
  readonly cityName: string
  readonly asOf: string
  readonly planVersion: string
  readonly synthetic: boolean
}

/** 覆盖任务工作簿 — counts of every county, every gap by name, and what each duty rests on. */
export function coverageSheets(
  plan: Plan,
  { judgements, places }: { judgements: readonly DutyJudgement[]; places: readonly Place[] },
  head: WorkbookHead,
): WrittenSheet[] {
  const captions = [
    `${head.cityName}覆盖任务，台账截至 ${head.asOf}，规划数据版本 ${head.planVersion.slice(0, 12)}`,
    ...(head.synthetic ? ['合成数据，仅供演示，不代表任何真实学校'] : []),
  ]
  const counted = judgements.flatMap((judgement) => inCounties(judgement, places))
  return [
    { name: '各县情况', captions, ...countTable(counted) },
    { name: '缺口名单', captions, ...gapTable(counted) },
    { name: '依据', captions, ...basisTable(plan) },
  ]
}

interface Counted {
  readonly judgement: DutyJudgement
  readonly county: CountyCoverage
  readonly name: string
}

function inCounties(judgement: DutyJudgement, places: readonly Place[]): Counted[] {
  return places.flatMap(({ unitId, name }) => {
    const county = judgement.counties.find(({ countyId }) => countyId === unitId)
    return county ? [{ judgement, county, name }] : []
  })
}

type Table = Pick<WrittenSheet, 'columns' | 'rows'>

const text = (header: string, width: number) => ({ header, kind: 'text', width }) as const
const count = (header: string) => ({ header, kind: 'integer', width: 10 }) as const
const ownColumns = [text('任务项', 9), text('覆盖任务', 40), text('力度', 8), text('读法', 26)]

function ownCells({ judgement: { duty, reading }, name }: Counted) {
  return [duty.item, duty.zh, forceWords[duty.force], readingOf(duty, reading)?.zh, name]
}

function countTable(counted: readonly Counted[]): Table {
  return {
    columns: [
      ...ownColumns,
      text('县（市、区）', 16),
      count('应覆盖'),
      count('已覆盖'),
      count('没有'),
      count('没有说明'),
      text('情况', 10),
      text('说明', 60),
    ],
    rows: counted.map((each) => {
      const cell = cellOf(each.county.countyId, each.county, each.judgement)
      const { total, covered, uncovered, unknown, light, sentence } = cell
      return [...ownCells(each), total, covered, uncovered, unknown, lightWords[light], sentence]
    }),
  }
}

function gapTable(counted: readonly Counted[]): Table {
  return {
    columns: [
      ...ownColumns,
      text('县（市、区）', 16),
      text('对象', 36),
      text('情况', 10),
      text('原因', 60),
      text('怎么办', 60),
    ],
    rows: counted.flatMap((each) =>
      each.county.gaps.map(({ subject, why, known }) => [
        ...ownCells(each),
        subject,
        known ? '没有' : '没有说明',
        why,
        each.judgement.duty.remedy,
      ]),
    ),
  }
}

function basisTable(plan: Plan): Table {
  return {
    columns: [
      text('任务项', 9),
      text('覆盖任务', 40),
      text('力度', 8),
      text('原文', 60),
      text('每个…', 30),
      text('都有…', 30),
      text('由谁落实', 30),
    ],
    rows: [...plan.coverage.values()].map((duty) => [
      duty.item,
      duty.zh,
      forceWords[duty.force],
      quoteOf(plan, duty),
      duty.every,
      duty.has,
      duty.owedBy,
    ]),
  }
}
