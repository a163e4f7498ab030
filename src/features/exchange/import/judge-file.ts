import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { Report } from '../../../platform/jobs/jobs.ts'
import { readInThread } from '../../../platform/sheets/read-in-thread.ts'
import type { WantedTable } from '../../../platform/sheets/read-sheet.ts'
import type { SheetReading } from '../../../platform/sheets/sheet.ts'
import type { Books } from '../../../records/books.ts'
import { recordAccess } from '../../../records/people/record-access.ts'
import { type Judgement, type Judging, judgeImport } from '../judge/judge-import.ts'
import type { DataLimits, KnownBooks } from '../judge/known-books.ts'
import { type Mapping, matchColumns } from '../judge/match-columns.ts'
import { importTables } from '../tables/all-tables.ts'
import type { ImportKind } from '../tables/import-table.ts'
import type { Importer } from './importer.ts'
import { kindOf } from './kinds.ts'
import { loadKnown } from './load-known.ts'
import { withoutPersons } from './without-persons.ts'

/** 导入文件 — what was uploaded, or read from disk by the command line. */
export interface ImportFile {
  readonly kind: ImportKind
  readonly fileName: string
  readonly bytes: Buffer
}

/** 读好的文件 — its table, and how its columns are understood unless told otherwise. */
export interface ReadFile extends SheetReading {
  readonly suggested: Mapping
}

/** 读文件 — in a thread of its own; aborting ends the thread. */
export async function readFile(file: ImportFile, report: Report, signal?: AbortSignal): Promise<ReadFile> {
  report(0, 1, '读取文件')
  const reading = await readInThread(file.bytes, wantedTable(file.kind, file.fileName), report, signal)
  const table = importTables[file.kind]
  const suggested = reading.sheet ? matchColumns(table, reading.sheet.headers) : {}
  return { ...(table.personal ? withoutPersons(reading, suggested) : reading), suggested }
}

/** 要找的表 — the header words by which this kind's table is found in a file. */
export function wantedTable(kind: ImportKind, fileName: string): WantedTable {
  const headers = importTables[kind].columns.flatMap((column) => [column.header, ...column.synonyms])
  return { fileName, headers }
}

export interface Judged {
  readonly judgement: Judgement<{ countyId: number }>
  readonly known: KnownBooks
}

/** 判定一个文件 — inside a transaction, so that what is judged against is what is written into. */
export async function judgeFile(
  tx: Tx,
  books: Pick<Books, 'site' | 'vault'>,
  importer: Importer,
  source: { kind: ImportKind; read: ReadFile; mapping: Mapping; limits: DataLimits },
  onProgress: Judging,
): Promise<Judged | undefined> {
  const { kind, read, mapping, limits } = source
  if (!read.sheet) return undefined
  const known = await loadKnown(tx, {
    kind,
    sheet: read.sheet,
    mapping,
    limits,
    site: books.site,
    vault: books.vault,
    onProgress,
    filer: importer,
  })
  const given = { sheet: read.sheet, mapping, found: read.problems }
  return { judgement: await judgeImport(kindOf(kind).rules, given, known, onProgress), known }
}

/**
 * 判定并留痕 — for who reads what was found: everyone of the roster who stands in the book may ask who compared it.
 *
 * Judging once more while writing shows nothing, and so is no look.
 */
export async function judgeOnRecord(
  tx: Tx,
  books: Pick<Books, 'site' | 'vault'>,
  importer: Importer,
  source: { kind: ImportKind; read: ReadFile; mapping: Mapping; limits: DataLimits },
  onProgress: Judging,
): Promise<Judged | undefined> {
  const judged = await judgeFile(tx, books, importer, source, onProgress)
  const seen = Map.groupBy(judged?.known.people.values() ?? [], ({ countyId }) => countyId)
  for (const [countyId, people] of seen) {
    const personIds = people.map(({ personId }) => personId)
    await recordAccess(tx, importer, { countyId, personIds, act: 'compare' })
  }
  return judged
}

/** 逐行进度 — tells rows and rows per second, lets others have the thread, stops when asked to. */
export function judgingProgress(report: Report, signal?: AbortSignal): Judging {
  const started = performance.now()
  return async (done, total) => {
    const seconds = (performance.now() - started) / 1000
    const rate = done > 0 ? `，每秒 ${Math.round(done / Math.max(seconds, 0.001))} 行` : ''
    report(done, total, `逐行核对 ${done} / ${total} 行${rate}`)
    await new Promise((resolve) => setImmediate(resolve))
    signal?.throwIfAborted()
  }
}
