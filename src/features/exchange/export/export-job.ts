import { sql } from 'kysely'
import { granted, type Result } from '../../../kernel/result.ts'
import { schoolYearOf } from '../../../kernel/school-year.ts'
import type { Visitor } from '../../../platform/access/visitor.ts'
import type { JobKind, Work } from '../../../platform/jobs/job-kind.ts'
import type { JobFile } from '../../../platform/jobs/jobs.ts'
import { type Books, booksJob } from '../../../records/books.ts'
import { type ExportFile, exportFile, rowsInOneFile } from './export-file.ts'
import { type ExportWish, placeName, saveExportRecord } from './export-kind.ts'
import { readRowsToExport } from './read-rows-to-export.ts'
import type { FieldValues } from './written-columns.ts'

/** 导出人 — whose counties are read; what else limits them limits the job's database. */
type Exporter = Pick<Visitor, 'account' | 'counties'>

interface ExportInput {
  readonly exporter: Exporter
  readonly wish: ExportWish
}

/** The books are read at one moment, however often the work is begun; files already written are kept. */
interface Reached {
  readonly knownAt: string
  readonly files: readonly (JobFile & { readonly rows: number; readonly sha256: string })[]
}

/** How long the files of an export wait to be fetched: as long as the job that tells of them. */
const keptDays = 30

/** 导出任务 — every row of a kind; more than one sheet can hold go into several files, none is left out. */
export const exporting = exportingInFilesOf(rowsInOneFile)

export function exportingInFilesOf(rowsPerFile: number): JobKind<ExportInput, Books> {
  return booksJob<ExportInput>({ kind: 'exchange.export', run: (work) => exportAll(work, rowsPerFile) })
}

async function exportAll(work: Work<ExportInput, Books>, rowsPerFile: number): Promise<Result<unknown>> {
  const { context: books, input, report, signal } = work
  let reached = (work.reached as Reached | undefined) ?? { knownAt: await clock(books), files: [] }
  await work.checkpoint(reached)
  report(0, 1, '读取台账')
  const { rows, place } = await readRows(books, input, reached.knownAt)
  const parts = Math.max(1, Math.ceil(rows.length / rowsPerFile))
  for (let part = reached.files.length; part < parts; part++) {
    signal.throwIfAborted()
    report(part, parts, `写第 ${part + 1} 份，共 ${parts} 份`)
    const slice = rows.slice(part * rowsPerFile, (part + 1) * rowsPerFile)
    const { kind, asOf, format } = input.wish
    const note = { kind, place, asOf, synthetic: books.site.synthetic }
    const told = parts > 1 ? { ...note, part: { number: part + 1, of: parts, all: rows.length } } : note
    const made = await exportFile(told, slice, format)
    if (!made.ok) return made
    const kept = await keep(books, input, made.value)
    if (!kept.ok) return kept
    reached = { ...reached, files: [...reached.files, kept.value] }
    await work.checkpoint(reached)
  }
  const result = { rows: rows.length, sha256: reached.files.map(({ sha256 }) => sha256) }
  await books.db.transaction({ counties: [] }, async (tx) => {
    for (const file of reached.files)
      await saveExportRecord(tx, { ...recordOf(input), ...file, fileName: file.name })
    await work.finish(
      tx,
      result,
      reached.files.map(({ fileId, name, bytes }) => ({ fileId, name, bytes })),
    )
  })
  return granted(result)
}

async function clock(books: Books): Promise<string> {
  const { rows } = await books.db.transaction({ counties: [] }, (tx) =>
    sql<{ moment: string }>`select clock_timestamp() as moment`.execute(tx),
  )
  return rows[0]!.moment
}

function readRows(
  books: Books,
  { exporter, wish }: ExportInput,
  knownAt: string,
): Promise<{ rows: FieldValues[]; place: string }> {
  const counties = wish.county ? [wish.county] : exporter.counties
  return books.db.transaction({ counties, asOf: wish.asOf, knownAt }, async (tx) => ({
    rows: await readRowsToExport(tx, wish.kind, { schoolYear: wish.schoolYear ?? schoolYearOf(wish.asOf) }),
    place: await placeName(tx, counties, books.site.cityName),
  }))
}

async function keep(
  books: Books,
  { exporter, wish }: ExportInput,
  { name, type, content, rows, sha256 }: ExportFile,
): Promise<Result<Reached['files'][number]>> {
  const written = await books.files.write({
    bytes: content,
    name,
    mediaType: type,
    owner: exporter.account,
    countyId: wish.county,
    purpose: 'exchange.export',
    keptDays,
    ownMaking: true,
  })
  if (!written.ok) return written
  const fileId = await books.files.enter(books.db.pool, written.value)
  return granted({ fileId, name, bytes: content.length, rows, sha256 })
}

function recordOf({ exporter, wish }: ExportInput) {
  const { kind, county, asOf, format } = wish
  return { account: exporter.account, kind, countyId: county ?? null, asOf, format }
}
