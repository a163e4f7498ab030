import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { databaseForTests, type TestDatabase } from '../../test/house/database-for-tests.ts'
import { entered } from './entered.ts'
import { ownActs } from './own-acts.ts'

let live: TestDatabase
before(async () => {
  live = await databaseForTests()
})
after(() => live.close())

async function entriesOf(act: string): Promise<unknown[]> {
  const { rows } = await live.db.pool.query(
    'select outcome, facts from audit.entry where act = $1 order by seq',
    [act],
  )
  return rows.map(({ outcome, facts }) => [outcome, facts])
}

test('a chore tells the audit what it did; a sweep that found nothing does not, one that goes on failing once', async () => {
  const found = [3, 0, 'broken', 'broken', 2, 'broken']
  const sweep = entered(live, 'sweep.files', async () => {
    const next = found.shift()
    if (typeof next !== 'number') throw new Error(next)
    return next
  })
  for (let round = 0; round < 6; round += 1) await sweep().catch(() => {})
  assert.deepEqual(await entriesOf('sweep.files'), [
    ['done', { removed: 3 }],
    ['failed', {}],
    ['done', { removed: 2 }],
    ['failed', {}],
  ])
  await assert.rejects(entered(live, 'sweep.jobs', () => Promise.reject(new Error('lost')))(), /lost/)
})

test('nightly work tells that it was done, also when nothing was due', async () => {
  await entered(live, 'daily.answers', async () => 0)()
  await entered(live, 'daily.retention', async () => ({ 'left-pupils': 2 }))()
  assert.deepEqual(await entriesOf('daily.answers'), [['done', { removed: 0 }]])
  assert.deepEqual(await entriesOf('daily.retention'), [['done', { 'left-pupils': 2 }]])
  assert.ok(ownActs['daily.answers'] && ownActs['daily.retention'] && ownActs['sweep.files'])
})
