import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countLoad } from './count-load.ts'

const form = {
  parts: [
    {
      fields: [
        { id: 'pupils', zh: '学生', type: 'count', shows: 'pupils' },
        { id: 'canteen', zh: '有无食堂', type: 'yes-no' },
        { id: 'seats', zh: '座位', type: 'count', when: { field: 'canteen', is: ['yes'] } },
        { id: 'checked', zh: '检查次数', type: 'count', freshEachTime: true },
      ],
    },
  ],
  lines: { atLeast: 2, fields: [{ id: 'name', zh: '名称', type: 'text' }] },
} as const
const nothing = { once: {}, lines: [] }

test('what the books show and the period before offers is there already; what is fresh each time is not', () => {
  const before = {
    once: { canteen: 'yes', seats: 40, checked: 3 },
    lines: [{ line: 1, answers: { name: '甲' } }],
  }
  assert.deepEqual(countLoad(form, nothing, before, { pupils: 50 }), {
    fields: 5,
    shown: 1,
    offered: 3,
    write: 1,
  })
})

test('who files for the first time is asked for the fewest lines, and what the books do not know is not there', () => {
  assert.deepEqual(countLoad(form, nothing, undefined, {}), { fields: 5, shown: 0, offered: 0, write: 4 })
})

test('what was written decides what is asked, though it came from nobody before', () => {
  const written = { once: { canteen: 'no' }, lines: [{ line: 1, answers: { name: '甲' } }] }
  const before = { once: { canteen: 'yes', seats: 40 }, lines: [] }
  assert.deepEqual(countLoad(form, written, before, {}), { fields: 4, shown: 0, offered: 1, write: 2 })
})
