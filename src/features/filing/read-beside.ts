import type { Fact } from '../../engines/filing/judge-filing.ts'
import { writeAnswer } from '../../engines/filing/read-answer.ts'
import type { FiledAnswers } from '../../kernel/filed-answers.ts'
import { schoolYearOf } from '../../kernel/school-year.ts'
import { type Field, factsOf, type Plan, type ReturnForm } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { readFormBefore } from '../../records/returns/read-form-before.ts'
import { type LastApproved, readLastApproved } from '../../records/returns/read-last-approved.ts'
import type { OneSubject } from '../../records/returns/subject.ts'
import { rulesOf } from './form-checks.ts'
import { type KnownOfSubject, readKnown } from './read-known.ts'

/** 表外依据 — what stands beside a filing before anybody writes: the period before, what the books know, and facts its rules compare with. */
export interface Beside extends KnownOfSubject {
  readonly before?: FiledAnswers
}

/** 表期 — a form in one of its turns, and the day of which its facts and parameters are. */
export interface FormOn {
  readonly form: ReturnForm
  readonly period: string
  readonly day: string
}

/** 取表外依据 — of every subject in sight, by `county subject`, in three statements however many. One subject narrows it. */
export async function readBesides(
  tx: Tx,
  plan: Plan,
  { form, period, day }: FormOn,
  one?: OneSubject,
): Promise<(of: OneSubject) => Beside> {
  const before = await readFormBefore(tx, form, period, one)
  const known = await readKnown(tx, plan, form, day, one)
  const others = otherFields(plan, form)
  const formIds = [...new Set(others.map(({ other }) => other.id))]
  const approved = Map.groupBy(
    await readLastApproved(tx, formIds, schoolYearOf(day), one),
    ({ subject }) => subject,
  )
  return ({ countyId, id }) => {
    const key = `${countyId} ${id}`
    const earlier = before.get(key)
    const own = known(key)
    return {
      ...own,
      facts: { ...own.facts, ...factsFrom(others, approved.get(key) ?? []) },
      ...(earlier && { before: earlier }),
    }
  }
}

interface OtherField {
  readonly key: string
  readonly other: ReturnForm
  readonly field: Field
}

/** What the rules of a form name of other returns. */
function otherFields(plan: Plan, form: ReturnForm): OtherField[] {
  const named = new Set(rulesOf(plan, form.id).flatMap(factsOf))
  return [...named].flatMap((key) => {
    const [formId, fieldId] = key.split('.') as [string, string]
    const other = plan.forms.get(formId)
    const field = other?.parts.flatMap(({ fields }) => fields).find(({ id }) => id === fieldId)
    return other && field ? [{ key, other, field }] : []
  })
}

function factsFrom(others: readonly OtherField[], approved: readonly LastApproved[]): Record<string, Fact> {
  return Object.fromEntries(
    others.flatMap(({ key, other, field }) => {
      const last = approved.find(({ formId }) => formId === other.id)
      const answer = last?.answers[field.id]
      if (!last || answer === undefined) return []
      const value = field.type === 'money' && typeof answer === 'number' ? answer / 100 : answer
      const says = `《${other.zh}》${last.period.slice(0, 4)} 年审核通过的${field.zh} ${writeAnswer(field, answer)} ${field.unit ?? ''}`
      return [[key, { value, says: says.trimEnd() } satisfies Fact]]
    }),
  )
}
