import type { Citation } from '../kernel/citation.ts'
import { Fault } from '../kernel/fault.ts'
import { type Missing, missing } from '../kernel/missing.ts'
import { granted, type Result, refused } from '../kernel/result.ts'
import type { Manifest } from './manifest.ts'
import type { LayeredStandard, Plan } from './plan.ts'
import type { Reading } from './reading.ts'
import type { Cite, StandardValue } from './standard.ts'

/** 参数取值 — a parameter's value on a day, with what a screen needs to show where it comes from. */
export interface ParameterValue {
  readonly key: string
  readonly zh: string
  readonly unit: string
  /** What each part of a value of several parts is called. */
  readonly fields?: Readonly<Record<string, string>>
  readonly value: StandardValue['value']
  readonly from: string
  readonly to?: string
  readonly status: StandardValue['status']
  readonly cite?: Cite
  readonly readings: readonly Reading[]
  readonly rationale?: string
  readonly layer: Manifest
}

/** `on`: the day the parameter is asked for; `asOf`: the day of the computation, which the review date binds. */
export interface ParameterDays {
  readonly on: string
  readonly asOf: string
}

/**
 * 参数 — the value of a dated parameter, from the nearest layer that has one for the day.
 *
 * Missing when nobody has entered it. Refused, by name, when no layer has a value for the day
 * (`plan.parameter-out-of-validity`) or when it should have been looked at again before the day of
 * the computation (`plan.parameter-review-overdue`). A key no file knows is a fault.
 */
export function parameter(plan: Plan, key: string, days: ParameterDays): Result<ParameterValue> | Missing {
  const known = plan.standards.get(key)
  if (!known?.[0]) throw new Fault(`no file under standards/ or method/ has the id '${key}'`)
  for (const layered of known) {
    if (layered.standard.notEntered) return notEntered(layered)
    const value = layered.standard.values?.find((each) => holdsOn(each, days.on))
    if (value) return withinReview(layered, value, days.asOf)
  }
  return outOfValidity(known[0], days.on)
}

/** 数值参数 — the same, for a parameter that must be a number; anything else in the file is a fault. */
export function numberParameter(plan: Plan, key: string, days: ParameterDays): Result<number> | Missing {
  const found = parameter(plan, key, days)
  if (!('ok' in found) || !found.ok) return found
  if (typeof found.value.value !== 'number') throw new Fault(`parameter '${key}' is not a number`)
  return granted(found.value.value)
}

function holdsOn(value: StandardValue, day: string): boolean {
  return value.from <= day && (value.to === undefined || day <= value.to)
}

function notEntered({ standard, layer }: LayeredStandard): Missing {
  return missing(standard.zh, layer.zh, { owedBy: standard.notEntered?.owedBy })
}

function withinReview(layered: LayeredStandard, value: StandardValue, asOf: string): Result<ParameterValue> {
  const { standard, layer } = layered
  if (asOf > standard.reviewBy) return reviewOverdue(layered, value, asOf)
  return granted({
    key: standard.id,
    zh: standard.zh,
    unit: standard.unit,
    ...(standard.fields && { fields: standard.fields }),
    ...value,
    readings: standard.readings ?? [],
    rationale: standard.rationale,
    layer,
  })
}

function outOfValidity({ standard, layer, file }: LayeredStandard, on: string) {
  return refused({
    code: 'plan.parameter-out-of-validity',
    text: `参数“${standard.zh}”在 ${on} 没有有效数值—${layer.zh}层的取值期不含这一天—请在 ${file} 补上该日有效的数值和依据。`,
    facts: { parameter: standard.id, on, layer: layer.id },
  })
}

function reviewOverdue({ standard, layer, file }: LayeredStandard, value: StandardValue, asOf: string) {
  return refused({
    code: 'plan.parameter-review-overdue',
    text: `参数“${standard.zh}”已过复核日—应在 ${standard.reviewBy} 前复核，现在是 ${asOf}—请核对原文后在 ${file} 更新复核日。`,
    basis: value.cite && citationOf(value.cite, standard.zh),
    facts: { parameter: standard.id, reviewBy: standard.reviewBy, asOf, layer: layer.id },
  })
}

function citationOf(cite: Cite, zh: string): Citation {
  if ('paper' in cite) return cite
  return { paper: cite.document, item: cite.article, quote: cite.quote ?? zh }
}
