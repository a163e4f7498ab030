import { isMissing } from '../../kernel/missing.ts'
import {
  type Cite,
  type LayeredStandard,
  type ParameterReaders,
  type Plan,
  parameter,
  parameterReaders,
  quotedWords,
  sourceWords,
  traceParameter,
  valueWords,
} from '../../plan/index.ts'
import type { OwnValue } from '../../records/parameters/own-value.ts'
import type { OwnShown, ParameterAnswer, ParameterLine, ShownFlip } from './contract.ts'
import { notCompared } from './not-compared.ts'

/** 参数一行 — a parameter with the value in force on a day, or why there is none. */
export function parameterLine(
  plan: Plan,
  key: string,
  day: string,
  waiting: ReadonlySet<string>,
): ParameterLine {
  const [nearest] = plan.standards.get(key) as readonly LayeredStandard[]
  const { zh, unit } = (nearest as LayeredStandard).standard
  const found = parameter(plan, key, { on: day, asOf: day })
  const head = { key, zh, unit, usedBy: count(parameterReaders(plan, key)), waiting: waiting.has(key) }
  if (isMissing(found)) return { ...head, inForce: null, problem: `尚未录入，应由${found.owedBy}提供` }
  if (!found.ok) return { ...head, inForce: null, problem: found.refusal.text }
  const { value: words, layer, status, source, quote } = traceParameter(plan, found.value)
  const { value, from } = found.value
  return {
    ...head,
    problem: null,
    inForce: { words, value, from, layer, status, source, ...(quote && { quote }) },
  }
}

/** 参数详情 — every layer's values with their days and sources, its readings, who reads it and what the site set itself. */
export function parameterDetail(
  plan: Plan,
  key: string,
  day: string,
  own: readonly OwnShown[],
): Omit<ParameterAnswer, 'mayChange'> {
  const layers = plan.standards.get(key) as readonly LayeredStandard[]
  const { bound, rationale, reviewBy, readings = [], fields } = (layers[0] as LayeredStandard).standard
  const called: Readonly<Record<string, string>> = { from: '从', to: '到', ...fields }
  const waiting = new Set(own.filter(({ phase }) => phase === 'proposed').map((value) => value.key))
  const sample = layers.flatMap(({ standard }) => standard.values ?? [])[0]?.value
  return {
    asOf: day,
    line: parameterLine(plan, key, day, waiting),
    bound: bound ?? null,
    rationale: rationale ?? null,
    reviewBy,
    fields: typeof sample === 'object' ? Object.keys(sample).map((id) => ({ id, zh: called[id] ?? id })) : [],
    values: layers.flatMap(({ layer, standard }) =>
      (standard.values ?? []).map(({ value, from, to, status, cite, note }) => ({
        words: valueWords(value, standard.fields),
        value,
        from,
        to: to ?? null,
        layer: layer.zh,
        status,
        source: cite ? sourceWords(plan, cite) : (standard.rationale ?? ''),
        ...quoteOf(cite),
        note: note ?? null,
      })),
    ),
    readings: readings.map(({ of, zh, differs }) => ({ of, zh, differs })),
    readers: readersIn(parameterReaders(plan, key)),
    own: [...own],
  }
}

/** 自定取值一条 — with the list that its proposer was shown. */
export function ownShown(plan: Plan, own: OwnValue, account: string): OwnShown {
  const { key, value, impact, proposedBy, planVersion: _, ...more } = own
  const standard = plan.standards.get(key)?.[0]?.standard
  return {
    ...more,
    key,
    zh: standard?.zh ?? key,
    words: valueWords(value, standard?.fields),
    article: own.article ?? null,
    quote: own.quote ?? null,
    mine: proposedBy === account,
    flips: impact as ShownFlip[],
    notCompared: notCompared(plan, key),
  }
}

function readersIn({ targets, indicators, duties, checks, items }: ParameterReaders) {
  const named = (kind: string, list: readonly { readonly id: string; readonly zh: string }[]) =>
    list.map(({ id, zh }) => ({ kind, id, zh }))
  return [
    ...named('目标', targets),
    ...named('指标', indicators),
    ...named('覆盖任务', duties),
    ...named('核验规则', checks),
    ...items.map((item) => ({ kind: '任务项', id: item.id, zh: quotedWords(item) })),
  ]
}

function quoteOf(cite: Cite | undefined) {
  return cite?.quote === undefined ? {} : { quote: cite.quote }
}

function count(readers: ParameterReaders): number {
  return Object.values(readers).reduce((sum, list) => sum + list.length, 0)
}
