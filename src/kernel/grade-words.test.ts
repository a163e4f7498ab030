import assert from 'node:assert/strict'
import { test } from 'node:test'
import { classWords, gradeWords } from './grade-words.ts'

test('grades are called as schools call them', () => {
  assert.equal(gradeWords('P3'), '小学三年级')
  assert.equal(gradeWords('J1'), '初中一年级')
  assert.equal(gradeWords('K3'), '大班')
  assert.equal(gradeWords('X'), '特殊教育')
  assert.equal(gradeWords('Q9'), 'Q9')
  assert.equal(classWords('P3', 2), '小学三年级 2 班')
  assert.equal(classWords('P3', null), '小学三年级')
})
