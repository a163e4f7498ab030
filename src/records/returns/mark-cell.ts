import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type Filing, institutionOf } from './filing.ts'

/** 待核标记 — who asks about a cell and why, and who answered what; `null` while nobody has. */
export interface CellMark {
  readonly markId: number
  readonly line: number
  readonly field: string
  readonly why: string
  readonly markedBy: string
  readonly markedAt: string
  readonly resolution: string | null
  readonly resolvedBy: string | null
  readonly resolvedAt: string | null
}

const columns =
  sql.raw(`mark_id as "markId", line, field, why, marked_by as "markedBy", marked_at as "markedAt",
  resolution, resolved_by as "resolvedBy", resolved_at as "resolvedAt"`)

/** 标记待核 — asks about one cell of a filing. */
export async function markCell(
  tx: Tx,
  filing: Filing,
  { line, field, why, markedBy }: Pick<CellMark, 'line' | 'field' | 'why' | 'markedBy'>,
): Promise<CellMark> {
  const { rows } = await sql<CellMark>`
    insert into returns.mark (county_id, filing_id, institution_id, line, field, why, marked_by)
    values (${filing.countyId}, ${filing.filingId}, ${institutionOf(filing)}, ${line}, ${field}, ${why}, ${markedBy})
    returning ${columns}`.execute(tx)
  return rows[0]!
}

/** 核结 — answers a mark; undefined when it is not of this filing or was answered before. */
export async function resolveMark(
  tx: Tx,
  { countyId, filingId }: Filing,
  markId: number,
  { resolution, resolvedBy }: { readonly resolution: string; readonly resolvedBy: string },
): Promise<CellMark | undefined> {
  const { rows } = await sql<CellMark>`
    update returns.mark set resolution = ${resolution}, resolved_by = ${resolvedBy}, resolved_at = now()
     where county_id = ${countyId} and filing_id = ${filingId} and mark_id = ${markId} and resolution is null
    returning ${columns}`.execute(tx)
  return rows[0]
}

/** 未核结的待核 — every mark without answer on the filings of a form and period in sight, the latest first; at a moment, if asked. */
export async function listOpenMarks(
  tx: Tx,
  formId: string,
  period: string,
  moment?: string,
): Promise<(CellMark & { readonly filingId: number })[]> {
  const { rows } = await sql<CellMark & { filingId: number }>`
    select filing_id as "filingId", ${columns} from returns.mark
      join returns.filing using (county_id, filing_id)
     where form_id = ${formId} and period = ${period} and ${marksOpen(moment)} order by mark_id desc`.execute(
    tx,
  )
  return rows
}

/** 待核未结 — as a condition on a mark: nobody has answered it, or nobody had at a moment. */
export function marksOpen(moment?: string): RawBuilder<boolean> {
  return moment === undefined
    ? sql`resolution is null`
    : sql`(marked_at <= ${moment}::timestamptz and coalesce(resolved_at > ${moment}::timestamptz, true))`
}

/** 查待核标记 — every mark of a filing, the latest first. */
export async function listMarks(tx: Tx, { countyId, filingId }: Filing): Promise<CellMark[]> {
  const { rows } = await sql<CellMark>`
    select ${columns} from returns.mark where county_id = ${countyId} and filing_id = ${filingId}
     order by mark_id desc`.execute(tx)
  return rows
}
