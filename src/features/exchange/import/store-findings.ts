import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { Correction } from '../judge/judge-import.ts'

/** 筛选 — one severity, one code, a page. */
export interface FindingFilter {
  readonly severity?: string | undefined
  readonly code?: string | undefined
  readonly offset: number
  readonly limit: number
}

/** 逐行结果 — a page of what was found, in the order of the file, and how many there are. */
export async function listFindings(
  tx: Tx,
  importId: string,
  { severity = '', code = '', offset, limit }: FindingFilter,
): Promise<{ total: number; problems: CellProblem[] }> {
  const which = sql`import_id = ${importId} and (${severity} = '' or severity = ${severity})
    and (${code} = '' or code = ${code})`
  const { rows: counted } = await sql<{ total: number }>`
    select count(*) as total from exchange.finding where ${which}`.execute(tx)
  const { rows } = await sql<CellProblem>`
    select path, code, text, severity, row, "column" from exchange.finding where ${which}
     order by serial offset ${offset} limit ${limit}`.execute(tx)
  return { total: counted[0]!.total, problems: rows }
}

/** 各类问题几处 — for the filter. */
export async function countFindings(
  tx: Tx,
  importId: string,
): Promise<{ code: string; severity: string; count: number }[]> {
  const { rows } = await sql<{ code: string; severity: string; count: number }>`
    select code, severity, count(*) as count from exchange.finding where import_id = ${importId}
     group by code, severity order by count desc, code`.execute(tx)
  return rows
}

/** 更正清单 — a page of figures that would change. */
export async function listCorrections(
  tx: Tx,
  importId: string,
  { offset, limit }: Pick<FindingFilter, 'offset' | 'limit'>,
): Promise<{ total: number; corrections: Correction[] }> {
  const { rows: counted } = await sql<{ total: number }>`
    select count(*) as total from exchange.correction where import_id = ${importId}`.execute(tx)
  const { rows } = await sql<Correction>`
    select row, name, what, "from", "to" from exchange.correction where import_id = ${importId}
     order by serial offset ${offset} limit ${limit}`.execute(tx)
  return { total: counted[0]!.total, corrections: rows }
}

/** 全部结果 — for the error workbook. */
export async function allFindings(tx: Tx, importId: string): Promise<CellProblem[]> {
  const { rows } = await sql<CellProblem>`
    select path, code, text, severity, row, "column" from exchange.finding
     where import_id = ${importId} order by serial`.execute(tx)
  return rows
}
