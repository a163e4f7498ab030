import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renamed, shortVillage } from './institution-name.ts'

test('villages and communities by the names people use', () => {
  const short = (name: string, community = false) =>
    shortVillage({ code: 1, name, community, urbanRural: '220', derived: false })
  assert.equal(short('李庄村村民委员会'), '李庄村')
  assert.equal(short('李庄村民委员会'), '李庄村')
  assert.equal(short('高庄社区村民委员会'), '高庄社区')
  assert.equal(short('曙北社区居民委员会', true), '曙北社区')
  assert.equal(short('四化路社区居委会', true), '四化路社区')
})

test('a renamed junior school keeps its place', () => {
  assert.equal(renamed('叶县昆阳街道初级中学'), '叶县昆阳街道实验中学')
  assert.equal(renamed('叶县昆阳街道第二初级中学'), '叶县昆阳街道实验中学')
})
