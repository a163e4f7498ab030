import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HomePart, HomeTodo } from '../../kernel/home-part.ts'
import { gatherHome } from './gather-home.ts'

const visitor = {
  account: 'county',
  name: '叶县教体局',
  grants: [{ role: 'county-bureau', counties: [410_422] }],
}
const todo = (light: HomeTodo['light'], what: string): HomeTodo => ({
  ...{ type: '整改', what, source: '台账', dueOn: null, light, to: '/findings' },
})
const home = (...parts: readonly HomePart[]) =>
  gatherHome(
    parts.map((part, at) => ({
      name: `room-${at}`,
      home: { may: { zh: '都可以', roles: ['county-bureau'] }, cards: [], gather: async () => part },
    })) as never,
    { site: { generatedUntil: '2024-09-01' } } as never,
    visitor as never,
    () => {},
  )

test('a room that lists only its most pressing says how many wait in all; of the others the listed are counted', async () => {
  const told = await home(
    { todos: [todo('red', '甲'), todo('red', '乙')], waiting: { total: 957, late: 62, near: 3 } },
    { todos: [todo('yellow', '丙'), todo('green', '丁')] },
    { cards: [] },
  )
  assert.equal(told.todos.length, 4)
  assert.deepEqual([told.todoCount, told.lateCount, told.nearCount], [959, 62, 4])
})
