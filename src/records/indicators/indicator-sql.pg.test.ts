import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { databaseForTests, type TestDatabase } from '../../../test/house/database-for-tests.ts'
import { bindPlanSql, loadPlan } from '../../plan/index.ts'
import { readBooks } from './read-books.ts'
import { runIndicator } from './run-indicator.ts'

let database: TestDatabase
before(async () => {
  database = await databaseForTests()
})
after(() => database.close())

const plan = loadPlan('plan', 'pingdingshan')
const asked = { year: 2024, day: '2024-09-01', asOf: '2024-09-01', reading: 'resident' }

/** Prepares a statement as the application's role and tells the columns of its answer. */
async function columnsOf(statement: string): Promise<string[]> {
  const bound = bindPlanSql(plan, statement, asked)
  assert.ok('text' in bound)
  const client = await database.db.pool.connect()
  try {
    await client.query('begin; set local role kuoyou_app; set transaction read only')
    const { fields } = await client.query({ text: bound.text, values: [...bound.values], name: 'prepared' })
    return fields.map(({ name }) => name)
  } finally {
    await client.query('rollback')
    client.release(true)
  }
}

for (const { id, sql, detailSql } of plan.indicators.values()) {
  if (!sql) continue
  test(`${id}: prepared, its columns are unit, numerator, denominator`, async () => {
    assert.deepEqual(await columnsOf(sql), ['unit', 'numerator', 'denominator'])
    if (detailSql)
      assert.deepEqual(await columnsOf(detailSql), [
        'unit',
        'subject',
        'institution_id',
        'numerator',
        'denominator',
        'act_id',
        'filing_id',
      ])
  })

  test(`${id}: reads the books through their views only`, () => {
    for (const text of detailSql ? [sql, detailSql] : [sql]) {
      const plain = text.replace(/extract\([^)]*\)/g, '')
      const tables = [...plain.matchAll(/\b(?:from|join)\s+([a-z_.]+)/g)].map(([, table]) => table!)
      const own = [...plain.matchAll(/\b([a-z_]+) as \(/g)].map(([, name]) => name!)
      assert.ok(tables.length > 0)
      assert.deepEqual(
        tables.filter((table) => !table.startsWith('book.') && !own.includes(table)),
        [],
      )
    }
  })
}

test('every figure that is counted opens to the institutions or filings under it', () => {
  const counted = [...plan.indicators.values()].filter(({ sql }) => sql)
  assert.ok(counted.length > 40)
  assert.deepEqual(
    counted.filter(({ detailSql }) => !detailSql).map(({ id }) => id),
    [],
  )
})

test('a statement that writes is refused by the transaction it runs in, and one that runs for ever is stopped', async () => {
  const scope = { counties: [] }
  const run = (statement: string) =>
    readBooks(database.db, scope, (tx) => runIndicator(tx, { text: statement, values: [], parameters: [] }))
  await assert.rejects(run("insert into registry.institution_code values ('0000000000', 1)"), /read-only/)
  const [limit] = await run(
    "select extract(epoch from current_setting('statement_timeout')::interval)::integer as unit",
  )
  assert.ok(limit!.unit > 0 && limit!.unit <= 60, `stopped after ${limit!.unit} s`)
})
