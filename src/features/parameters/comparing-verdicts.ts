import { CompiledQuery, sql } from 'kysely'
import type { Verdict } from '../../engines/impact/find-flips.ts'
import { schoolYearOf } from '../../kernel/school-year.ts'
import { bindPlanSql, type DataCheck, type Plan, type ReturnForm } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { periodsBegun } from '../../records/returns/return-period.ts'
import { type Names, nameOf } from './read-names.ts'

interface Doubtful {
  readonly unit: number
  readonly subject_id: number
  /** Of which subject, field and, where a check tells one of several, line or entry. */
  readonly thing: string
  readonly found: string
}

/**
 * 跨表核验的判断 — whom a check written as SQL doubts in the latest period that anybody has filled, and how many of each
 * county.
 *
 * Whoever is not doubted has no entry of his own: when he gets or loses one, he has flipped. A check whose parameter is not
 * in force doubts nobody.
 */
export async function comparingVerdicts(
  tx: Tx,
  plan: Plan,
  form: ReturnForm,
  { check, asOf, names }: { readonly check: DataCheck; readonly asOf: string; readonly names: Names },
): Promise<Verdict[]> {
  const day = await spokenDay(tx, form, asOf)
  const bound = bindPlanSql(plan, check.sql ?? '', { year: schoolYearOf(day), day, asOf: day })
  if ('refused' in bound) return []
  const statement = CompiledQuery.raw(
    `select unit, subject_id, found::text as found,
            concat_ws(' ', subject_id, field, to_jsonb(doubted) ->> 'filing_id', to_jsonb(doubted) ->> 'line') as thing
       from (${bound.text}) as doubted`,
    [...bound.values],
  )
  const { rows } = await tx.executeQuery<Doubtful>(statement)
  const byCounty = Map.groupBy(rows, ({ unit }) => unit)
  return [...names.counties].flatMap(([unitId, place]) => {
    const at = { rule: `check.${check.id}`, ruleZh: `《${form.zh}》${check.zh}`, unitId, place }
    const doubted = byCounty.get(unitId) ?? []
    return [
      {
        ...{ ...at, subject: place, subjectId: 'county' },
        ...{ verdict: String(doubted.length), words: `存疑 ${doubted.length} 处` },
      },
      ...doubted.map(({ subject_id: id, thing, found }) => ({
        ...{
          ...at,
          subject: nameOf(names, unitId, form.subject.each, id),
          subjectId: `doubt ${thing}`,
        },
        ...{ verdict: found, words: `存疑：${found}` },
      })),
    ]
  })
}

/** The first day of the latest period in which somebody has the form in hand; of a book by event, the day itself. */
async function spokenDay(tx: Tx, form: ReturnForm, asOf: string): Promise<string> {
  const { rows } = await sql<{ period: string }>`
    select distinct period from returns.filing where form_id = ${form.id}`.execute(tx)
  const inHand = new Set(rows.map(({ period }) => period))
  return periodsBegun(form, asOf).find(({ id }) => inHand.has(id))?.from ?? asOf
}
