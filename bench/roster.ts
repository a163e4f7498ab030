import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { booksOf } from '../src/app/open-site.ts'
import { buildCity } from '../src/demo/build-city.ts'
import { loadCity } from '../src/demo/load-city.ts'
import { applyImport } from '../src/features/exchange/import/apply-import.ts'
import { dataLimits } from '../src/features/exchange/import/data-limits.ts'
import { judgeFile, judgingProgress, readFile } from '../src/features/exchange/import/judge-file.ts'
import { chinaDay } from '../src/kernel/china-moment.ts'
import { writeWorkbook } from '../src/platform/sheets/write-workbook.ts'
import { type Books, bookDay } from '../src/records/books.ts'
import { checkDigit } from '../src/records/people/identity/resident-id.ts'
import { type RosterField, rosterHeaders } from '../src/records/people/roster.ts'
import { writeSite } from '../src/records/registry/site.ts'
import { databaseForTests } from '../test/house/database-for-tests.ts'

const pupils = 100_000

/** 名册基准测试 — a hundred thousand pupils of one county with their guardians: read, judged and written; then judged again against the book that holds them. */
export async function benchRoster(): Promise<void> {
  const database = await databaseForTests()
  const folder = mkdtempSync(join(tmpdir(), 'kuoyou-roster-'))
  try {
    const city = buildCity({ size: 'city', seed: 20_240_822 })
    await loadCity(database.db, city)
    await writeSite(database.db.pool, {
      cityId: city.cityId,
      planLayer: 'pingdingshan',
      synthetic: true,
      size: 'city',
    })
    const books = (await booksOf({ db: database.db }, folder)) as Books
    await measure(books)
  } finally {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(books: Books): Promise<void> {
  const { countyId, schools } = await largestCounty(books)
  const bytes = await rosterOf(schools)
  const importer = { account: 'bench', name: '基准测试', role: 'county-bureau', counties: [countyId] }
  const file = { kind: 'pupils' as const, fileName: '名册.xlsx', bytes }
  process.stdout.write(`${pupils} 行，${(bytes.length / 1024 / 1024).toFixed(1)} MB；`)
  const read = await timed('读取', () => readFile(file, () => {}))
  const limits = dataLimits(books.plan, bookDay(books.site))
  if (!limits.ok) throw new Error(limits.refusal.text)
  const source = { kind: file.kind, read, mapping: read.suggested, limits: limits.value }
  const judge = () =>
    books.db.transaction({ counties: [countyId], asOf: bookDay(books.site) }, (tx) =>
      judgeFile(
        tx,
        books,
        importer,
        source,
        judgingProgress(() => {}),
      ),
    )
  const fresh = await timed('核对（都是新生）', judge)
  const decision = {
    docNumber: '测〔1〕号',
    decidedOn: chinaDay(new Date()),
    onlyGood: false,
    acceptCorrections: false,
  }
  const application = { file, read, mapping: read.suggested, decision, today: chinaDay(new Date()) }
  const written = await timed('写入（含再次核对两遍）', () =>
    applyImport(books, importer, application, () => {}),
  )
  if (!written.ok) throw new Error(written.refusal.text)
  const same = await timed('再核对（都已在册）', judge)
  const acted = (judged: typeof same, action: string) =>
    judged?.judgement.entries.filter((entry) => entry.action === action).length
  process.stdout.write(
    `新增 ${acted(fresh, 'new')}，写入 ${written.value.rowsNew}，再核对相同 ${acted(same, 'same')}；内存最高 ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`,
  )
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  const value = await work()
  process.stdout.write(`${what} ${((performance.now() - began) / 1000).toFixed(1)} 秒；`)
  return value
}

interface School {
  readonly code: string
  readonly name: string
}

async function largestCounty(books: Books): Promise<{ countyId: number; schools: School[] }> {
  const { rows: counties } = await books.db.pool.query<{ id: number }>(
    `select county_id as id from registry.institution where kind = 'primary-school' group by 1 order by count(*) desc limit 1`,
  )
  const countyId = counties[0]!.id
  return books.db.transaction({ counties: [countyId], asOf: bookDay(books.site) }, async (tx) => {
    const { rows } = await sql<School>`
      select code, name from book.institution where kind = 'primary-school' and stages = array['primary']`.execute(
      tx,
    )
    return { countyId, schools: rows }
  })
}

function rosterOf(schools: readonly School[]): Promise<Buffer> {
  const fields = Object.keys(rosterHeaders) as RosterField[]
  const rows = Array.from({ length: pupils }, (_, index) => {
    const school = schools[index % schools.length]!
    const values: Partial<Record<RosterField, string | number>> = {
      pupilName: `测${String.fromCodePoint(0x4e00 + (index % 20_000))}`,
      documentKind: '居民身份证',
      document: numberOf(2018, index),
      phone: `100${String(index).padStart(8, '0')}`,
      address: `合成数据路${index}号`,
      ...school,
      grade: '一年级',
      classNo: (index % 20) + 1,
      guardianName: `测${String.fromCodePoint(0x5000 + (index % 20_000))}`,
      relation: '母亲',
      guardianDocumentKind: '居民身份证',
      guardianDocument: numberOf(1988, index),
      guardianPhone: `100${String(index).padStart(8, '0')}`,
    }
    return fields.map((field) => values[field])
  })
  const columns = fields.map((field) => ({
    header: rosterHeaders[field],
    kind: field === 'classNo' ? ('integer' as const) : ('text' as const),
  }))
  return writeWorkbook([{ name: '学生名册', columns, rows }])
}

/** Numbers no region has: six digits of a place that is none, a day of the year, three of a serial. */
function numberOf(year: number, index: number): string {
  const day = new Date(Date.UTC(year, 0, 1 + (index % 365))).toISOString().slice(0, 10).replaceAll('-', '')
  const at = Math.floor(index / 365)
  const first = `99${String(1000 + Math.floor(at / 1000)).padStart(4, '0')}${day}${String(at % 1000).padStart(3, '0')}`
  return `${first}${checkDigit(first)}`
}
