import assert from 'node:assert/strict'
import { test } from 'node:test'
import { missingOf } from './missing-of.ts'

test('what is empty, blank or not chosen is named, in the order of the form; what was filled is not', () => {
  const form = {
    学校: '',
    事由: '  ',
    学段: [],
    比例: null,
    县: undefined,
    种子: '138',
    督学: 2,
    依据: ['M4.5'],
  }
  assert.deepEqual(missingOf(form), ['学校', '事由', '学段', '比例', '县'])
})
