import { type RawBuilder, sql } from 'kysely'
import type { ReturnForm } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { filingsAt } from './filings-at.ts'
import { subjectsOn } from './list-subjects.ts'
import type { ReturnPeriod } from './return-period.ts'

/** 报送计数 — how many owe a form in a period, have handed it in, have it back, approved, and are late. */
export interface FilingCount {
  readonly due: number
  readonly submitted: number
  readonly returned: number
  readonly approved: number
  readonly late: number
}

/** 一表一期 — one form in one of its periods. */
export interface FormTurn {
  readonly form: ReturnForm
  readonly period: ReturnPeriod
}

/**
 * 报送情况 — the counts of every given form and period, in their order, by one statement; as they stood at a
 * moment, if asked.
 *
 * Forms of the same subjects and day share the reading of the registry.
 */
export async function countFilings(
  tx: Tx,
  turns: readonly FormTurn[],
  today: string,
  moment?: string,
): Promise<FilingCount[]> {
  if (turns.length === 0) return []
  const sets = new Map<string, { name: string; part: RawBuilder<unknown> }>()
  const setOf = ({ form, period }: FormTurn) => {
    const key = JSON.stringify([form.subject, period.from])
    const known = sets.get(key) ?? { name: `s${sets.size}`, part: subjectsOn(form.subject, period.from) }
    sets.set(key, known)
    return known.name
  }
  const counts = turns.map((turn, at) => countOf(turn, at, { set: setOf(turn), today, moment }))
  const named = [...sets.values()].map(({ name, part }) => sql`${sql.id(name)} as materialized (${part})`)
  const { rows } = await sql<FilingCount & { at: number }>`
    with ${sql.join(named)} ${sql.join(counts, sql` union all `)} order by at`.execute(tx)
  return rows.map(({ at: _, ...count }) => count)
}

function countOf(
  { form, period }: FormTurn,
  at: number,
  { set, today, moment }: { set: string; today: string; moment: string | undefined },
): RawBuilder<unknown> {
  return sql`
    select ${at}::integer as at, count(*)::integer as due, count(first_submitted_at)::integer as submitted,
           (count(*) filter (where phase = 'returned'))::integer as returned,
           (count(*) filter (where phase = 'approved'))::integer as approved,
           (count(*) filter (where coalesce(first_submitted_at::date, ${today}::date)
                                     > coalesce(due_on, ${period.dueOn}::date)))::integer as late
      from ${sql.id(set)} as s
      left join ${filingsAt(moment)} on filing.county_id = s."countyId" and filing.form_id = ${form.id}
       and filing.period = ${period.id} and filing.subject_kind = s.kind and filing.subject_id = s.id`
}
