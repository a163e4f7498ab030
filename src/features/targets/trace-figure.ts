import type { Provenance, SourceRow } from '../../kernel/provenance.ts'
import { schoolYearLabel } from '../../kernel/school-year.ts'
import { type BoundStatement, type Indicator, type Plan, traceParameter } from '../../plan/index.ts'
import { type Figure, isIdle } from '../../records/indicators/figure.ts'
import { figureWords } from '../../records/indicators/judge-target.ts'
import { isKnown, type Measurement } from '../../records/indicators/measure-years.ts'
import type { DetailRow } from '../../records/indicators/run-indicator.ts'

/** 所依何据 — what a provenance is written from; `more` are parameters that no statement names, such as the line to reach. */
export interface Traced extends Pick<Provenance, 'rows' | 'rowCount' | 'basis' | 'knownAt'> {
  readonly place: string
  readonly figure: Figure
  readonly statement?: BoundStatement
  readonly more?: Provenance['parameters']
}

/** 来历 — everything that lies under one figure of an indicator. */
export function traceFigure(plan: Plan, indicator: Indicator, traced: Traced): Provenance {
  const { place, figure, statement, rows, basis, more = [] } = traced
  return {
    title: `${place} ${indicator.zh}（${schoolYearLabel(figure.year)}）`,
    value: figure.refused ?? valueWords(figure),
    formula: formulaOf(indicator, figure),
    basis,
    parameters: [
      ...(statement?.parameters ?? []).map((parameter) => traceParameter(plan, parameter)),
      ...more,
    ],
    rows,
    rowCount: traced.rowCount,
    missing: figure.missing,
    asOf: figure.day,
    knownAt: traced.knownAt,
    planVersion: plan.version,
  }
}

/** A rate together with what was counted over what, as the board shows some of them. */
function valueWords(figure: Figure): string {
  const { numerator, denominator } = figure
  const words = figureWords(figure)
  return typeof numerator === 'number' && typeof denominator === 'number' && words.endsWith('%')
    ? `${words}（${numerator.toLocaleString('zh-CN')}/${denominator.toLocaleString('zh-CN')}）`
    : words
}

function formulaOf(indicator: Indicator, figure: Figure): string {
  const reading = indicator.readings?.find(({ id }) => id === figure.reading)
  const part = (value: number | null | undefined) =>
    value === null || value === undefined ? '缺数据' : value.toLocaleString('zh-CN')
  return [
    indicator.definition,
    `分子：${indicator.numerator} ＝ ${part(figure.numerator)}`,
    ...(indicator.denominator === undefined
      ? []
      : [`分母：${indicator.denominator} ＝ ${part(figure.denominator)}`]),
    ...(reading ? [`读法：${reading.of}——${reading.zh}`] : []),
    ...(isIdle(figure) ? ['分母为 0：没有应计的单位，不作要求。'] : []),
    '合计值为各单位分子之和除以分母之和，不是各单位比率的平均。',
  ].join('\n')
}

/** 明细来历 — a detail row in words, with the document that entered it and the page that shows it. */
export function detailRow(row: DetailRow): SourceRow {
  const parts = [
    ...(row.numerator === null ? [] : [`分子 ${row.numerator.toLocaleString('zh-CN')}`]),
    ...(row.denominator === null || row.denominator === undefined
      ? []
      : [`分母 ${row.denominator.toLocaleString('zh-CN')}`]),
  ]
  return {
    label: row.subject,
    value: parts.join('，'),
    source: row.docNumber
      ? `${row.docNumber}（${row.recordedBy}，${row.recordedOn} 登记）`
      : (row.filed ?? ''),
    ...(row.filingId !== null && { to: `/filing/${row.filingId}` }),
    ...(row.filingId === null && row.institutionId !== null && { to: `/institutions/${row.institutionId}` }),
  }
}

/** 四页来历 — which boards are whole at a place, and which of their indicators are not known. */
export function boardRows(
  plan: Plan,
  measurement: Measurement,
  board: Indicator,
  unitId: number,
): SourceRow[] {
  return (board.boards ?? []).map(({ zh, indicators }) => {
    const unknown = indicators.filter((id) => !isKnown(measurement, plan.indicators.get(id), unitId))
    const names = unknown.map((id) => plan.indicators.get(id)?.zh ?? id)
    return {
      label: zh,
      value: unknown.length === 0 ? '数据齐全' : '缺数据',
      source: unknown.length === 0 ? '各项台账登记齐全' : `缺：${names.join('、')}`,
    }
  })
}
