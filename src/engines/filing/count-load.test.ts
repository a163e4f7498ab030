import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countLoad } from './count-load.ts'
import { prefill } from './prefill.ts'

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
  lines: { atLeast: 2, atMost: 9, fields: [{ id: 'name', zh: '名称', type: 'text' }] },
} as const
const nothing = { once: {}, lines: [] }

test('what the books show and the period before offers is there already; what is fresh each time is not', () => {
  const before = {
    once: { canteen: 'yes', seats: 40, checked: 3 },
    lines: [{ line: 1, answers: { name: '甲' } }],
  }
  assert.deepEqual(countLoad(form, nothing, { before, known: { pupils: 50 } }), {
    fields: 6,
    shown: 1,
    offered: 3,
    write: 2,
  })
})

test('who files for the first time is asked for the fewest lines, and what the books do not know is not there', () => {
  const load = { fields: 5, shown: 0, offered: 0, write: 4 }
  assert.deepEqual(countLoad(form, nothing, { known: {} }), load)
})

test('what was written decides what is asked, though it came from nobody before', () => {
  const written = { once: { canteen: 'no' }, lines: [{ line: 1, answers: { name: '甲' } }] }
  const before = { once: { canteen: 'yes', seats: 40 }, lines: [] }
  const load = { fields: 4, shown: 0, offered: 1, write: 2 }
  assert.deepEqual(countLoad(form, written, { before, known: {} }), load)
})

const grades = {
  parts: [],
  lines: {
    atMost: 9,
    owed: true,
    fields: [
      {
        id: 'grade',
        zh: '年级',
        type: 'code',
        codes: [
          { code: 'p1', zh: '一年级' },
          { code: 'p2', zh: '二年级' },
        ],
      },
      { id: 'pupils', zh: '学生', type: 'count', shows: 'grades' },
      { id: 'committee', zh: '家委会', type: 'yes-no' },
      { id: 'activities', zh: '活动', type: 'count', freshEachTime: true },
    ],
  },
} as const
const rows = {
  keys: ['grade'],
  rows: [
    { grade: 'k1', pupils: 25 },
    { grade: 'p1', pupils: 40 },
    { grade: 'p2', pupils: 41 },
  ],
}
const lastYear = {
  once: {},
  lines: [
    { line: 1, answers: { grade: 'p2', committee: 'no', activities: 3 } },
    { line: 2, answers: { grade: 'p9', committee: 'yes' } },
  ],
}

test('rows that a book knows stand there in its order, each with what the period before said of that very row', () => {
  assert.deepEqual(prefill(grades, lastYear, rows), [
    { line: 1, field: 'grade', value: 'p1', origin: 'book' },
    { line: 2, field: 'grade', value: 'p2', origin: 'book' },
    { line: 2, field: 'committee', value: 'no', origin: 'before' },
  ])
  const ofBook = { fields: 8, shown: 4, offered: 0, write: 4 }
  assert.deepEqual(countLoad(grades, nothing, { known: {}, rows }), ofBook)
  const both = { fields: 8, shown: 4, offered: 1, write: 3 }
  assert.deepEqual(countLoad(grades, nothing, { before: lastYear, known: {}, rows }), both)
  const moved = { once: {}, lines: [{ line: 5, answers: { grade: 'p2' } }] }
  const found = { fields: 4, shown: 2, offered: 1, write: 1 }
  assert.deepEqual(countLoad(grades, moved, { before: lastYear, known: {}, rows }), found)
})

test('two lines of the period before that speak of one row are both kept', () => {
  const twice = {
    once: {},
    lines: [...lastYear.lines, { line: 3, answers: { grade: 'p2', committee: 'yes' } }],
  }
  const of = prefill(grades, twice, rows).filter(({ field }) => field === 'committee')
  assert.deepEqual(of, [
    { line: 2, field: 'committee', value: 'no', origin: 'before' },
    { line: 3, field: 'committee', value: 'yes', origin: 'before' },
  ])
})

test('rows that are not owed are not there until somebody adds them', () => {
  const { owed: _, ...lines } = grades.lines
  assert.deepEqual(prefill({ ...grades, lines }, undefined, rows), [])
  const carried = prefill({ ...grades, lines }, lastYear, rows).map(({ line, field }) => `${line} ${field}`)
  assert.deepEqual(carried, ['1 grade', '1 committee', '2 committee'])
})

test('without a book the lines stay where they stood; lines that each period has of its own are not carried over', () => {
  const carried = prefill(grades, { once: {}, lines: lastYear.lines.slice(0, 1) }, undefined)
  assert.deepEqual(
    carried.map(({ field, origin }) => `${field} ${origin}`),
    ['grade before', 'committee before'],
  )
  const own = { ...grades, lines: { ...grades.lines, freshEachTime: true } } as const
  assert.deepEqual(prefill(own, lastYear, undefined), [])
  assert.deepEqual(countLoad(own, nothing, { before: lastYear, known: {} }).offered, 0)
})

test('what the form no longer allows, or would not ask for, is not carried over', () => {
  const before = { once: { canteen: 'no', seats: 40, pupils: 50 }, lines: [] }
  assert.deepEqual(prefill(form, before, undefined), [
    { line: 0, field: 'canteen', value: 'no', origin: 'before' },
  ])
  const strange = { once: { canteen: 'perhaps' }, lines: [] }
  assert.deepEqual(prefill(form, strange, undefined), [])
})
