import { CompiledQuery } from 'kysely'
import type { Answer } from '../../kernel/filed-answers.ts'
import { bindPlanSql, fieldsOf, type Plan, type ReturnForm } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { askedOn } from './form-checks.ts'

/** 已有数据 — what the books say, and whose word it is; null where they do not say. */
export interface Known {
  readonly value: Answer | null
  readonly origin: string
}

interface OfSubject {
  readonly countyId: number
  readonly id: number
}

/** 取已有数据 — for every field of a form that shows one: what the books say of the subject on a day. */
export async function readKnown(
  tx: Tx,
  plan: Plan,
  form: ReturnForm,
  subject: OfSubject,
  day: string,
): Promise<Record<string, Known>> {
  const known = await readKnownOfAll(tx, plan, form, day, subject)
  return known.get(`${subject.countyId} ${subject.id}`) ?? unknown(plan, form)
}

/**
 * 取全部已有数据 — the same for every subject in sight, by `county subject`, in one statement; a subject of which the
 * books say nothing at all is left out. One subject narrows it.
 */
export async function readKnownOfAll(
  tx: Tx,
  plan: Plan,
  form: ReturnForm,
  day: string,
  one?: OfSubject,
): Promise<Map<string, Record<string, Known>>> {
  const all = new Map<string, Record<string, Known>>()
  const { text, values } = statementFor(plan, form, day, one)
  if (text === '') return all
  const { rows } = await tx.executeQuery<{
    field: string
    unit: number
    subject: number
    value: Answer | null
  }>(CompiledQuery.raw(text, values))
  for (const { field, unit, subject, value } of rows) {
    const key = `${unit} ${subject}`
    const known = all.get(key) ?? unknown(plan, form)
    known[field] = { origin: known[field]!.origin, value }
    all.set(key, known)
  }
  return all
}

/** Every fact of the form, with nothing known of it yet. */
function unknown(plan: Plan, form: ReturnForm): Record<string, Known> {
  return Object.fromEntries(
    shownFacts(plan, form).map(({ id, fact }) => [id, { value: null, origin: fact.origin }]),
  )
}

function shownFacts(plan: Plan, form: ReturnForm) {
  return fieldsOf(form).flatMap(({ id, shows }) => {
    const fact = shows === undefined ? undefined : plan.known.get(shows)
    return fact ? [{ id, fact }] : []
  })
}

/** The facts' own statements one under the other, each with its places moved behind those before. */
function statementFor(plan: Plan, form: ReturnForm, day: string, one: OfSubject | undefined) {
  const values: (string | number)[] = []
  const parts = shownFacts(plan, form).flatMap(({ id, fact }) => {
    const bound = bindPlanSql(plan, fact.sql, askedOn(day))
    if ('refused' in bound) return []
    const before = values.length
    values.push(...bound.values)
    const own = bound.text.replace(/\$(\d+)/g, (_, at: string) => `$${Number(at) + before}`)
    const place = (value: string | number, type: string) => `$${values.push(value)}::${type}`
    const only = one
      ? ` where unit = ${place(one.countyId, 'integer')} and subject = ${place(one.id, 'bigint')}`
      : ''
    return [
      `select ${place(id, 'text')} as field, unit, subject, to_jsonb(value) as value from (${own}) as known${only}`,
    ]
  })
  return { text: parts.join('\nunion all\n'), values }
}
