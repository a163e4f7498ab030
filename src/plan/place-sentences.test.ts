import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Paper } from './paper.ts'
import { findQuote, outline } from './paper-text.ts'
import { placeSentences } from './place-sentences.ts'

const paper = {
  words: '一、前言不放。二、行动1.修路。修好道路,排除积水;栽树。愿人人安好。',
  chapters: [
    { id: 'a', heading: '一、前言' },
    { id: 'b', heading: '二、行动', place: true },
  ],
  noAct: [{ of: 'M01', quote: '愿人人安好', why: '倡导' }],
} as unknown as Paper

function placed(quotes: readonly string[], of: Paper = paper) {
  const plan = outline(of, [{ id: 'M01', heading: '1.修路。' }])
  const spans = quotes.flatMap((quote) => findQuote(plan.text, quote))
  return placeSentences(of, plan, spans)
}

test('a chapter is placed when quotations, headings and no-act words cover every word', () => {
  const [chapter, ...others] = placed(['修好道路,排除积水', '栽树'])
  assert.deepEqual(others, [], 'chapters without `place` are left alone')
  assert.deepEqual(chapter?.unplaced, [])
  assert.equal(chapter?.sentences, 5)
  assert.deepEqual(
    [chapter?.quoted, chapter?.headings, chapter?.noAct, chapter?.characters],
    [10, 6, 5, 21],
    'punctuation is not counted',
  )
})

test('one clause nobody quotes makes its sentence unplaced', () => {
  assert.deepEqual(placed(['修好道路', '栽树'])[0]?.unplaced, ['修好道路,排除积水;'])
})

test('one missing character is enough', () => {
  assert.deepEqual(placed(['修好道路,排除积', '栽树'])[0]?.unplaced, ['修好道路,排除积水;'])
})

test('words listed as holding no act count only in the section they are attached to', () => {
  const astray = { ...paper, noAct: [{ of: 'M02', quote: '愿人人安好', why: '倡导' }] } as unknown as Paper
  for (const each of [astray, { ...paper, noAct: [] }]) {
    assert.deepEqual(placed(['修好道路,排除积水', '栽树'], each)[0]?.unplaced, ['愿人人安好。'])
  }
})
