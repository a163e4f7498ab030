import { type RawBuilder, sql } from 'kysely'
import type { ApprovalLevel } from '../../kernel/approval-level.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { underCentre } from './approval-path.ts'
import { filingsAt } from './filings-at.ts'
import { actedBelow, doneBy, type Person } from './hands-acted.ts'

/** 待审情况 — of one form and period: how many lie at a level, and since when the longest. */
export interface Waiting {
  readonly formId: string
  readonly period: string
  readonly count: number
  readonly since: string
}

/** 审核人 — who looks at filings at a level, and in which counties. */
export interface Looking {
  readonly level: ApprovalLevel
  readonly by: { readonly account: string; readonly name: string; readonly counties: readonly number[] }
}

/** 列待审 — what waits for somebody's look at a level, by form and period, the longest waiting first. */
export async function listWaiting(tx: Tx, looking: Looking): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select form_id as "formId", period, count(*)::integer as count, min(first_submitted_at) as since
      from returns.filing where ${waitsFor(looking)}
     group by form_id, period order by since, form_id, period`.execute(tx)
  return rows
}

/** 待审单号 — the same of one form, filing by filing; of one period, or of all; at a moment, if asked. */
export async function waitingFilings(
  tx: Tx,
  looking: Looking,
  { formId, period }: { readonly formId: string; readonly period: string | undefined },
  moment?: string,
): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ id: number }>`
    select filing_id as id from ${filingsAt(moment)}
     where form_id = ${formId} and ${period === undefined ? sql`true` : sql`period = ${period}`}
       and ${waitsFor(looking)}`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}

/**
 * Not what they had a part in below that level (回避). What still lies with a township centre that the school has no more
 * waits for its county, which stands in for it.
 */
function waitsFor({ level, by }: Looking): RawBuilder<boolean> {
  const standsIn =
    level === 'county'
      ? sql`or at_level = 'township-centre' and not ${underCentre(sql`filing.county_id`, sql`filing.institution_id`)}`
      : sql``
  return sql`filing.county_id = any (${by.counties}::integer[]) and (at_level = ${level} ${standsIn})
    and not ${actedBelow(by)}`
}

/** 被退回 — a filing that lies with the one who fills it, and why. */
export interface Returned {
  readonly filingId: number
  readonly formId: string
  readonly period: string
  readonly dueOn: string | null
  readonly reason: string | null
}

/** 列被退回 — filings about these kinds of subjects in sight that were given back, the latest first. */
export async function listReturned(
  tx: Tx,
  forms: readonly string[],
  limit: number,
): Promise<{ total: number; first: Returned[] }> {
  const { rows } = await sql<Returned & { total: number }>`
    select filing.filing_id as "filingId", form_id as "formId", period, due_on as "dueOn", step.reason,
           (count(*) over ())::integer as total
      from returns.filing
      join returns.step using (county_id, filing_id, revision)
     where phase = 'returned' and form_id = any (${forms}::text[])
     order by step.done_at desc, filing.filing_id limit ${limit}`.execute(tx)
  return { total: rows[0]?.total ?? 0, first: rows.map(({ total: _, ...row }) => row) }
}

/** 近日办理 — one step of somebody's, and all steps of a kind in sight. */
export interface RecentSteps {
  readonly own: readonly { readonly formId: string; readonly act: string; readonly at: string }[]
  readonly counts: Readonly<Record<string, number>>
}

/** 列近日办理 — steps of these last days: those done by this person, and how many of each kind in all. */
export async function listRecentSteps(tx: Tx, by: Person, days: number): Promise<RecentSteps> {
  const since = sql`now() - make_interval(days => ${days})`
  const own = await sql<RecentSteps['own'][number]>`
    select filing.form_id as "formId", step.act, step.done_at as at
      from returns.step join returns.filing using (county_id, filing_id)
     where step.done_at > ${since} and ${doneBy('done_by', by)} order by step.done_at desc limit 20`.execute(
    tx,
  )
  const counts = await sql<{ act: string; count: number }>`
    select act, count(*)::integer as count from returns.step where done_at > ${since} group by act`.execute(
    tx,
  )
  return { own: own.rows, counts: Object.fromEntries(counts.rows.map(({ act, count }) => [act, count])) }
}
