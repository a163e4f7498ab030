import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Paper } from './paper.ts'
import { findQuote, normalise, outline, spanOf } from './paper-text.ts'

test('white space and the form of quotation marks do not matter, anything else does', () => {
  assert.equal(normalise(' “ 一校\n一案” '), normalise('"一校一案"'))
  assert.notEqual(normalise('不低于600元'), normalise('不低于601元'))
})

test('every place of a quotation is found, overlapping ones too', () => {
  assert.deepEqual(findQuote('上上上', '上上'), [
    { start: 0, end: 2 },
    { start: 1, end: 3 },
  ])
  assert.deepEqual(findQuote('甲乙丙乙', '乙', { start: 2, end: 4 }), [{ start: 3, end: 4 }])
  assert.deepEqual(findQuote('甲乙', '丙'), [])
  assert.deepEqual(findQuote('甲乙', '  '), [])
})

test('a quotation that would reach past the end of its section is not found there', () => {
  assert.deepEqual(findQuote('甲乙丙', '乙丙', { start: 0, end: 2 }), [])
})

test('wherever line breaks are scattered, a part of the words is still found', () => {
  const words = '县域内有条件的优质学校结合办学规模和实际情况'
  fc.assert(
    fc.property(fc.array(fc.nat(words.length), { maxLength: 8 }), (cuts) => {
      const broken = [...words].map((letter, at) => (cuts.includes(at) ? `\n ${letter}` : letter)).join('')
      assert.equal(findQuote(normalise(broken), '优质学校结合').length, 1)
    }),
  )
})

const paper = {
  words: '一、甲\n总起。\n1.子。做事。\n2.丑。再做。\n二、乙\n收尾。',
  chapters: [
    { id: 'a', heading: '一、甲' },
    { id: 'b', heading: '二、乙' },
  ],
} as Paper

test('a section reaches to the next heading, a chapter to the next chapter', () => {
  const plan = outline(paper, [
    { id: 'M01', heading: '1.子。' },
    { id: 'M02', heading: '2.丑。' },
  ])
  const words = (id: string) => {
    const span = spanOf(plan, id)
    return span && plan.text.slice(span.start, span.end)
  }
  assert.equal(words('M01'), '1.子。做事。')
  assert.equal(words('M02'), '2.丑。再做。')
  assert.equal(words('a'), '一、甲总起。1.子。做事。2.丑。再做。')
  assert.equal(words('b'), '二、乙收尾。')
  assert.equal(words('M03'), undefined)
})

test('a heading that is absent or stands twice is named', () => {
  const twice = { ...paper, words: `${paper.words}一、甲` }
  assert.deepEqual(outline(twice, [{ id: 'M09', heading: '9.无。' }]).lost, ['一、甲', '9.无。'])
})
