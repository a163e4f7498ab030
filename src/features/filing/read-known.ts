import { CompiledQuery } from 'kysely'
import type { Fact } from '../../engines/filing/judge-filing.ts'
import type { KnownRows } from '../../engines/filing/known-rows.ts'
import type { Answer, Answers } from '../../kernel/filed-answers.ts'
import { bindPlanSql, factsOf, type KnownDatum, type Plan, type ReturnForm } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { OneSubject } from '../../records/returns/subject.ts'
import { askedOn, rulesOf } from './form-checks.ts'

/** 已有数据 — what the books say, and whose word it is; null where they do not say. */
export interface Known {
  readonly value: Answer | null
  readonly origin: string
}

/** 台账所知 — everything the books know of a subject for a form: the fields it shows, its rows, and what its rules compare with. */
export interface KnownOfSubject {
  readonly fields: Readonly<Record<string, Known>>
  readonly rows?: KnownRows & { readonly origin: string }
  readonly facts: Readonly<Record<string, Fact>>
}

/** 取台账所知 — what the books say on a day of every subject in sight, by `county subject`, in one statement. One subject narrows it. */
export async function readKnown(
  tx: Tx,
  plan: Plan,
  form: ReturnForm,
  day: string,
  one?: OneSubject,
): Promise<(key: string) => KnownOfSubject> {
  const wanted = wantedOf(plan, form)
  const { text, values } = statementFor(plan, wanted, day, one)
  if (text === '') return () => told(wanted, [])
  const { rows } = await tx.executeQuery<Said>(CompiledQuery.raw(text, values))
  const bySubject = Map.groupBy(rows, ({ unit, subject }) => `${unit} ${subject}`)
  return (key) => told(wanted, bySubject.get(key) ?? [])
}

/** What is asked of the books, and what for; `id` is the field or the name a rule uses. */
interface Wanted {
  readonly as: 'field' | 'rows' | 'fact'
  readonly id: string
  readonly fact: KnownDatum
}

interface Said {
  readonly at: number
  readonly unit: number
  readonly subject: number
  readonly value: Answer | readonly Answers[] | null
}

function wantedOf(plan: Plan, form: ReturnForm): Wanted[] {
  const of = (as: Wanted['as'], id: string, known: string | undefined): Wanted[] => {
    const fact = known === undefined ? undefined : plan.known.get(known)
    return fact ? [{ as, id, fact }] : []
  }
  const named = new Set(rulesOf(plan, form.id).flatMap(factsOf))
  return [
    ...form.parts.flatMap(({ fields }) => fields.flatMap(({ id, shows }) => of('field', id, shows))),
    ...of('rows', 'rows', form.lines?.shows),
    ...[...named].flatMap((key) => of('fact', key, key)),
  ]
}

/** The facts' own statements one under the other, each with its places moved behind those before. */
function statementFor(plan: Plan, wanted: readonly Wanted[], day: string, one: OneSubject | undefined) {
  const values: (string | number)[] = []
  const parts = wanted.flatMap(({ fact }, at) => {
    const bound = bindPlanSql(plan, fact.sql, askedOn(day))
    if ('refused' in bound) return []
    const before = values.length
    values.push(...bound.values)
    const own = bound.text.replace(/\$(\d+)/g, (_, place: string) => `$${Number(place) + before}`)
    const place = (value: string | number, type: string) => `$${values.push(value)}::${type}`
    const only = one
      ? ` where unit = ${place(one.countyId, 'integer')} and subject = ${place(one.id, 'bigint')}`
      : ''
    return [`select ${at} as at, unit, subject, to_jsonb(value) as value from (${own}) as known${only}`]
  })
  return { text: parts.join('\nunion all\n'), values }
}

function told(wanted: readonly Wanted[], said: readonly Said[]): KnownOfSubject {
  const values = new Map(said.map(({ at, value }) => [at, value]))
  const fields: Record<string, Known> = {}
  const facts: Record<string, Fact> = {}
  let rows: KnownOfSubject['rows']
  for (const [at, { as, id, fact }] of wanted.entries()) {
    const value = values.get(at) ?? null
    if (as === 'field') fields[id] = { value: value as Answer | null, origin: fact.origin }
    if (value === null) continue
    if (as === 'rows')
      rows = { keys: fact.line ?? [], rows: value as readonly Answers[], origin: fact.origin }
    if (as === 'fact')
      facts[id] = {
        value: value as Answer,
        says: `${fact.origin}：${fact.zh} ${String(value)} ${fact.unit ?? ''}`.trimEnd(),
      }
  }
  return { fields, facts, ...(rows && { rows }) }
}
