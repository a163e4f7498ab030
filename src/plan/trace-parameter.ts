import type { ParameterTrace } from '../kernel/provenance.ts'
import type { ParameterValue } from './parameter.ts'
import type { Plan } from './plan.ts'
import type { Cite } from './standard.ts'

/** 参数来历 — a parameter's value in the words a provenance shows: who says so, where, how sure. */
export function traceParameter(plan: Plan, parameter: ParameterValue): ParameterTrace {
  const { key, zh, unit, fields, value, layer, status, cite, rationale } = parameter
  const quote = cite?.quote
  return {
    key,
    zh,
    value: valueWords(value, fields),
    unit,
    layer: layer.zh,
    status,
    source: cite ? sourceWords(plan, cite) : (rationale ?? ''),
    ...(quote !== undefined && { quote }),
  }
}

/** 出处写法 — the paper's number and item, or the document, its article and where it was read. */
export function sourceWords(plan: Plan, cite: Cite): string {
  if ('paper' in cite) {
    const number = plan.papers.get(cite.paper)?.docNumber ?? cite.paper
    return [number, cite.item].filter((part) => part !== undefined).join(' ')
  }
  return [cite.document, cite.article, cite.source].filter((part) => part !== undefined).join('，')
}

/** 取值写法 — a value in words. A span is written from—to; the parts of any other record by what they are called. */
export function valueWords(
  value: ParameterValue['value'],
  called: Readonly<Record<string, string>> = {},
): string {
  if (typeof value !== 'object') return String(value)
  const { from, to, ...more } = value
  const others = Object.entries(more).map(([field, part]) => `${called[field] ?? field} ${part}`)
  return [...(from === undefined ? [] : [`${from}—${to ?? ''}`]), ...others].join('，')
}
