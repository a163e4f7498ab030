import { booksOf } from '../src/app/open-site.ts'
import { buildCity } from '../src/demo/build-city.ts'
import { loadCity } from '../src/demo/load-city.ts'
import { exportFile } from '../src/features/exchange/export/export-file.ts'
import { type ExportKind, readRowsToExport } from '../src/features/exchange/export/read-rows-to-export.ts'
import type { FieldValues } from '../src/features/exchange/export/written-columns.ts'
import { applyImport } from '../src/features/exchange/import/apply-import.ts'
import { dataLimits } from '../src/features/exchange/import/data-limits.ts'
import { judgeFile, judgingProgress, readFile } from '../src/features/exchange/import/judge-file.ts'
import type { ImportKind } from '../src/features/exchange/tables/import-table.ts'
import { chinaDay } from '../src/kernel/china-moment.ts'
import { schoolYearOf } from '../src/kernel/school-year.ts'
import { type Books, bookDay } from '../src/records/books.ts'
import { writeSite } from '../src/records/registry/site.ts'
import { databaseForTests } from '../test/house/database-for-tests.ts'

const rowsPerFile = 20_000

/** 导入基准测试 — 20,000 rows as a clerk waits for them: read and judged, then confirmed and written. */
export async function benchImport(): Promise<void> {
  const database = await databaseForTests()
  try {
    const books = await demonstrationCity(database.db)
    const pupils = await pupilsOfTwoYears(books)
    await measure(books, '在校生 20,000 行，全部是更正', 'enrolment-by-grade', pupils.map(oneMoreBoy))
    const births = await rowsOf(books, 'births', 0)
    const published = births.slice(0, rowsPerFile).map((row) => ({ ...row, vintage: bookDay(books.site) }))
    await measure(books, '出生 20,000 行，全部是新数', 'births', published)
  } finally {
    await database.close()
  }
}

async function demonstrationCity(db: Books['db']): Promise<Books> {
  const city = buildCity({ size: 'city', seed: 20_240_822 })
  await loadCity(db, city)
  await writeSite(db.pool, { cityId: city.cityId, planLayer: 'pingdingshan', synthetic: true, size: 'city' })
  return (await booksOf({ db })) as Books
}

async function countiesOf(books: Books): Promise<number[]> {
  const { rows } = await books.db.pool.query<{ id: number }>('select county_id as id from registry.county')
  return rows.map(({ id }) => id)
}

async function rowsOf(books: Books, kind: ExportKind, schoolYear: number): Promise<FieldValues[]> {
  const scope = { counties: await countiesOf(books), asOf: bookDay(books.site) }
  return books.db.transaction(scope, (tx) => readRowsToExport(tx, kind, { schoolYear }))
}

async function pupilsOfTwoYears(books: Books): Promise<FieldValues[]> {
  const year = schoolYearOf(bookDay(books.site))
  const both = [year, year - 1].map((each) => rowsOf(books, 'enrolment-by-grade', each))
  return (await Promise.all(both)).flat().slice(0, rowsPerFile)
}

function oneMoreBoy(row: FieldValues): FieldValues {
  const { boys, pupils, largestClass } = row as Record<string, number>
  return { ...row, boys: boys! + 1, pupils: pupils! + 1, largestClass: largestClass! + 1 }
}

async function measure(
  books: Books,
  name: string,
  kind: ImportKind,
  values: readonly FieldValues[],
): Promise<void> {
  const asOf = bookDay(books.site)
  const written = await exportFile({ kind, place: '全市', asOf, synthetic: true }, values, 'xlsx')
  const limits = dataLimits(books.plan, asOf)
  if (!written.ok || !limits.ok) throw new Error('the bench cannot begin: see the refusal')
  const file = { kind, fileName: 'bench.xlsx', bytes: written.value.content }
  const importer = {
    account: 'bench',
    name: '基准测试',
    role: 'administrator',
    counties: await countiesOf(books),
  }
  const started = performance.now()
  const read = await readFile(file, () => {})
  const readMs = performance.now() - started
  const source = { kind, read, mapping: read.suggested, limits: limits.value }
  const judged = await books.db.transaction({ counties: importer.counties, asOf }, (tx) =>
    judgeFile(
      tx,
      books,
      importer,
      source,
      judgingProgress(() => {}),
    ),
  )
  const judgedMs = performance.now() - started
  const decision = {
    docNumber: '基准〔1〕号',
    decidedOn: asOf,
    onlyGood: true,
    acceptCorrections: true,
    reason: '基准测试',
  }
  const application = { file, read, mapping: read.suggested, decision, today: chinaDay(new Date()) }
  const done = await applyImport(books, importer, application, () => {})
  const totalMs = performance.now() - started
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} 秒`
  const outcome = done.ok
    ? `新增 ${done.value.rowsNew}，更正 ${done.value.rowsCorrected}，未导入 ${done.value.rejectedRows.length}`
    : done.refusal.text
  process.stdout.write(
    `${name}（合成数据，${(file.bytes.length / 1e6).toFixed(1)} MB）：读表 ${seconds(readMs)}，核对到逐行结果 ${seconds(judgedMs)}（每秒 ${Math.round((1000 * values.length) / judgedMs)} 行），确认写入再 ${seconds(totalMs - judgedMs)}；共 ${seconds(totalMs)}，限 15 秒。问题 ${judged?.judgement.problems.length} 处；${outcome}\n`,
  )
}
