import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mergeRemark } from './say-remarks.ts'

test('a word replaces the one its writer saw, and an empty one takes it away', () => {
  assert.equal(mergeRemark('', { written: '与航拍图不符', saw: '' }), '与航拍图不符')
  assert.equal(mergeRemark('与航拍图不符', { written: '请附测绘图', saw: '与航拍图不符' }), '请附测绘图')
  assert.equal(mergeRemark('与航拍图不符', { written: '', saw: '与航拍图不符' }), '')
})

test('what a colleague wrote meanwhile stays beside what is written over it, and is not taken away unseen', () => {
  assert.equal(mergeRemark('少一张照片', { written: '与航拍图不符', saw: '' }), '少一张照片；与航拍图不符')
  assert.equal(mergeRemark('少一张照片', { written: '', saw: '与航拍图不符' }), '少一张照片')
  const word = fc.stringMatching(/^[一-龥]{1,6}$/)
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
      const merged = words.reduce((now, written) => mergeRemark(now, { written, saw: '' }), '')
      for (const each of words) assert.ok(merged.includes(each), `${each} is gone from ${merged}`)
      for (const each of words) assert.equal(mergeRemark(merged, { written: each, saw: '' }), merged)
    }),
  )
})
