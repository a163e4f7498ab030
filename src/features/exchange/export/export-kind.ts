import { sql } from 'kysely'
import { granted, type Result, refused } from '../../../kernel/result.ts'
import { schoolYearOf } from '../../../kernel/school-year.ts'
import type { Visitor } from '../../../platform/access/visitor.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { Books } from '../../../records/books.ts'
import type { ImportKind } from '../tables/import-table.ts'
import { type ExportFile, type ExportFormat, exportFile } from './export-file.ts'
import { type ExportKind, isExportKind, readRowsToExport } from './read-rows-to-export.ts'

/** 导出要求 — what to take out, of which county (all in scope when absent), as the books stood on a day. */
export interface ExportWish<K extends ImportKind = ExportKind> {
  readonly kind: K
  readonly county?: number | undefined
  readonly asOf: string
  readonly schoolYear?: number | undefined
  readonly format: ExportFormat
}

/** 导出 — reads what the visitor may see, writes the file and records that it was taken out. */
export async function exportKind(
  books: Books,
  visitor: Pick<Visitor, 'account' | 'counties'>,
  wish: ExportWish<ImportKind>,
): Promise<Result<ExportFile>> {
  const { kind } = wish
  if (!isExportKind(kind)) return personsByListOnly
  const counties = wish.county ? [wish.county] : visitor.counties
  const { rows, place } = await books.db.transaction({ counties, asOf: wish.asOf }, async (tx) => ({
    rows: await readRowsToExport(tx, kind, {
      schoolYear: wish.schoolYear ?? schoolYearOf(wish.asOf),
    }),
    place: await placeName(tx, counties, books.site.cityName),
  }))
  const { asOf, format, county } = wish
  const file = await exportFile({ kind, place, asOf, synthetic: books.site.synthetic }, rows, format)
  if (!file.ok) return file
  const { name, sha256 } = file.value
  const record = { account: visitor.account, kind, countyId: county ?? null, asOf, format, fileName: name }
  await books.db.transaction({ counties: [] }, (tx) =>
    saveExportRecord(tx, { ...record, rows: rows.length, sha256 }),
  )
  return granted(file.value)
}

/** 名册另行导出 — with a reason and, from a hundred pupils on, a second person. */
export const personsByListOnly = refused({
  code: 'exchange.persons-by-list',
  text: '学生名册不在这里导出—名单里是孩子的个人信息，要写明理由，人数多的还要第二个人审批—请到“学生信息”申请导出名单，获批的名单就是这份模板。',
})

/** 地名 — the county's, or the city's where several are meant. */
export async function placeName(tx: Tx, counties: readonly number[], cityName: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select name from registry.county where county_id = any(${[...counties]}::integer[])`.execute(tx)
  return rows.length === 1 ? rows[0]!.name : cityName
}

/** 导出记录 — who took out what. */
export interface ExportEntry {
  readonly account: string
  readonly kind: ExportKind
  readonly countyId: number | null
  readonly asOf: string
  readonly format: string
  readonly fileName: string
  readonly rows: number
  readonly sha256: string
}

/** 记导出. */
export async function saveExportRecord(tx: Tx, entry: ExportEntry): Promise<void> {
  await sql`
    insert into exchange.export_record (account, kind, county_id, as_of, format, file_name, rows, sha256)
    values (${entry.account}, ${entry.kind}, ${entry.countyId}, ${entry.asOf}, ${entry.format},
      ${entry.fileName}, ${entry.rows}, ${entry.sha256})`.execute(tx)
}

/** 我的导出 — the latest first. */
export async function listExportRecords(
  tx: Tx,
  account: string,
): Promise<(ExportEntry & { exportId: string; exportedAt: string })[]> {
  const { rows } = await sql<ExportEntry & { exportId: string; exportedAt: string }>`
    select export_id as "exportId", account, kind, county_id as "countyId", as_of as "asOf", format,
           file_name as "fileName", rows, sha256, exported_at as "exportedAt"
      from exchange.export_record where account = ${account} order by exported_at desc limit 100`.execute(tx)
  return rows
}
