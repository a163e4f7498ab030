import { type RawBuilder, sql } from 'kysely'
import type { Answer, FiledAnswers } from '../../kernel/filed-answers.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Filing } from './filing.ts'

/** 填报单元格 — what stands in one cell, who wrote it and where it came from. */
export interface AnswerCell {
  readonly line: number
  readonly field: string
  readonly value: Answer
  readonly origin: 'hand' | 'before' | 'book'
  readonly writtenBy: string
  readonly writtenAt: string
}

/** 取填报值 — every written cell of a filing; as they stood at a moment, if asked. */
export async function readAnswers(
  tx: Tx,
  { countyId, filingId }: Filing,
  moment?: string,
): Promise<AnswerCell[]> {
  const own = sql`county_id = ${countyId} and filing_id = ${filingId}`
  const cells = moment === undefined ? sql`select * from returns.answer where ${own}` : cellsAt(own, moment)
  const { rows } = await sql<AnswerCell>`
    select line, field, value, origin, written_by as "writtenBy", written_at as "writtenAt"
      from (${cells}) as cell where value is not null order by line, field`.execute(tx)
  return rows
}

/**
 * 彼时的填报值 — what each cell of these filings became last by a moment, null where it was emptied. Where a value came
 * from is known of now only: of a past moment each counts as written by hand.
 */
export function cellsAt(filings: RawBuilder<unknown>, moment: string): RawBuilder<unknown> {
  return sql`
    select distinct on (filing_id, line, field)
           filing_id, line, field, became as value, 'hand' as origin, changed_by as written_by, changed_at as written_at
      from returns.answer_change join returns.filing using (county_id, filing_id)
     where ${filings} and changed_at <= ${moment}::timestamptz
     order by filing_id, line, field, change_id desc`
}

/** 归拢填报值 — cells as the answers asked once and those of each line. */
export function gatherAnswers(cells: readonly Pick<AnswerCell, 'line' | 'field' | 'value'>[]): FiledAnswers {
  const byLine = Map.groupBy(cells, ({ line }) => line)
  const answers = (of: readonly { field: string; value: Answer }[] = []) =>
    Object.fromEntries(of.map(({ field, value }) => [field, value]))
  return {
    once: answers(byLine.get(0)),
    lines: [...byLine.entries()]
      .filter(([line]) => line > 0)
      .sort(([one], [other]) => one - other)
      .map(([line, of]) => ({ line, answers: answers(of) })),
  }
}

/** 上次通过值 — what this filing said when it was last approved; absent when it never was. */
export async function readApproved(
  tx: Tx,
  { countyId, filingId }: Filing,
): Promise<FiledAnswers | undefined> {
  const { rows } = await sql<EnteredLine>`
    select line, answers from book.filed_dates
     where county_id = ${countyId} and filing_id = ${filingId} order by line`.execute(tx)
  return rows.length > 0 ? entered(rows) : undefined
}

interface EnteredLine {
  readonly line: number
  readonly answers: FiledAnswers['once']
}

/** 归拢入账值 — the lines of one entered filing as its answers. */
export function entered(rows: readonly EnteredLine[]): FiledAnswers {
  return {
    once: rows.find(({ line }) => line === 0)?.answers ?? {},
    lines: rows.filter(({ line }) => line > 0).map(({ line, answers }) => ({ line, answers })),
  }
}

/** 单元格沿革 — every change of one cell, the latest first. */
export interface AnswerChange {
  readonly was: Answer | null
  readonly became: Answer | null
  readonly changedBy: string
  readonly changedAt: string
}

/** 查单元格沿革 — who changed one cell from what to what, and when. */
export async function listChanges(
  tx: Tx,
  { countyId, filingId }: Filing,
  line: number,
  field: string,
): Promise<AnswerChange[]> {
  const { rows } = await sql<AnswerChange>`
    select was, became, changed_by as "changedBy", changed_at as "changedAt" from returns.answer_change
     where county_id = ${countyId} and filing_id = ${filingId} and line = ${line} and field = ${field}
     order by change_id desc`.execute(tx)
  return rows
}
