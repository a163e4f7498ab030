import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unwritableText } from './unwritable-text.ts'

test('text a database cannot hold is found where it stands', () => {
  assert.equal(unwritableText({ name: '叶县𠮷', list: [1, null, true] }), undefined)
  assert.equal(unwritableText({ name: 'a\0b' }), '/name')
  assert.equal(unwritableText({ list: ['fine', { deep: '\ud800' }] }), '/list/1/deep')
  assert.equal(unwritableText({ 'k\0': 1 }), '/?')
  assert.equal(unwritableText({ id: 2 ** 63, share: 1e-9 }), '/id')
  const deep: unknown = JSON.parse(`{"list":${'['.repeat(5_000)}${']'.repeat(5_000)}}`)
  assert.equal(unwritableText(deep), '/list/0')
})
