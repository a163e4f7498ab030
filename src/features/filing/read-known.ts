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

/** 取已有数据 — for every field of a form that shows one: what the books say of the subject on a day. */
export async function readKnown(
  tx: Tx,
  plan: Plan,
  form: ReturnForm,
  subject: { readonly countyId: number; readonly id: number },
  day: string,
): Promise<Record<string, Known>> {
  const known: Record<string, Known> = {}
  for (const { id, shows } of fieldsOf(form)) {
    const datum = shows === undefined ? undefined : plan.known.get(shows)
    if (!datum) continue
    const bound = bindPlanSql(plan, datum.sql, askedOn(day))
    known[id] = { value: 'refused' in bound ? null : await one(tx, bound, subject), origin: datum.origin }
  }
  return known
}

async function one(
  tx: Tx,
  { text, values }: { readonly text: string; readonly values: readonly (string | number)[] },
  { countyId, id }: { readonly countyId: number; readonly id: number },
): Promise<Answer | null> {
  const places = [`$${values.length + 1}::integer`, `$${values.length + 2}::bigint`]
  const { rows } = await tx.executeQuery<{ value: Answer | null }>(
    CompiledQuery.raw(
      `select value from (${text}) as known where unit = ${places[0]} and subject = ${places[1]}`,
      [...values, countyId, id],
    ),
  )
  return rows[0]?.value ?? null
}
