import { isMissing } from '../../kernel/missing.ts'
import type { ParameterTrace, Provenance, SourceRow } from '../../kernel/provenance.ts'
import { censusDay } from '../../kernel/school-year.ts'
import { type Plan, parameter, traceParameter } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Books } from '../../records/books.ts'
import { keysOfClassSize } from './class-sizes.ts'
import { basisNames, stageNames } from './contract.ts'
import { readPartValues } from './find-parts.ts'
import { forecastKeys } from './forecast-parameters.ts'
import { quotesFor } from './quotes-for.ts'
import { readInstitutions } from './read-institutions.ts'
import { outlooksOf, ownPart, type SeatsRead } from './read-seats.ts'
import { inTenths } from './tell-outlook.ts'
import type { SeatValue, UnitOutlook } from './unit-row.ts'

export type Measure = 'gap' | 'demand' | 'supply'

/** Rows a provenance lists; the rest are counted. */
const rowsListed = 200

const formulas: Readonly<Record<Measure, string>> = {
  gap: '余缺＝需要学位－现有学位。\n需要学位的区间下限仍超过现有学位时记“缺”，区间上限仍低于现有学位时记“余”，区间跨过现有学位时记“≈”，暂不预警。',
  demand:
    '需要学位＝该学段各年级预测在校生之和。\n起始年级由出生人口（按 8 月 31 日截止换算入学批次）乘以到校比例；其余年级＝上一年下一级人数×升级率（近年加权，小单位向上级单位收缩）；普通高中与中等职业由初中毕业生按分流比例得出。各级相互校准，下级之和等于上级。\n区间由历年滚动回测的误差抽样得到，不用模型自己的假定。',
  supply:
    '现有学位（按教室）＝各校（园）教室数×标准班额；核定规模为批准的容量。已知的开办、停办按其生效日计入。\n没有录入标准班额的学段只按核定规模计算。',
}

/** 一个数的来历 — formula, parameters with their words, the rows it was computed from, the moment of the books. */
export async function provenanceAnswer(
  tx: Tx,
  books: Books,
  read: SeatsRead,
  of: { readonly year: number; readonly measure: Measure },
): Promise<Provenance> {
  const { asked, parent, outset } = read
  const [seen] = await outlooksOf(tx, read, [parent], asked.stage)
  const values = await readPartValues(tx, read.parts, { unitIds: [parent.unitId], stage: asked.stage })
  const part = ownPart(read)
  const supplyRows = of.measure === 'demand' ? [] : await supplyRowsOf(tx, read, of.year)
  const rows = [
    ...(of.measure === 'supply' ? [] : demandRows(values, asked.scenario, of.year)),
    ...supplyRows,
  ]
  return {
    title: `${parent.name} ${stageNames[asked.stage]} ${of.year} 年${measureWords[of.measure]}（${basisNames[outset.basis]}）`,
    value: valueWords(seen, of, inTenths(read.parameters.bandLevel)),
    formula: formulas[of.measure],
    basis: quotesFor(books.plan, asked.stage),
    parameters: tracesOf(books.plan, read, of),
    rows: rows.slice(0, rowsListed),
    rowCount: rows.length,
    missing: [...(seen?.missing ?? [])],
    asOf: part?.asOf ?? asked.asOf,
    knownAt: part?.knownAt ?? '',
    planVersion: part?.planVersion ?? books.plan.version,
    ...(part && { engineVersion: part.engineVersion, inputsHash: part.inputsHash }),
  }
}

const measureWords: Readonly<Record<Measure, string>> = {
  gap: '学位余缺',
  demand: '需要学位',
  supply: '现有学位',
}

/** The very figure that was opened, not rounded to 万. */
const inFull = (value: number) => Math.round(value).toLocaleString('zh-CN')

function valueWords(
  seen: UnitOutlook | undefined,
  { year, measure }: { year: number; measure: Measure },
  sure: string,
): string {
  const judged = seen?.years.find((each) => each.year === year)
  const demand = judged?.demand
  if (measure === 'demand') {
    return demand
      ? `${inFull(demand.mean)} 人（${sure}把握 ${inFull(demand.lo80)}—${inFull(demand.hi80)}）`
      : '缺数据'
  }
  if (measure === 'supply') return judged?.supply === undefined ? '缺数据' : `${inFull(judged.supply)} 个`
  const gap = judged?.gap.gap
  if (gap === null || gap === undefined) return '缺数据'
  return `${gap > 0 ? '缺' : '余'} ${inFull(Math.abs(gap))} 个`
}

function tracesOf(
  plan: Plan,
  { asked, classSize }: SeatsRead,
  of: { year: number; measure: Measure },
): ParameterTrace[] {
  const forecast =
    of.measure === 'supply' ? [] : keysBehind(of.measure, asked).map((key) => [key, asked.asOf])
  const sizes =
    of.measure === 'demand'
      ? []
      : keysOfClassSize(asked.stage, classSize).map((key) => [key, censusDay(of.year)])
  return [...sizes, ...forecast].flatMap(([key, on]) => {
    const found = parameter(plan, key as string, { on: on as string, asOf: asked.asOf })
    return isMissing(found) || !found.ok ? [] : [traceParameter(plan, found.value)]
  })
}

/** Of the parameters of a forecast those that this figure rests on: another scenario's births do not touch it. */
function keysBehind(measure: Measure, { scenario }: SeatsRead['asked']): string[] {
  const { low, high, red, schoolHorizon: _, ...always } = forecastKeys
  return [
    ...Object.values(always),
    ...(scenario === 'low' ? [low] : scenario === 'high' ? [high] : []),
    ...(measure === 'gap' ? [red] : []),
  ]
}

/** What was on the rolls, and what each year from there on was expected. */
function demandRows(values: readonly SeatValue[], scenario: string, until: number): SourceRow[] {
  const of = (measure: string) =>
    values
      .filter((each) => each.measure === measure && each.mean !== null && each.year <= until)
      .filter((each) => measure !== 'demand' || each.scenario === scenario)
      .sort((one, other) => one.year - other.year)
  return [
    ...of('enrolment').map(({ year, mean }) => ({
      label: `${year} 年在校生`,
      value: (mean as number).toLocaleString('zh-CN'),
      source: '在校生台账，各校（园）填报',
    })),
    ...of('demand').map(({ year, mean, lo80, hi80 }) => ({
      label: `${year} 年预测`,
      value: `${Math.round(mean as number).toLocaleString('zh-CN')}（${Math.round(lo80 ?? 0).toLocaleString('zh-CN')}—${Math.round(hi80 ?? 0).toLocaleString('zh-CN')}）`,
      source: '本次测算',
    })),
  ]
}

async function supplyRowsOf(tx: Tx, { parent, asked }: SeatsRead, year: number): Promise<SourceRow[]> {
  const found = await readInstitutions(tx, { unit: parent }, asked.stage, year)
  const words = (count: number | null, unit: string) => (count === null ? '缺数据' : `${count}${unit}`)
  return found.map(({ institution, rooms, approved }) => ({
    label: institution,
    value: `教室 ${words(rooms, ' 间')}，核定 ${words(approved, ' 人')}`,
    source: `校舍台账，${year}-09-01 有效`,
  }))
}
