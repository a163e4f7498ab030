import { createHash } from 'node:crypto'
import { granted, type Result, refused } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { Report } from '../../../platform/jobs/jobs.ts'
import { announce } from '../../../platform/webhooks/announce.ts'
import { type Books, bookDay } from '../../../records/books.ts'
import { beginWriting } from '../../../records/registry/begin-writing.ts'
import { recordAct } from '../../../records/registry/record-act.ts'
import type { Mapping } from '../judge/match-columns.ts'
import { importTables } from '../tables/all-tables.ts'
import { countsOf } from './counts.ts'
import { dataLimits } from './data-limits.ts'
import { cannotConfirm, type Decision } from './decide.ts'
import { type Importer, judgingScope } from './importer.ts'
import { type ImportFile, type Judged, judgeFile, judgingProgress, type ReadFile } from './judge-file.ts'
import { kindOf } from './kinds.ts'
import { confirmOnce } from './store-pending.ts'
import { nextReceiptNumber, type Receipt, saveReceipt } from './store-receipts.ts'

/** 待写入 — a file read and mapped, and the decision on it. */
export interface Application {
  readonly importId?: string
  readonly file: ImportFile
  readonly read: ReadFile
  readonly mapping: Mapping
  readonly decision: Decision
  readonly today: string
}

/**
 * 导入写入 — judges once more against the books as they are now, and writes all of it in one transaction.
 *
 * The books of the counties concerned are locked before the last judging, so nothing can come between.
 * Whatever goes wrong, nothing is left behind. `written` is called last in that transaction.
 */
export async function applyImport(
  books: Books,
  importer: Importer,
  application: Application,
  report: Report,
  signal?: AbortSignal,
  written: (tx: Tx, receipt: Receipt) => Promise<void> = async () => {},
): Promise<Result<Receipt>> {
  const limits = dataLimits(books.plan, bookDay(books.site))
  if (!limits.ok) return limits
  const { file, read, mapping } = application
  return books.db.transaction(judgingScope(importer, bookDay(books.site)), async (tx) => {
    const source = { kind: file.kind, read, mapping, limits: limits.value }
    const progress = judgingProgress(report, signal)
    const first = await judgeFile(tx, books, importer, source, progress)
    await beginWriting(tx, countiesOf(first))
    const judged = await judgeFile(tx, books, importer, source, progress)
    if (!judged) throw new Error(`file ${file.fileName} was judged without a sheet: check the caller`)
    const no = cannotConfirm(countsOf(judged.judgement), application.decision, {
      today: application.today,
      bookDay: judged.known.today,
    })
    if (no) return { ok: false, refusal: no }
    if (application.importId && !(await confirmOnce(tx, application.importId))) return notJudged()
    report(0, 1, '写入台账')
    const receipt = await write(tx, books, importer, application, judged)
    signal?.throwIfAborted()
    await announce(tx, 'import.confirmed', { receiptNumber: receipt.receiptNumber, kind: file.kind })
    await written(tx, receipt)
    return granted(receipt)
  })
}

/** In whose books something changes: also where only a figure that follows from the rows does (row 0). */
function countiesOf(judged: Judged | undefined): number[] {
  if (!judged) return []
  const { entries, corrections } = judged.judgement
  const followUps = corrections.some(({ row }) => row === 0)
  const written = entries.filter(({ action }) => followUps || action !== 'same')
  return [...new Set(written.map(({ entry }) => entry.countyId))]
}

async function write(
  tx: Tx,
  books: Books,
  importer: Importer,
  application: Application,
  judged: Judged,
): Promise<Receipt> {
  const { file, decision } = application
  const { judgement, known } = judged
  const receiptNumber = await nextReceiptNumber(tx, application.today)
  const sha256 = fileDigest(file.bytes)
  const acts: Receipt['acts'][number][] = []
  const effectiveOn = effectiveDay(decision, known.today)
  const recordedBy = importer.name
  for (const countyId of countiesOf(judged)) {
    const own = judgement.entries.filter(({ entry }) => entry.countyId === countyId)
    const actId = await recordAct(tx, {
      countyId,
      kind: 'import',
      docNumber: decision.docNumber.trim(),
      decidedOn: decision.decidedOn,
      effectiveOn,
      recordedBy,
      note: noteOf(application),
      detail: { receipt: receiptNumber, kind: file.kind, file: file.fileName, sha256, rows: own.length },
    })
    await kindOf(file.kind).write(tx, { countyId, actId, effectiveOn, recordedBy }, own, known, books)
    acts.push({ countyId, actId })
  }
  const receipt: Receipt = {
    receiptNumber,
    importId: application.importId ?? null,
    kind: file.kind,
    account: importer.account,
    accountName: importer.name,
    docNumber: decision.docNumber.trim(),
    decidedOn: decision.decidedOn,
    effectiveOn,
    onlyGood: decision.onlyGood,
    reason: decision.reason?.trim() || null,
    fileName: file.fileName,
    sha256,
    ...countedRows(countsOf(judgement)),
    rejectedRows: judgement.rejectedRows,
    acts,
  }
  return saveReceipt(tx, receipt)
}

function countedRows({ rows, fresh, corrected, same }: ReturnType<typeof countsOf>) {
  return { rows, rowsNew: fresh, rowsCorrected: corrected, rowsSame: same }
}

/** The document's day unless another is given; never after the day the books stand at. */
function effectiveDay({ effectiveOn, decidedOn }: Decision, day: string): string {
  return effectiveOn ?? (decidedOn < day ? decidedOn : day)
}

function noteOf({ file, decision }: Application): string {
  const reason = decision.reason?.trim() ? `；存疑说明：${decision.reason.trim()}` : ''
  return `导入${importTables[file.kind].name}：${file.fileName}${reason}`
}

/** 未核对 — the file is still being judged, or was confirmed before. */
export function notJudged() {
  return refused({
    code: 'exchange.not-judged',
    text: '这次导入还没有核对完，或已经办结—同一份文件不能确认两次—请刷新页面看它现在的状态。',
  })
}

/** 文件校验值 — SHA-256 of the file as received. */
export function fileDigest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
