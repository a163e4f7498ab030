import { Fault } from '../../../kernel/fault.ts'
import { granted, type Refusal, type Result } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { enqueue } from '../../../platform/jobs/enqueue.ts'
import type { Work } from '../../../platform/jobs/job-kind.ts'
import { type Books, bookDay, booksJob } from '../../../records/books.ts'
import { headerSignature, judgeMapping, type Mapping } from '../judge/match-columns.ts'
import { importTables } from '../tables/all-tables.ts'
import { applyImport, notJudged } from './apply-import.ts'
import { countsOf } from './counts.ts'
import { dataLimits } from './data-limits.ts'
import type { Decision } from './decide.ts'
import { type Importer, judgingScope } from './importer.ts'
import { judgeOnRecord, judgingProgress, type ReadFile, readFile } from './judge-file.ts'
import { findMapping, saveMapping } from './store-mappings.ts'
import { findPending, type PendingImport, saveOutcome, setJob } from './store-pending.ts'
import { uploadedBytes } from './uploaded-bytes.ts'

/** 任务结果 — what the page is told when a job is over. */
export interface ImportJobResult {
  readonly importId: string
  readonly state: PendingImport['state']
  readonly refusal?: Refusal
  readonly receiptNumber?: string
}

interface JudgingInput {
  readonly importId: string
  readonly importer: Importer
}

interface ApplyingInput extends JudgingInput {
  readonly decision: Decision
  /** The day the clerk confirmed: a job that waits past midnight keeps it. */
  readonly today: string
}

/** 核对任务 — reads, matches columns and judges every row; what was found and the job's end are one transaction. */
export const judging = booksJob<JudgingInput>({ kind: 'exchange.judge', run: judge })

/** 写入任务 — judges once more and writes; the books' entries, the receipt and the job's end are one transaction. */
export const applying = booksJob<ApplyingInput>({ kind: 'exchange.apply', run: apply })

/** 开始核对 — in the caller's transaction; returns the job's id. */
export async function startJudging(tx: Tx, importer: Importer, pending: Named): Promise<string> {
  const jobId = await enqueue(tx, judging, {
    title: `核对 ${pending.fileName}`,
    owner: importer.account,
    input: { importId: pending.importId, importer: onlyImporter(importer) },
  })
  await setJob(tx, pending.importId, jobId)
  return jobId
}

/** 开始写入 — in the caller's transaction; returns the job's id. */
export async function startApplying(
  tx: Tx,
  importer: Importer,
  pending: Named,
  confirmed: { readonly decision: Decision; readonly today: string },
): Promise<string> {
  const jobId = await enqueue(tx, applying, {
    title: `导入 ${pending.fileName}`,
    owner: importer.account,
    input: { importId: pending.importId, importer: onlyImporter(importer), ...confirmed },
  })
  await setJob(tx, pending.importId, jobId)
  return jobId
}

type Named = Pick<PendingImport, 'importId' | 'fileName'>

/** What the queue keeps of a visitor. */
function onlyImporter({ account, name, role, counties, institutions, stages, shares }: Importer): Importer {
  return {
    account,
    name,
    role,
    counties,
    ...(institutions && { institutions }),
    ...(stages && { stages }),
    ...(shares && { shares }),
  }
}

/** The tables of this room belong to no county. */
const ownTransaction: <T>(books: Books, work: Parameters<typeof books.db.transaction<T>>[1]) => Promise<T> = (
  books,
  work,
) => books.db.transaction({ counties: [] }, work)

async function judge(work: Work<JudgingInput, Books>): Promise<Result<ImportJobResult>> {
  const { context: books, report, signal } = work
  const { importId, importer } = work.input
  const limits = dataLimits(books.plan, bookDay(books.site))
  if (!limits.ok) return granted({ importId, state: 'reading', refusal: limits.refusal })
  const opened = await openPending(work)
  if (!opened.ok) return opened
  const { pending, read } = opened.value
  const mapping = await mappingFor(books, importer, pending, read)
  const source = { kind: pending.kind, read, mapping, limits: limits.value }
  const outcome = await books.db.transaction(judgingScope(importer, bookDay(books.site)), (tx) =>
    judgeOnRecord(tx, books, importer, source, judgingProgress(report, signal)),
  )
  const result = { importId, state: stateAfter(pending, read, mapping) }
  return ownTransaction(books, async (tx) => {
    const saved = await saveOutcome(tx, importId, {
      state: result.state,
      sheet: sheetInfo(read),
      headerSignature: read.sheet ? headerSignature(read.sheet.headers) : null,
      mapping: read.sheet ? mapping : null,
      counts: outcome ? countsOf(outcome.judgement) : null,
      problems: outcome?.judgement.problems ?? read.problems,
      corrections: outcome?.judgement.corrections ?? [],
    })
    if (!saved) return notJudged()
    await work.finish(tx, result)
    return granted(result)
  })
}

async function openPending({
  context: books,
  input: { importId, importer },
  report,
  signal,
}: Work<JudgingInput, Books>): Promise<Result<{ pending: PendingImport; bytes: Buffer; read: ReadFile }>> {
  const pending = await ownTransaction(books, (tx) => findPending(tx, importer.account, importId))
  if (!pending) return notJudged()
  const bytes = await uploadedBytes(books, importer.account, importId)
  if (!bytes.ok) return bytes
  const { kind, fileName } = pending
  const read = await readFile({ kind, fileName, bytes: bytes.value }, report, signal)
  return granted({ pending, bytes: bytes.value, read })
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

async function apply(work: Work<ApplyingInput, Books>): Promise<Result<ImportJobResult>> {
  const { context: books, report, signal } = work
  const { importId, importer, decision, today } = work.input
  const opened = await openPending(work)
  if (!opened.ok) return opened
  const { bytes, read } = opened.value
  const { kind, fileName, mapping } = opened.value.pending
  if (!mapping) throw new Fault(`import ${importId} is confirmed without a mapping: see judge() before`)
  const application = { importId, file: { kind, fileName, bytes }, read, mapping, decision, today }
  const confirmed = (receiptNumber: string) => ({ importId, state: 'confirmed' as const, receiptNumber })
  const done = await applyImport(books, importer, application, report, signal, (tx, receipt) =>
    work.finish(tx, confirmed(receipt.receiptNumber)),
  )
  if (!done.ok) return granted({ importId, state: 'judged', refusal: done.refusal })
  return granted(confirmed(done.value.receiptNumber))
}
