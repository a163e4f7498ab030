import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CompiledQuery, sql } from 'kysely'
import { bindPlanSql, withOwnValues } from '../../src/plan/index.ts'
import type { Tx } from '../../src/platform/db/transaction-client.ts'
import { type ServedHamlet, servedHamlet } from '../routes/served-hamlet.ts'

let hamlet: ServedHamlet
let counties: number[]
const day = '2024-09-01'

before(async () => {
  hamlet = await servedHamlet([])
  counties = (await hamlet.owner.query('select county_id as id from registry.county')).rows.map(
    ({ id }) => id,
  )
})
after(() => hamlet.close())

interface Answered {
  readonly columns: readonly string[]
  // biome-ignore lint/suspicious/noExplicitAny: the statements of the plan answer what they like
  readonly rows: readonly any[]
}

/** What no paper says and the city has to enter before the statement can be run. */
const entered = {
  key: 'senior-public-share.watch-line',
  value: 0.6,
  from: '2006-09-01',
  status: 'own',
  document: '测试',
} as const

/** What a statement of the plan answers on a day, for all counties, as rooms run it. */
async function answered(statement: string, on = day, reading?: string): Promise<Answered> {
  const asked = { year: Number(on.slice(0, 4)), day: on, asOf: on, ...(reading && { reading }) }
  const bound = bindPlanSql(withOwnValues(hamlet.books.plan, [entered]), statement, asked)
  assert.ok('text' in bound, JSON.stringify(bound))
  return hamlet.books.db.transaction({ counties, asOf: on }, async (tx: Tx) => {
    await sql`set transaction read only`.execute(tx)
    const { rows } = await tx.executeQuery(CompiledQuery.raw(bound.text, [...bound.values]))
    return { columns: rows[0] ? Object.keys(rows[0] as object) : [], rows }
  })
}

test('every fact that forms may show is told once for each of its subjects', async () => {
  const { known } = hamlet.books.plan
  assert.ok(known.size > 0)
  for (const datum of known.values()) {
    const { columns, rows } = await answered(datum.sql)
    if (datum.line && rows.length === 0) continue
    assert.deepEqual(columns, ['unit', 'subject', 'value'], datum.id)
    assert.equal(new Set(rows.map(({ unit, subject }) => `${unit} ${subject}`)).size, rows.length, datum.id)
    if (datum.line) continue
    assert.ok(
      rows.some(({ value }) => typeof value === 'string' || value > 0),
      datum.id,
    )
  }
})

test('every list that the lines of forms begin with tells its rows apart, and says them under the lines’ own names', async () => {
  const { known, forms } = hamlet.books.plan
  const lists = [...known.values()].filter(({ line }) => line)
  assert.ok(lists.length > 0)
  for (const { id, line = [], sql: statement } of lists) {
    const form = [...forms.values()].find(({ lines }) => lines?.shows === id)
    assert.ok(form, `${id} is shown by no form`)
    const names = new Set(form.lines!.fields.map((field) => field.id))
    const all = (await answered(statement)).rows.flatMap(({ value }) => (value === null ? [] : [value]))
    // nobody has entered a plan of expansion here: that list is read where somebody has
    assert.ok(all.length > 0 || id === 'county.expanding-schools', id)
    for (const rows of all) {
      const keys = rows.map((row: Record<string, unknown>) => line.map((name) => row[name]).join(' '))
      assert.equal(new Set(keys).size, keys.length, id)
      for (const row of rows)
        assert.deepEqual(
          Object.keys(row).filter((name) => !names.has(name)),
          [],
          id,
        )
    }
  }
})

test('every duty of coverage names each of its subjects once, and why one is not covered', async () => {
  const { coverage } = hamlet.books.plan
  assert.ok(coverage.size > 0)
  for (const duty of coverage.values())
    for (const reading of duty.countedReadings ?? [undefined]) {
      const { columns, rows } = await answered(duty.sql, day, reading)
      const more = [...(duty.notes ? ['note'] : []), ...(duty.counts ? ['whole', 'part'] : [])]
      if (rows.length > 0)
        assert.deepEqual(columns, ['unit', 'subject_id', 'subject', 'covered', 'why', ...more], duty.id)
      assert.equal(new Set(rows.map((row) => `${row.unit} ${row.subject_id}`)).size, rows.length, duty.id)
      for (const { covered, why } of rows) assert.equal(covered === true, why === null, duty.id)
    }
})

test('a rural school is covered while its agreement with a school in town runs, and named from the day it has ended', async () => {
  const duty = hamlet.books.plan.coverage.get('rural-school-helped')!
  const of = async (on: string, school: number) =>
    (await answered(duty.sql, on)).rows.find((row) => row.subject_id === school)
  const rural = (await answered(duty.sql)).rows[0]
  assert.equal(rural.why, '没有登记与城镇学校的帮扶协议')
  const helper = async (area: string) =>
    (
      await hamlet.owner.query(
        `select institution_id::float8 as id from registry.institution
          where urban_rural like $1 and valid @> $2::date and institution_id <> $3 limit 1`,
        [area, day, rural.subject_id],
      )
    ).rows[0]?.id as number
  await agree(rural.unit, rural.subject_id, await helper('2%'), '2024-09-01', '2025-08-31')
  assert.equal((await of(day, rural.subject_id)).why, '登记的支援学校不在城镇')
  await agree(rural.unit, rural.subject_id, await helper('1%'), '2024-09-01', '2025-08-31')
  assert.equal((await of('2025-08-31', rural.subject_id)).covered, true)
  const ended = await of('2025-09-01', rural.subject_id)
  assert.deepEqual([ended.covered, ended.why], [false, '帮扶协议已于 2025-08-31 到期'])
  assert.equal((await of('2024-08-31', rural.subject_id)).covered, false, 'not yet begun')
})

test('every indicator says of each county at most once what it counts over what, by each of its readings', async () => {
  const counted = [...hamlet.books.plan.indicators.values()].filter(({ sql }) => sql !== undefined)
  assert.ok(counted.length > 0)
  for (const { id, sql, countedReadings } of counted)
    for (const reading of countedReadings ?? [undefined]) {
      const { columns, rows } = await answered(sql!, day, reading)
      assert.deepEqual(columns, rows.length > 0 ? ['unit', 'numerator', 'denominator'] : [], id)
      assert.equal(new Set(rows.map(({ unit }) => unit)).size, rows.length, id)
    }
})

/** An agreement as it stands in the books after approval. */
async function agree(
  county: number,
  helped: number,
  helper: number,
  from: string,
  to: string,
): Promise<void> {
  assert.ok(helper, 'a school that helps')
  const { rows } = await hamlet.owner.query(
    `insert into returns.filing (county_id, form_id, version, period, subject_kind, subject_id, phase, opened_by)
     values ($1, 'pairing-agreement', 2, $2::text, 'county', $1::integer, 'approved', '测试') returning filing_id as id`,
    [county, String(helper)],
  )
  await hamlet.owner.query(
    `insert into returns.entry (county_id, filing_id, form_id, version, period, subject_kind, subject_id, line, answers, valid)
     values ($1, $2, 'pairing-agreement', 2, $3::text, 'county', $1::integer, 0, $4, daterange($5::date, $6::date, '[]'))`,
    [county, rows[0].id, String(helper), { helper, helped, kind: 'pairing', from, to }, from, to],
  )
}

test('every check that compares filings answers with its columns and names only fields of its form', async () => {
  const comparing = [...hamlet.books.plan.checks.values()].filter(
    ({ sql: statement }) => statement !== undefined,
  )
  assert.ok(comparing.length > 0)
  for (const check of comparing) {
    const probe = `select unit::integer, subject_id::bigint, field, found::text from (${check.sql}) as doubted
      where field <> all (array[${check.marks.map((field) => `'${field}'`).join()}])`
    assert.deepEqual((await answered(probe)).rows, [], check.id)
  }
})
