import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { databaseForTests, type TestDatabase } from '../../test/house/database-for-tests.ts'
import { readBirths } from '../records/registry/reads/read-births.ts'
import { readEnrolmentPanel } from '../records/registry/reads/read-enrolment-panel.ts'
import { buildCity } from './build-city.ts'
import { loadCity } from './load-city.ts'
import { multiplyCity } from './multiply-city.ts'

const city = buildCity({ size: 'hamlet', seed: 20240822 })
const counties = [410403, 410422]
const copies = [900101, 900102]
let database: TestDatabase
const progress: number[] = []

before(async () => {
  database = await databaseForTests()
  await loadCity(database.db, city, (done) => progress.push(done))
  await multiplyCity(database.db.pool, 2)
})
after(() => database.close())

async function ask<Row>(query: string, scope: { counties?: number[]; asOf?: string } = {}): Promise<Row[]> {
  const { counties: seen = counties, asOf = '2024-09-30' } = scope
  const answer = await database.db.transaction({ counties: seen, asOf }, (tx) =>
    sql<Row>`${sql.raw(query)}`.execute(tx),
  )
  return answer.rows
}

const count = async (query: string, scope?: { counties?: number[]; asOf?: string }) =>
  (await ask<{ count: number }>(`select count(*) as count from ${query}`, scope))[0]!.count

test('the books hold what was generated', async () => {
  const rows = city.counties.flatMap(({ acts }) => acts)
  const generated = (
    kind: 'enrolment' | 'schoolClasses' | 'pupilFlows' | 'staffCounts' | 'births' | 'population',
  ) => rows.reduce((sum, entries) => sum + entries[kind].length, 0)
  assert.equal(await count('registry.enrolment'), generated('enrolment'))
  assert.equal(await count('registry.school_class'), generated('schoolClasses'))
  assert.equal(await count('registry.pupil_flow'), generated('pupilFlows'))
  assert.equal(await count('registry.staff_count'), generated('staffCounts'))
  assert.equal(await count('registry.birth'), generated('births'))
  assert.equal(await count('registry.population'), generated('population'))
})

test('the book views answer as of a day', async () => {
  assert.equal(await count('book.institution', { asOf: '2021-09-01' }), 39)
  const pupils = (asOf: string) =>
    ask<{ pupils: number }>(
      "select sum(pupils) as pupils from book.enrolment where school_year = 2021 and grade like 'P%'",
      { asOf },
    )
  assert.deepEqual(await pupils('2021-09-01'), [{ pupils: 4798 }])
  assert.deepEqual(await pupils('2021-08-31'), [{ pupils: null }])
})

test('of several releases of births the one of the day counts', async () => {
  const births = async (asOf: string) =>
    (
      await ask<{ births: number }>('select births from book.birth where unit_id = 410422 and year = 2016', {
        asOf,
      })
    )[0]!.births
  assert.ok((await births('2018-01-01')) < (await births('2022-01-01')))
})

test('a pupil’s way up the trees: institution, village, township, county, city', async () => {
  const up = "join book.unit_link %2 on %2.tree = 'administrative' and %2.child_id = %1"
  const step = (from: string, alias: string) => up.replaceAll('%1', from).replaceAll('%2', alias)
  const [row] = await ask<{ count: number; city: number }>(
    `select count(*) as count, min(c.parent_id) as city from book.institution i
       ${step('i.unit_id', 'v')} ${step('v.parent_id', 't')} ${step('t.parent_id', 'c')} where c.parent_id = 410400`,
    { asOf: '2021-09-01' },
  )
  assert.deepEqual(row, { count: 39, city: 410400 })
})

test('the panel of a county counts every pupil once, merged schools with their heirs', async () => {
  const panel = await database.db.transaction({ counties, asOf: '2024-09-30' }, (tx) =>
    readEnrolmentPanel(tx, { unitKind: 'county' }),
  )
  const primary = (year: number) =>
    panel
      .filter(({ grade, schoolYear }) => schoolYear === year && grade.startsWith('P'))
      .reduce((sum, { pupils }) => sum + pupils, 0)
  assert.equal(primary(2021), 4798)
  const filed = city.counties.flatMap(({ acts }) => acts.flatMap(({ enrolment }) => enrolment))
  const in2016 = filed.filter(({ grade, schoolYear }) => schoolYear === 2016 && grade.startsWith('P'))
  assert.equal(
    primary(2016),
    in2016.reduce((sum, { pupils }) => sum + pupils, 0),
  )
})

test('where only the county gave births, its villages have none and the county has its own', async () => {
  const read = (kind: 'county' | 'village') =>
    database.db.transaction({ counties: [410422], asOf: '2024-09-30' }, (tx) => readBirths(tx, kind))
  const in2023 = (rows: Awaited<ReturnType<typeof read>>) => rows.filter(({ year }) => year === 2023)
  assert.deepEqual(
    in2023(await read('county')).map(({ origin }) => origin),
    ['stated'],
  )
  assert.deepEqual(in2023(await read('village')), [])
})

test('every act has its number and says the data are generated', async () => {
  const acts = await ask<{ doc_number: string; note: string }>('select doc_number, note from registry.act')
  assert.ok(
    acts.every(
      ({ doc_number, note }) => /^合成〔\d{4}〕\d+号$/.test(doc_number) && note.startsWith('合成数据'),
    ),
  )
})

test('the doubtful filing stands under an act that says so', async () => {
  const { institutionId, schoolYear } = city.doubtful
  const [act] = await ask<{ note: string }>(
    `select act.note from registry.pupil_flow flow join registry.act using (county_id, act_id)
      where institution_id = ${institutionId} and school_year = ${schoolYear}`,
  )
  assert.match(act!.note, /存疑/)
})

test('copies stand beside the counties under their own codes, and a county sees its own', async () => {
  assert.equal(await count('book.institution', { counties: copies, asOf: '2021-09-01' }), 39)
  assert.equal(await count('book.institution where county_id >= 900000'), 0)
  const { rows } = await database.db.pool.query('select county_id from registry.county order by 1')
  assert.deepEqual(
    rows.map((row) => row.county_id),
    [410400, ...counties, ...copies],
  )
})

test('a copy says of its own villages and schools what its county says of its, and nothing of the original is left in it', async () => {
  const asOf = '2021-09-01'
  const [own, copy] = [{ counties: [counties[1]!] }, { counties: [copies[1]!] }]
  const schools = `book.institution join book.unit using (county_id, unit_id)
    where parent_institution_id is null or parent_institution_id in (select institution_id from book.institution)`
  for (const book of [
    schools,
    'book.enrolment',
    'book.unit_link_dates',
    'registry.population',
    'registry.act',
  ])
    assert.equal(await count(book, { ...copy, asOf }), await count(book, { ...own, asOf }), book)
  const rows = await ask<{ row: string }>(
    'select (unit::jsonb)::text as row from (select to_jsonb(u) as unit from registry.unit u) t union all select to_jsonb(i)::text from registry.institution i',
    copy,
  )
  assert.doesNotMatch(rows.map(({ row }) => row).join(), /: "?(1000000|2000000|2000)?410422/)
  const codes = await ask<{ twice: number }>(
    'select count(*) - count(distinct (code, institution_id)) as twice from registry.institution where upper_inf(valid)',
    { counties: [...counties, ...copies] },
  )
  assert.equal(codes[0]!.twice, 0)
})

test('progress reaches its end', () => {
  assert.equal(progress.at(-1), 2)
})
