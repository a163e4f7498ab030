import { sql } from 'kysely'
import { copyRows } from '../../../platform/db/copy-rows.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { SheetHeader } from '../../../platform/sheets/sheet.ts'
import type { Correction } from '../judge/judge-import.ts'
import type { Mapping } from '../judge/match-columns.ts'
import type { ImportKind } from '../tables/import-table.ts'
import type { Counts } from './decide.ts'

/** 待导入 — an uploaded file on its way; everything a page needs to go on after a reload. */
export interface PendingImport {
  readonly importId: string
  readonly kind: ImportKind
  readonly fileName: string
  readonly sha256: string
  readonly state: 'reading' | 'unreadable' | 'mapping' | 'judged' | 'confirmed'
  readonly jobId: string | null
  readonly sheet: SheetInfo | null
  readonly mapping: Mapping | null
  readonly counts: Counts | null
  readonly createdAt: string
}

/** 表的情况 — what a page must know of the sheet to let its columns be matched. */
export interface SheetInfo {
  readonly fileKind: 'xlsx' | 'csv'
  readonly name: string
  readonly encoding?: string
  readonly headerRow: number
  readonly headers: readonly SheetHeader[]
  readonly rows: number
  readonly otherSheets: readonly string[]
}

/** What waits here, and the files of what was confirmed, are kept for thirty days. */
export const keptDays = 30
/** Long enough to mend the rows that were left out; then the sheet and everything told of it go. */
export const keptDaysOfPersons = 7

/** 收下文件 — enters an upload for its owner and clears out what is too old. */
export async function keepUpload(
  tx: Tx,
  account: string,
  file: { kind: ImportKind; fileName: string; fileId: string; sha256: string },
): Promise<string> {
  await sql`delete from exchange.pending_import where created_at < now() - make_interval(days => ${keptDays})`.execute(
    tx,
  )
  const { rows } = await sql<{ importId: string }>`
    insert into exchange.pending_import (kind, account, file_name, file_id, sha256)
    values (${file.kind}, ${account}, ${file.fileName}, ${file.fileId}, ${file.sha256})
    returning import_id as "importId"`.execute(tx)
  return rows[0]!.importId
}

const columns =
  sql.raw(`import_id as "importId", kind, file_name as "fileName", sha256, state, job_id as "jobId",
  sheet, mapping, counts, created_at as "createdAt"`)

/** 查待导入 — one of this account's own. */
export async function findPending(
  tx: Tx,
  account: string,
  importId: string,
): Promise<PendingImport | undefined> {
  const { rows } = await sql<PendingImport>`
    select ${columns} from exchange.pending_import
     where import_id = ${importId} and account = ${account}`.execute(tx)
  return rows[0]
}

/** 我的导入 — the latest first. */
export async function listPending(tx: Tx, account: string): Promise<PendingImport[]> {
  const { rows } = await sql<PendingImport>`
    select ${columns} from exchange.pending_import where account = ${account}
     order by created_at desc limit 100`.execute(tx)
  return rows
}

/** 找文件 — where the content lies: in the file store, or here if it was uploaded before there was one. */
export async function findUpload(
  tx: Tx,
  account: string,
  importId: string,
): Promise<{ fileId: string | null; bytes: Buffer | null } | undefined> {
  const { rows } = await sql<{ fileId: string | null; bytes: Buffer | null }>`
    select file_id as "fileId", bytes from exchange.pending_import
     where import_id = ${importId} and account = ${account}`.execute(tx)
  return rows[0]
}

/** 记任务 — which job works on it now. */
export async function setJob(tx: Tx, importId: string, jobId: string): Promise<void> {
  await sql`update exchange.pending_import set job_id = ${jobId} where import_id = ${importId}`.execute(tx)
}

/** 记对应列 — chosen by its owner; the next reading uses it. */
export async function setMapping(tx: Tx, importId: string, mapping: Mapping): Promise<void> {
  await sql`update exchange.pending_import set mapping = ${JSON.stringify(mapping)}::jsonb, state = 'reading'
    where import_id = ${importId}`.execute(tx)
}

/** 记结果 — what reading and judging came to, in place of what an earlier round found; false when it was confirmed meanwhile. */
export async function saveOutcome(
  tx: Tx,
  importId: string,
  outcome: {
    state: PendingImport['state']
    sheet: SheetInfo | null
    headerSignature: string | null
    mapping: Mapping | null
    counts: Counts | null
    problems: readonly CellProblem[]
    corrections: readonly Correction[]
  },
): Promise<boolean> {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value))
  const { rows } = await sql`
    update exchange.pending_import set state = ${outcome.state}, sheet = ${json(outcome.sheet)}::jsonb,
      header_signature = ${outcome.headerSignature}, mapping = ${json(outcome.mapping)}::jsonb,
      counts = ${json(outcome.counts)}::jsonb
     where import_id = ${importId} and state <> 'confirmed' returning 1`.execute(tx)
  if (rows.length === 0) return false
  await sql`delete from exchange.finding where import_id = ${importId}`.execute(tx)
  await sql`delete from exchange.correction where import_id = ${importId}`.execute(tx)
  await copyRows(
    tx,
    'exchange.finding',
    ['import_id', 'serial', 'row', '"column"', 'path', 'severity', 'code', 'text'],
    outcome.problems.map((each, serial) => [
      importId,
      serial,
      each.row,
      each.column,
      each.path,
      each.severity,
      each.code,
      each.text,
    ]),
  )
  await copyRows(
    tx,
    'exchange.correction',
    ['import_id', 'serial', 'row', 'name', 'what', '"from"', '"to"'],
    outcome.corrections.map((each, serial) => [
      importId,
      serial,
      each.row,
      each.name,
      each.what,
      each.from,
      each.to,
    ]),
  )
  return true
}

/** 办结 — false when it was confirmed already, or is not judged: then nothing may be written from it. */
export async function confirmOnce(tx: Tx, importId: string): Promise<boolean> {
  const { rows } = await sql`
    update exchange.pending_import set state = 'confirmed'
     where import_id = ${importId} and state = 'judged' returning 1`.execute(tx)
  return rows.length === 1
}
