import { Fault } from '../kernel/fault.ts'
import { isMissing } from '../kernel/missing.ts'
import type { SchoolYear } from '../kernel/school-year.ts'
import { type ParameterValue, parameter } from './parameter.ts'
import type { Plan } from './plan.ts'

/** 计算时点 — what an indicator's statement is asked for. */
export interface Asked {
  readonly year: SchoolYear
  /** The day the figure speaks of. */
  readonly day: string
  /** The day of the computation. */
  readonly asOf: string
  readonly reading?: string
  /** The last day of the item that is judged. */
  readonly due?: string
}

/** 可执行语句 — the statement with its values apart, and the parameters it used. */
export interface BoundStatement {
  readonly text: string
  readonly values: readonly (string | number)[]
  readonly parameters: readonly ParameterValue[]
}

/**
 * 代入参数 — puts years, days and the plan's dated parameters in the places an indicator's statement names.
 *
 * `{school-year}`, `{day}`, `{due}`, `{reading}`, `{key}` or `{key/field}`; `{measures}` and `{items}` are the plan's
 * own, as `[{id, zh}]`: items are those of measures that somebody in a county has to do. Each becomes a bound value
 * with its type, never text of the statement. Gives the sentence why it cannot be computed when a parameter is
 * not entered, not valid on the day or past its review.
 */
export function bindPlanSql(
  plan: Plan,
  statement: string,
  asked: Asked,
): BoundStatement | { readonly refused: string } {
  const values: (string | number)[] = []
  const parameters = new Map<string, ParameterValue>()
  let refused: string | undefined
  const place = (value: string | number, type: string) => `$${values.push(value)}::${type}`
  const text = statement.replace(/\{([a-z][a-z.-]*)(?:\/([a-z]+))?\}/g, (_, name: string, field?: string) => {
    if (name === 'school-year') return place(asked.year, 'integer')
    if (name === 'day') return place(asked.day, 'date')
    if (name === 'due') return place(asked.due ?? asked.day, 'date')
    if (name === 'measures')
      return place(JSON.stringify(plan.measures.map(({ id, zh }) => ({ id, zh }))), 'jsonb')
    if (name === 'items') return place(JSON.stringify(countyItems(plan)), 'jsonb')
    if (name === 'reading') return place(asked.reading ?? '', 'text')
    const found = parameter(plan, name, { on: asked.day, asOf: asked.asOf })
    if (isMissing(found) || !found.ok) {
      refused ??= isMissing(found) ? `参数“${found.of}”尚未录入，应由${found.owedBy}提供` : found.refusal.text
      return 'null'
    }
    parameters.set(name, found.value)
    return place(fieldOf(found.value.value, field), 'numeric')
  })
  return refused === undefined ? { text, values, parameters: [...parameters.values()] } : { refused }
}

function countyItems({ measures }: Plan) {
  return measures
    .flatMap(({ items }) => items)
    .filter(({ owners }) => owners.some((owner) => owner !== 'city'))
    .map(({ id, quote }) => ({ id, zh: [quote].flat().join('；') }))
}

function fieldOf(value: ParameterValue['value'], field: string | undefined): string | number {
  if (typeof value !== 'object') return value
  const found = value[field ?? '']
  if (found === undefined) throw new Fault(`parameter has no field '${field}': mend the SQL of the plan file`)
  return found
}
