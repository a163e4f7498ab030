import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../src/app/data-folder.ts'
import { house } from '../../src/app/house.ts'
import { loadPlan } from '../../src/plan/index.ts'

const plan = loadPlan(join(root, 'plan'), 'pingdingshan')

for (const { name, carries } of house) {
  test(`what the room "${name}" says it carries is what the plan says it carries`, () => {
    const named = [...plan.items.values()]
      .filter(({ carriedBy }) => carriedBy.includes(name))
      .map(({ id }) => id)
    assert.deepEqual([...carries].sort(), named.sort())
  })
}

test('no item names a room that is not in the house', () => {
  const rooms = new Set(house.map(({ name }) => name))
  const strangers = [...plan.items.values()].filter(
    ({ carriedBy }) => carriedBy !== 'tracked' && carriedBy.some((name) => !rooms.has(name)),
  )
  assert.deepEqual(strangers, [])
})
