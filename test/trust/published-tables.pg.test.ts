import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { suppressCells } from '../../src/platform/disclosure/suppress-cells.ts'
import { databaseForTests, type TestDatabase } from '../house/database-for-tests.ts'
import { attackTables } from './attack-tables.ts'
import { attackPublished, inventYears } from './published-tables.ts'

let database: TestDatabase
before(async () => {
  database = await databaseForTests()
  await inventYears(database.db.pool, 5, 30)
})
after(() => database.close())

test('with every yearbook total in hand no small count of the views can be worked out', async () => {
  for (const countyTotals of [false, true]) {
    const seen = await attackPublished(database.db.pool, countyTotals)
    assert.ok(seen.smallCells > 50 && seen.tables > 30, JSON.stringify(seen))
    assert.deepEqual(seen.fallen, [])
  }
})

test('two tables, each safe alone, fall together: what is published together is suppressed together', () => {
  // Children of kindergartens by who runs them, and by public interest; every public one is of public interest.
  const cells = new Map([
    ['all', 100],
    ['public', 60],
    ['private', 40],
    ['interest', 65],
    ['other', 35],
    ['private interest', 5],
  ])
  const sums = [
    { total: 'all', parts: ['public', 'private'] },
    { total: 'all', parts: ['interest', 'other'] },
    { total: 'interest', parts: ['public', 'private interest'] },
    { total: 'private', parts: ['private interest', 'other'] },
  ]
  const readerOf = (hidden: ReadonlySet<string>) => {
    const shown = [...cells]
      .filter(([name]) => !hidden.has(name))
      .map(([name, sum]) => ({ cells: [name], sum }))
    const rules = sums.map(({ total, parts }) => ({ cells: parts, less: [total], sum: 0 }))
    return attackTables([...shown, ...rules], new Map()).get('private interest')!
  }
  const alone = sums.slice(0, 2).flatMap(({ total, parts }) => {
    const names = [total, ...parts]
    const table = { cells: new Map(names.map((name) => [name, cells.get(name)!])), sums: [{ total, parts }] }
    return [...suppressCells(table).hidden]
  })
  assert.deepEqual(alone, [])
  assert.deepEqual(readerOf(new Set(['private interest'])), [5, 5])
  const [least, most] = readerOf(suppressCells({ cells, sums }).hidden)
  assert.ok(least < 5 && most >= 10, `${least} to ${most}`)
})
