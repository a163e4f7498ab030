import { Fault } from '../../../kernel/fault.ts'
import type { Refusal, Result } from '../../../kernel/result.ts'
import type { Report } from '../../../platform/jobs/jobs.ts'
import { type Books, bookDay } from '../../../records/books.ts'
import { headerSignature, judgeMapping, type Mapping } from '../judge/match-columns.ts'
import { importTables } from '../tables/all-tables.ts'
import { applyImport } from './apply-import.ts'
import { countsOf } from './counts.ts'
import { dataLimits } from './data-limits.ts'
import type { Decision } from './decide.ts'
import { type Importer, judgingScope } from './importer.ts'
import { judgeFile, judgingProgress, type ReadFile, readFile } from './judge-file.ts'
import { findMapping, saveMapping } from './store-mappings.ts'
import { type PendingImport, readUpload, saveOutcome, setJob } from './store-pending.ts'
import { today } from './today.ts'

/** 任务结果 — what the page is told when a job is over. */
export interface ImportJobResult {
  readonly importId: string
  readonly state: PendingImport['state']
  readonly refusal?: Refusal
  readonly receiptNumber?: string
}

/** 开始核对 — reads, matches columns and judges every row as a job; returns its id. */
export async function startJudging(
  books: Books,
  importer: Importer,
  pending: PendingImport,
): Promise<string> {
  const title = `核对 ${pending.fileName}`
  const jobId = await books.jobs.start(
    { kind: 'exchange.judge', title, owner: importer.account },
    (report, signal) => judge(books, importer, pending, report, signal),
  )
  await ownTransaction(books, (tx) => setJob(tx, pending.importId, jobId))
  return jobId
}

/** 开始写入 — writes what was judged, as a job; returns its id. */
export async function startApplying(
  books: Books,
  importer: Importer,
  pending: PendingImport,
  decision: Decision,
): Promise<string> {
  const title = `导入 ${pending.fileName}`
  const jobId = await books.jobs.start(
    { kind: 'exchange.apply', title, owner: importer.account },
    (report, signal) => apply(books, importer, pending, decision, report, signal),
  )
  await ownTransaction(books, (tx) => setJob(tx, pending.importId, jobId))
  return jobId
}

/** The tables of this room belong to no county. */
const ownTransaction: <T>(books: Books, work: Parameters<typeof books.db.transaction<T>>[1]) => Promise<T> = (
  books,
  work,
) => books.db.transaction({ counties: [] }, work)

async function judge(
  books: Books,
  importer: Importer,
  pending: PendingImport,
  report: Report,
  signal: AbortSignal,
): Promise<ImportJobResult> {
  const limits = dataLimits(books.plan, bookDay(books.site))
  if (!limits.ok) return { importId: pending.importId, state: 'reading', refusal: limits.refusal }
  const read = await readPending(books, pending, report, signal)
  const mapping = await mappingFor(books, importer, pending, read)
  const outcome = await books.db.transaction(judgingScope(importer, bookDay(books.site)), (tx) =>
    judgeFile(
      tx,
      books,
      importer,
      { kind: pending.kind, read, mapping, limits: limits.value },
      judgingProgress(report, signal),
    ),
  )
  const state = stateAfter(pending, read, mapping)
  await ownTransaction(books, (tx) =>
    saveOutcome(tx, pending.importId, {
      state,
      sheet: sheetInfo(read),
      headerSignature: read.sheet ? headerSignature(read.sheet.headers) : null,
      mapping: read.sheet ? mapping : null,
      counts: outcome ? countsOf(outcome.judgement) : null,
      problems: outcome?.judgement.problems ?? read.problems,
      corrections: outcome?.judgement.corrections ?? [],
    }),
  )
  return { importId: pending.importId, state }
}

async function readPending(
  books: Books,
  { importId, kind, fileName }: PendingImport,
  report: Report,
  signal: AbortSignal,
): Promise<ReadFile> {
  const bytes = await ownTransaction(books, (tx) => readUpload(tx, importId))
  return readFile({ kind, fileName, bytes }, report, signal)
}

/** What was chosen for this file; else what the same header was matched to before; else what its words say. */
async function mappingFor(
  books: Books,
  importer: Importer,
  pending: PendingImport,
  read: ReadFile,
): Promise<Mapping> {
  const { sheet } = read
  if (!sheet) return {}
  const signature = headerSignature(sheet.headers)
  return ownTransaction(books, async (tx) => {
    if (pending.mapping) await saveMapping(tx, importer.account, pending.kind, signature, pending.mapping)
    return (
      pending.mapping ?? (await findMapping(tx, importer.account, pending.kind, signature)) ?? read.suggested
    )
  })
}

function stateAfter(pending: PendingImport, { sheet }: ReadFile, mapping: Mapping): PendingImport['state'] {
  if (!sheet) return 'unreadable'
  return judgeMapping(importTables[pending.kind], sheet, mapping).length > 0 ? 'mapping' : 'judged'
}

function sheetInfo({ sheet }: ReadFile) {
  if (!sheet) return null
  const { rows, ...info } = sheet
  return { ...info, rows: rows.length }
}

async function apply(
  books: Books,
  importer: Importer,
  pending: PendingImport,
  decision: Decision,
  report: Report,
  signal: AbortSignal,
): Promise<ImportJobResult> {
  const { importId, kind, fileName, mapping } = pending
  if (!mapping) throw new Fault(`import ${importId} is confirmed without a mapping: see judge() before`)
  const bytes = await ownTransaction(books, (tx) => readUpload(tx, importId))
  const file = { kind, fileName, bytes }
  const read = await readFile(file, report, signal)
  const application = { importId, file, read, mapping, decision, today: today() }
  const done: Result<{ receiptNumber: string }> = await applyImport(
    books,
    importer,
    application,
    report,
    signal,
  )
  if (!done.ok) return { importId, state: 'judged', refusal: done.refusal }
  return { importId, state: 'confirmed', receiptNumber: done.value.receiptNumber }
}
