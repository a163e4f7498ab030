import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BoardCellAnswer } from '../contract.ts'
import { cellSentence, cellTone, cellWords } from './cell-words.ts'

const cell: BoardCellAnswer = {
  year: 2027,
  sign: 'shortage',
  gap: 1234.4,
  low: 900,
  high: 1500,
  persistent: true,
  demand: { mean: 11_234, lo80: 10_900, hi80: 11_500 },
  rooms: 10_000,
  approved: 9_000,
  ruling: 10_000,
  substituted: { rooms: 0, approved: 0 },
  missing: null,
}

test('each sign has its word; colour only repeats it', () => {
  assert.equal(cellWords(cell), '缺 1,234')
  assert.equal(cellTone(cell), 'shortage')
  assert.equal(cellTone({ ...cell, persistent: false }), 'shortage-pale')
  assert.equal(cellWords({ ...cell, sign: 'surplus', gap: -50 }), '余 50')
  assert.equal(cellWords({ ...cell, sign: 'even', gap: 3 }), '≈缺 3')
  assert.equal(cellWords({ ...cell, sign: 'even', gap: -0.2 }), '≈ 0')
  assert.equal(cellTone({ ...cell, sign: 'even' }), 'even')
  assert.equal(cellWords({ ...cell, sign: 'absent', gap: null }), '—')
  assert.equal(cellTone({ ...cell, sign: 'absent' }), 'plain')
})

test('missing is never a number', () => {
  const owed = { kind: 'missing' as const, of: '教室数', where: '甲校', owedBy: '学校（园）' }
  const missing = { ...cell, sign: 'missing' as const, gap: null, ruling: null, missing: owed }
  assert.equal(cellWords(missing), '缺数据')
  assert.equal(
    cellSentence('叶县', missing),
    '叶县 2027 年：缺甲校的教室数，由学校（园）提供，不能判断余缺。',
  )
})

test('the sentence carries demand, band, seats and the verdict', () => {
  assert.equal(
    cellSentence('叶县', cell),
    '叶县 2027 年：需求约 11,234 人（区间 10,900—11,500），现有学位 10,000 个，缺 1,234 个。',
  )
  assert.match(cellSentence('叶县', { ...cell, sign: 'even' }), /暂不预警/)
  const standIn = { ...cell, substituted: { rooms: 2, approved: 0 } }
  assert.match(cellSentence('叶县', standIn), /。2 所未报教室数，按核定规模计。$/)
  assert.match(
    cellSentence('叶县', { ...cell, sign: 'surplus', gap: -20, demand: null }),
    /没有学生.*余 20 个/,
  )
})
