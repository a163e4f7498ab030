import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { trustEditors } from './editors.ts'

test('fifty save the same revision at once, and three in every order: one saving per revision, none lost', async () => {
  const { histories, savings, turnedAway } = await trustEditors(50, 3, 60)
  assert.ok(histories >= 60 && turnedAway > 50 && savings > turnedAway)
})

/** The statement that saves, without its look at the revision. */
const unchecked = (text: string) =>
  text.replace(/and revision = (\$\d+) returning/, 'and $1::int > 0 returning')

test('a saving that does not look at the revision is found out', async () => {
  const { query } = pg.Client.prototype
  let replaced = 0
  pg.Client.prototype.query = function (this: pg.Client, first: unknown, ...rest: unknown[]) {
    const text = typeof first === 'string' ? first : (first as { text?: string }).text
    const other = text && unchecked(text)
    if (other === text) return (query as (...all: unknown[]) => unknown).call(this, first, ...rest)
    replaced += 1
    return (query as (...all: unknown[]) => unknown).call(this, other, ...rest)
  } as never
  try {
    await assert.rejects(trustEditors(2, 1, 0), /2 of 2 saved revision 1/)
    await assert.rejects(trustEditors(1, 0, 200), /Property failed/)
  } finally {
    pg.Client.prototype.query = query
  }
  assert.ok(replaced > 0)
})
