import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shortPlaceName } from './short-place-name.ts'

test('zones go by their short names, others by their own', () => {
  assert.equal(shortPlaceName('平顶山高新技术产业开发区'), '高新区')
  assert.equal(shortPlaceName('平顶山市城乡一体化示范区'), '示范区')
  assert.equal(shortPlaceName('舞钢市'), '舞钢市')
  assert.equal(shortPlaceName('高新技术产业开发区第一小学'), '高新技术产业开发区第一小学')
})
