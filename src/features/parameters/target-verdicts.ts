import type { Verdict } from '../../engines/impact/find-flips.ts'
import { isMissing } from '../../kernel/missing.ts'
import {
  type Indicator,
  numberParameter,
  type ParameterReaders,
  type Plan,
  type Target,
} from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { figureWords, judgeTarget } from '../../records/indicators/judge-target.ts'
import type { Place } from '../../records/indicators/list-places.ts'
import { detailStatement } from '../../records/indicators/measure-indicator.ts'
import { currentFigure, type Measurement, measureYears } from '../../records/indicators/measure-years.ts'
import { runDetail } from '../../records/indicators/run-indicator.ts'
import { indicatorOf, standingOf } from '../../records/indicators/target-standing.ts'

/** 判断范围 — the day, the city when all of it is in view, and the share of returns from which a year counts. */
export interface Ground {
  readonly asOf: string
  readonly completeFrom: number
  readonly city?: Place
}

/** All rows of a city of this size come in one go; a longer list would be no list to read. */
const mostRows = 100_000

/**
 * 目标与指标的判断 — where every place stands against the targets, what each indicator says of it, and of each row under it.
 *
 * Only targets and indicators among `readers` are judged; `plan` may hold values that are only on trial.
 */
export async function targetVerdicts(
  tx: Tx,
  plan: Plan,
  { targets, indicators }: Pick<ParameterReaders, 'targets' | 'indicators'>,
  ground: Ground,
): Promise<Verdict[]> {
  const measured = [...new Set([...indicators, ...targets.map((target) => indicatorOf(plan, target))])]
  const boards = measured.flatMap(({ boards = [] }) => boards.flatMap((each) => each.indicators))
  const needed = [...plan.indicators.values()].filter(
    (each) => measured.includes(each) || boards.includes(each.id),
  )
  if (needed.length === 0) return []
  // What stands before the first baseline is judged by nobody.
  const from = Math.min(...plan.targets.map(({ path }) => path.baselineYear))
  const measurement = await measureYears(tx, plan, { ...ground, from, indicators: needed })
  const verdicts = [
    ...targets.flatMap((target) => standings(plan, measurement, target)),
    ...targets.flatMap((target) => otherLines(plan, measurement, target)),
    ...indicators.flatMap((indicator) => figures(measurement, indicator)),
  ]
  for (const indicator of indicators) verdicts.push(...(await rows(tx, plan, measurement, indicator)))
  return verdicts
}

function standings(plan: Plan, measurement: Measurement, target: Target): Verdict[] {
  const indicator = indicatorOf(plan, target)
  return readingsOf(indicator).flatMap((reading) =>
    measurement.places.map(({ unitId, name }) => {
      const { sign, sentence } = standingOf(plan, measurement, target, unitId, reading)
      const rule = { rule: `target.${target.id}`, ruleZh: `${target.id} ${target.zh}` }
      return { ...rule, ...read(indicator, reading), ...itself(unitId, name), verdict: sign, words: sentence }
    }),
  )
}

/** Against each line that stands beside the target's own, such as the nation's: reached or not. */
function otherLines(plan: Plan, measurement: Measurement, target: Target): Verdict[] {
  const indicator = indicatorOf(plan, target)
  const { asOf, places } = measurement
  return (target.otherLines ?? []).flatMap((key) => {
    const line = numberParameter(plan, key, { on: asOf, asOf })
    if (isMissing(line) || !line.ok) return []
    const zh = plan.standards.get(key)?.[0]?.standard.zh ?? key
    const rule = { rule: `line.${target.id}.${key}`, ruleZh: `${target.id} ${target.zh}：${zh}` }
    return readingsOf(indicator).flatMap((reading) =>
      places.map(({ unitId, name }) => {
        const figure = currentFigure(measurement, indicator, unitId, reading)
        const { sign, sentence } = judgeTarget({ ...asLine, line: line.value }, [], figure)
        return {
          ...rule,
          ...read(indicator, reading),
          ...itself(unitId, name),
          verdict: sign,
          words: sentence,
        }
      }),
    )
  })
}

/** Reached or not, whatever the year: nothing is to be waited for. */
const asLine = { kind: 'hold', baselineYear: 0, endYear: 0 } as const

function figures(measurement: Measurement, indicator: Indicator): Verdict[] {
  return readingsOf(indicator).flatMap((reading) =>
    measurement.places.flatMap(({ unitId, name }) => {
      const figure = currentFigure(measurement, indicator, unitId, reading)
      if (!figure) return []
      const words = figure.refused ?? figureWords(figure)
      const rule = { rule: `indicator.${indicator.id}`, ruleZh: indicator.zh }
      const verdict = figure.refused ?? `${figure.numerator}/${figure.denominator ?? ''}`
      return [{ ...rule, ...read(indicator, reading), ...itself(unitId, name), verdict, words }]
    }),
  )
}

/** Of each institution or other thing counted: what it adds to numerator and denominator. */
async function rows(tx: Tx, plan: Plan, measurement: Measurement, indicator: Indicator): Promise<Verdict[]> {
  const found: Verdict[] = []
  const counties = measurement.places.filter(({ unitId }) => measurement.currentYears.has(unitId))
  for (const reading of readingsOf(indicator)) {
    const current = counties.flatMap((place) => {
      const figure = currentFigure(measurement, indicator, place.unitId, reading)
      return figure ? [{ place, figure }] : []
    })
    for (const same of Map.groupBy(current, ({ figure }) => figure.year).values()) {
      const statement = detailStatement(plan, indicator, same[0]!.figure, measurement.asOf)
      if (!statement) continue
      const names = new Map(same.map(({ place }) => [place.unitId, place.name]))
      const seen = new Map<string, number>()
      for (const row of await runDetail(tx, statement, [...names.keys()], { limit: mostRows })) {
        // two institutions of a county may bear one name
        const name = `${row.unit} ${row.subject}`
        seen.set(name, (seen.get(name) ?? 0) + 1)
        found.push({
          rule: `rows.${indicator.id}`,
          ruleZh: `${indicator.zh}：计入的行`,
          ...read(indicator, reading),
          unitId: row.unit,
          place: names.get(row.unit) ?? '',
          subject: row.subject,
          subjectId: `${row.subject} ${seen.get(name)}`,
          verdict: `${row.numerator ?? ''}/${row.denominator ?? ''}`,
          words: partWords(row.numerator, row.denominator),
        })
      }
    }
  }
  return found
}

function partWords(numerator: number | null, denominator: number | null | undefined): string {
  const part = (name: string, value: number | null | undefined) =>
    value === null || value === undefined ? [] : [`${name} ${value.toLocaleString('zh-CN')}`]
  return [...part('分子', numerator), ...part('分母', denominator)].join('，') || '不计数'
}

function readingsOf({ countedReadings }: Indicator): readonly (string | undefined)[] {
  return countedReadings ?? [undefined]
}

/** Said only where the words can be counted in more than one way. */
function read({ readings, countedReadings = [] }: Indicator, id: string | undefined) {
  if (id === undefined || countedReadings.length < 2) return {}
  return { reading: readings?.find((each) => each.id === id)?.zh ?? id }
}

function itself(unitId: number, name: string) {
  return { unitId, place: name, subject: name, subjectId: String(unitId) }
}
