import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dateRange, rangeBefore, rangeEnds, rangeSince } from './dated.ts'
import { nameInitials } from './name-initials.ts'

test('ranges are written and read as PostgreSQL writes them', () => {
  assert.equal(dateRange({ from: '2019-09-01', to: '2021-09-01' }), '[2019-09-01,2021-09-01)')
  assert.equal(dateRange({ from: '2019-09-01' }), '[2019-09-01,)')
  assert.equal(dateRange({ to: '2021-09-01' }), '(,2021-09-01)')
  assert.deepEqual(rangeEnds('[2019-09-01,)'), { from: '2019-09-01' })
  assert.deepEqual(rangeEnds('(,)'), {})
})

test('a day cuts a range in two that meet and do not overlap', () => {
  const range = '[2019-09-01,2021-09-01)'
  assert.equal(rangeBefore(range, '2020-01-01'), '[2019-09-01,2020-01-01)')
  assert.equal(rangeSince(range, '2020-01-01'), '[2020-01-01,2021-09-01)')
  assert.equal(rangeBefore(range, '2019-09-01'), undefined)
  assert.equal(rangeSince(range, '2021-09-01'), undefined)
  assert.equal(rangeSince(range, '2018-01-01'), range)
  assert.equal(rangeBefore(range, '2030-01-01'), range)
  assert.equal(rangeBefore(null, '2020-01-01'), '(,2020-01-01)')
  assert.equal(rangeSince(null, '2020-01-01'), '[2020-01-01,)')
})

test('initials are what a clerk types', () => {
  assert.equal(nameInitials('叶县第一小学'), 'yxdyxx')
  assert.equal(nameInitials('任店镇阳光幼儿园(A区)'), 'rdzygyeyaq')
  assert.equal(nameInitials('平顶山市第12中学'), 'pdssd12zx')
})
