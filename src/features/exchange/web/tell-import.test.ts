import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnName, findingParts, stepOf, steps, tellImport, unreadColumns } from './tell-import.ts'

const counts = { rows: 10, fresh: 4, same: 3, corrected: 0, rejected: 3, errors: 5, doubts: 0, warnings: 1 }
const told = (state: 'judged' | 'mapping' | 'unreadable' | 'reading', more: object = {}) =>
  tellImport({ state, fileName: '甲.xlsx', counts: { ...counts, ...more }, receipt: null })

test('the sentence says what came out and what to do next', () => {
  assert.match(told('judged'), /共 10 行，3 行有错误，7 行可以导入。默认整个文件都不导入/)
  assert.match(told('judged', { rejected: 0, corrected: 2 }), /新增 4 行，更正 2 处.*填上文号/)
  assert.match(told('judged', { rejected: 0, fresh: 0 }), /完全相同，导入不会有任何改动/)
  assert.match(told('mapping'), /指定哪一列/)
  assert.match(told('unreadable'), /没有导入任何内容/)
})

test('every state stands on one of the six steps', () => {
  assert.equal(steps[stepOf(undefined)], '模板')
  assert.deepEqual(
    (['reading', 'mapping', 'judged', 'confirmed'] as const).map((state) => steps[stepOf({ state })]),
    ['上传', '对应列', '逐行结果', '回执'],
  )
})

test('columns are named as spreadsheets head them', () => {
  assert.deepEqual([1, 26, 27, 200].map(columnName), ['A', 'Z', 'AA', 'GR'])
})

test('columns that were not understood are named', () => {
  const headers = [
    { column: 1, text: '标识码' },
    { column: 2, text: '校名' },
    { column: 3, text: ' ' },
  ]
  const sheet = { name: '表', headerRow: 1, headers }
  assert.deepEqual(unreadColumns({ sheet: sheet as never, mapping: { code: 1 } }), ['第 B 列“校名”'])
})

test('a finding falls into its sentences, years stay together', () => {
  assert.deepEqual(findingParts('B5 2024—2025 学年没有这所学校—已停办—请核对。'), [
    'B5 2024—2025 学年没有这所学校',
    '已停办',
    '请核对。',
  ])
})
