import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Sign, TargetBoard } from '../contract.ts'
import { boardCell } from './sign-words.ts'
import { tellBoard } from './tell-board.ts'

const places = ['平顶山市', '新华区', '卫东区', '叶县', '郏县', '鲁山县'].map((name, unitId) => ({
  unitId,
  name,
}))
const target = (targetId: string, signs: readonly Sign[]): TargetBoard['targets'][number] => ({
  targetId,
  zh: targetId,
  quote: '',
  direction: 'up',
  cells: signs.map((sign, unitId) => ({ unitId, sign, words: '', sentence: '', year: 2024, differs: false })),
})
const board: TargetBoard = {
  asOf: '2024-09-01',
  endYear: 2027,
  places,
  targets: [
    target('T4', ['on-path', 'on-path', 'reached', 'on-path', 'on-path', 'on-path']),
    target('T5', ['behind', 'behind', 'behind', 'behind', 'missed', 'behind']),
    target('T10', ['behind', 'idle', 'behind', 'reached', 'reached', 'reached']),
    target('T12', ['missing', 'missing', 'missing', 'missing', 'missing', 'missing']),
  ],
  owed: [
    { targetId: 'T12', of: '名单', owedBy: '残疾人联合会', since: null, where: ['叶县'] },
    { targetId: 'T12', of: '学籍', owedBy: '残疾人联合会', since: null, where: ['叶县'] },
  ],
  filing: [],
}

test('the city: what is on the path, what holds back and where, who owes', () => {
  assert.equal(
    tellBoard(board, 0),
    '到 2027 年的 4 项目标中，平顶山市有 1 项已达到或按进度（T4），2 项落后（T5、T10），1 项缺数据、不能判断（T12）。' +
      'T5 落后的是新华区、卫东区、叶县、郏县等 5 个县（市、区）。T10 落后的是卫东区。缺的数据要由残疾人联合会提供。',
  )
})

test('a county alone names no other county', () => {
  const own = {
    ...board,
    places: [places[1]!],
    targets: board.targets.map((each) => ({ ...each, cells: [each.cells[1]!] })),
    owed: [],
  }
  assert.equal(
    tellBoard(own, 1),
    '到 2027 年的 4 项目标中，新华区有 1 项已达到或按进度（T4），1 项落后（T5），1 项不作要求（T10），1 项缺数据、不能判断（T12）。',
  )
})

test('a cell says its sign in words beside the figure, and marks that readings differ', () => {
  const cell = {
    unitId: 1,
    sign: 'behind',
    words: '51.00%',
    sentence: '句',
    year: 2024,
    differs: false,
  } as const
  assert.deepEqual(boardCell('叶县', '公办园占比', cell), {
    words: '51.00% 落后',
    tone: 'shortage-pale',
    sentence: '叶县 公办园占比：句（2024 年）',
  })
  assert.equal(boardCell('叶县', '特教', { ...cell, words: '未覆盖', differs: true }).words, '未覆盖 *')
  assert.equal(boardCell('叶县', '机制', { ...cell, sign: 'open', words: '2/5' }).words, '2/5')
})
