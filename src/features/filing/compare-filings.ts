import { CompiledQuery, sql } from 'kysely'
import type { Remark } from '../../engines/filing/judge-filing.ts'
import { bindPlanSql, type DataCheck, type Plan, type ReturnForm } from '../../plan/index.ts'
import type { Scope } from '../../platform/db/scope.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type Books, bookDay } from '../../records/books.ts'
import { findFiling } from '../../records/returns/find-filings.ts'
import { askedOn } from './form-checks.ts'
import { spokenDay } from './show-filing.ts'

/** No comparison may hold a clerk up for longer. */
const longest = '5s'

/** 比对所见 — a remark and of which subject it speaks. */
export interface Compared {
  readonly countyId: number
  readonly subjectId: number
  /** Of a book kept by event, which of the subject's entries; null speaks of whatever the subject files. */
  readonly filingId: number | null
  readonly remark: Remark
}

/**
 * 跨表核验 — what the checks written as SQL find of the filings of a form beside others of their county, other years and
 * other books.
 *
 * They see every institution of the county, whoever asks: a visitor is shown only what they say of his own filing.
 */
export async function compareFilings(
  { db, plan, site }: Pick<Books, 'db' | 'plan' | 'site'>,
  form: ReturnForm,
  day: string,
  counties: readonly number[],
): Promise<Compared[]> {
  const checks = [...plan.checks.values()].filter(
    (check) => check.form === form.id && check.sql !== undefined,
  )
  if (checks.length === 0) return []
  const scope = { counties, asOf: bookDay(site), wholeCounties: '与本县其他单位的填报相比' }
  return db.transaction(scope, async (tx) => {
    // Within a request that writes later: its end takes both settings back.
    await sql`savepoint comparing`.execute(tx)
    await sql`set transaction read only`.execute(tx)
    await sql`set local statement_timeout = ${sql.lit(longest)}`.execute(tx)
    const compared: Compared[] = []
    for (const check of checks) compared.push(...(await compare(tx, plan, check, day)))
    await sql`rollback to savepoint comparing`.execute(tx)
    return compared
  })
}

/** 按编号跨表核验 — of one filing in somebody's sight; nothing where it is not. */
export async function compareFilingOf(
  books: Pick<Books, 'db' | 'plan' | 'site'>,
  scope: Scope,
  filingId: number,
): Promise<Remark[]> {
  if (![...books.plan.checks.values()].some((check) => check.sql !== undefined)) return []
  const found = await books.db.transaction(scope, (tx) => findFiling(tx, filingId))
  if (!found) return []
  const { form, filing } = found
  const day = spokenDay(form, filing, bookDay(books.site))
  const compared = await compareFilings(books, form, day, [filing.countyId])
  return compared
    .filter((each) => each.subjectId === filing.subjectId && (each.filingId ?? filingId) === filingId)
    .map(({ remark }) => remark)
}

async function compare(tx: Tx, plan: Plan, check: DataCheck, day: string): Promise<Compared[]> {
  const bound = bindPlanSql(plan, check.sql ?? '', askedOn(day))
  // A rule whose parameter is not in force accuses nobody.
  if ('refused' in bound) return []
  const { rows } = await tx.executeQuery<{
    countyId: number
    subjectId: number
    filingId: number | null
    line: number
    field: string
    found: string
  }>(
    CompiledQuery.raw(
      `select unit as "countyId", subject_id as "subjectId", field, found::text as found,
              coalesce((to_jsonb(doubted) ->> 'line')::integer, 0) as line,
              (to_jsonb(doubted) ->> 'filing_id')::bigint as "filingId"
         from (${bound.text}) as doubted order by unit, subject_id, "filingId", line, field, found`,
      [...bound.values],
    ),
  )
  return rows.map(({ countyId, subjectId, filingId, line, field, found }) => ({
    countyId,
    subjectId,
    filingId,
    remark: {
      severity: check.severity,
      check: check.id,
      line,
      fields: [field],
      found,
      says: `${line > 0 ? `第 ${line} 行` : ''}${check.zh}（${found}）—${check.why}—${check.mend}`,
    },
  }))
}
