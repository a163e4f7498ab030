import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import Type from 'typebox'
import { declareAccess } from '../../src/platform/access/policy.ts'
import { booksRoute } from '../../src/records/books.ts'
import { authorisationMatrix } from './authorisation-matrix.ts'

test('nobody is let through or shown what is not theirs; with every check removed the database still holds', async () => {
  for (const checksRemoved of [false, true]) {
    const seen = await authorisationMatrix({ checksRemoved, every: 9 })
    assert.deepEqual(seen.leaks, [])
    assert.deepEqual(seen.faults, [])
    assert.ok(seen.cases > 400 && seen.answered > 100, `${seen.answered} of ${seen.cases} were answered`)
  }
})

const access = declareAccess('planted', {
  staff: { zh: '只有县局和学校', roles: ['county-bureau', 'principal', 'school-clerk'] },
})

test('a route written without a thought for scope is seen', async () => {
  const clerksOnly = booksRoute({
    method: 'GET',
    path: '/api/planted-institutions',
    summary: '不看范围',
    may: access.staff,
    answer: Type.Array(Type.String()),
    handle: ({ context, visitor }) =>
      context.db.transaction({ counties: visitor.counties, wholeCounties: '植入的错误' }, async (tx) => {
        const { rows } = await sql<{ name: string }>`select name from book.institution`.execute(tx)
        return rows.map(({ name }) => name)
      }),
  })
  const { leaks } = await authorisationMatrix({ routes: [clerksOnly] })
  assert.ok(leaks.some((leak) => leak.startsWith('own-clerk')))
  assert.ok(leaks.every((leak) => !leak.startsWith('own-bureau')))
})
