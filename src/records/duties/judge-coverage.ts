import { CompiledQuery, sql } from 'kysely'
import { schoolYearOf } from '../../kernel/school-year.ts'
import { type BoundStatement, bindPlanSql, type CoverageDuty, type Plan } from '../../plan/index.ts'
import type { Database } from '../../platform/db/open-database.ts'
import type { Scope } from '../../platform/db/scope.ts'
import { withoutCounties } from '../../platform/db/some-counties.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { readBooks } from '../indicators/read-books.ts'
import type { CountyCoverage, DutyJudgement, Gap, Remark } from './duty-judgement.ts'
import { type KeptCounts, keptKey, readKeptCounts } from './kept-counts.ts'

/** 判断要求 — whose counties, as of which day; all duties of the plan unless some are named, with their gaps unless only counts are wanted. */
export interface Judged extends Scope {
  readonly asOf: string
  readonly duties?: readonly CoverageDuty[]
  readonly countsOnly?: true
  /** From the books alone, as if nothing had been kept. */
  readonly anew?: true
}

/**
 * 判断覆盖 — every X of each duty on a day: how many have their Y, which have not and why, of which the books say nothing.
 *
 * One statement for a duty and reading over all counties, read-only and with a time limit; of bare counts, only over the
 * counties whose kept ones are not the books' any more. Who acts for some institutions only is judged over the whole
 * county, whose agreements he may not open, and shown his own.
 */
export function judgeCoverage(
  database: Database,
  plan: Plan,
  { duties = [...plan.coverage.values()], countsOnly, anew, ...scope }: Judged,
): Promise<DutyJudgement[]> {
  const judge = (within: Scope, only?: readonly string[]) =>
    readBooks(database, within, async (tx) => {
      const judged: DutyJudgement[] = []
      const kept = countsOnly && !anew && !only ? await readKeptCounts(tx, plan, duties) : nothingKept
      for (const duty of duties)
        for (const reading of duty.countedReadings ?? [undefined])
          judged.push(await judgeDuty(tx, plan, duty, { scope, reading, countsOnly, only, kept }))
      return judged
    })
  const { institutions, stages, shares, ...whole } = scope
  if (!institutions && !stages && !shares) return judge(scope)
  return readBooks(database, scope, listSeen).then((only) =>
    judge({ ...whole, wholeCounties: '是否覆盖要看全县的台账' }, only),
  )
}

interface Asked {
  readonly scope: Pick<Judged, 'asOf' | 'counties'>
  readonly reading: string | undefined
  readonly countsOnly: true | undefined
  /** Of the institutions, these alone. */
  readonly only: readonly string[] | undefined
  readonly kept: KeptCounts
}

const nothingKept: KeptCounts = { counties: new Set(), hidden: [], whole: false, counts: new Map() }

async function judgeDuty(
  tx: Tx,
  plan: Plan,
  duty: CoverageDuty,
  { scope: { asOf, counties }, reading, countsOnly, only, kept: all }: Asked,
): Promise<DutyJudgement> {
  const due = plan.items.get(duty.item)?.due
  const head = {
    duty,
    day: asOf,
    ...(reading !== undefined && { reading }),
    ...(due !== undefined && { due }),
  }
  const asked = { ...head, year: schoolYearOf(asOf), asOf }
  const bound = bindPlanSql(plan, duty.sql, asked)
  if ('refused' in bound) return { ...head, parameters: [], counties: [], ...bound }
  const statement = judging(duty, bound, {
    countsOnly,
    only: duty.subjectKind === 'institution' ? only : undefined,
  })
  const kept = duty.acrossCounties && !all.whole ? nothingKept : all
  const open = counties.filter((countyId) => !kept.counties.has(countyId))
  const rows =
    open.length === 0
      ? []
      : await withoutCounties(
          tx,
          kept.hidden,
          async () => (await tx.executeQuery<CountyCoverage>(statement)).rows,
        )
  const byCounty = new Map(rows.map((row) => [row.countyId, row]))
  const keptOf = (countyId: number) => {
    const counts = kept.counts.get(keptKey(duty, reading, countyId))
    // What the books do not say is kept as nothing.
    return { ...(duty.counts && counts?.total && { whole: null, part: null }), ...counts }
  }
  return {
    ...head,
    parameters: bound.parameters,
    counties: counties.map(
      (countyId) => byCounty.get(countyId) ?? { ...nothingOwed(countyId), ...keptOf(countyId) },
    ),
  }
}

/** Sums up in the database what a duty's statement says, so that of a great city only the gaps travel. */
function judging(duty: CoverageDuty, bound: BoundStatement, { countsOnly, only }: Partial<Asked>) {
  const counted = duty.counts ? ', sum(whole)::integer as whole, sum(part)::integer as part' : ''
  const list = (rows: string, columns: string) =>
    countsOnly
      ? "'[]'::jsonb"
      : `coalesce(jsonb_agg(jsonb_build_object('subjectId', subject_id::text, 'subject', subject, ${columns})
           order by subject, subject_id) filter (where ${rows}), '[]')`
  const notes = duty.notes ? list('covered and note is not null', "'note', note") : "'[]'::jsonb"
  const seen = only ? `where subject_id::text = any ($${bound.values.length + 1}::text[])` : ''
  return CompiledQuery.raw(
    `select unit as "countyId", count(*)::integer as total,
            count(*) filter (where covered)::integer as covered,
            count(*) filter (where not covered)::integer as uncovered,
            count(*) filter (where covered is null)::integer as unknown${counted},
            ${list('covered is not true', "'why', why, 'known', covered is not null")} as gaps,
            ${notes} as remarks
       from (${bound.text}) as judged ${seen} group by unit`,
    [...bound.values, ...(only ? [only] : [])],
  )
}

async function listSeen(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct institution_id::text as id from book.institution_dates`.execute(tx)
  return rows.map(({ id }) => id)
}

const none: readonly (Gap & Remark)[] = []

function nothingOwed(countyId: number): CountyCoverage {
  return { countyId, total: 0, covered: 0, uncovered: 0, unknown: 0, gaps: none, remarks: none }
}
