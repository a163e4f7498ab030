import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSheet } from '../../../platform/sheets/read-sheet.ts'
import { workbookOf } from '../../../platform/sheets/sheet-files.for-tests.ts'
import { kindOf } from '../import/kinds.ts'
import { importTables } from '../tables/all-tables.ts'
import { judgeImport } from './judge-import.ts'
import { fileOf, goodRow, judgeBytes, known, problemsOf } from './known-world.for-tests.ts'
import { headerSignature, matchColumns } from './match-columns.ts'
import { nearestWord } from './nearest-word.ts'
import { metresToOutline, pointInOutline } from './point-in-outline.ts'
import { tidyText } from './tidy-text.ts'

const table = importTables['enrolment-by-grade']
const headersOf = (...words: string[]) => words.map((text, index) => ({ column: index + 1, text }))

test('exact headers first, then other words, with stars, units and spaces overlooked', () => {
  assert.deepEqual(matchColumns(table, headersOf('学 年*', '学校标识码', '在校学生数（人）', '备注')), {
    schoolYear: 1,
    code: 2,
    pupils: 3,
  })
})

test('an exact header is not taken by a synonym that stands before it', () => {
  assert.equal(matchColumns(table, headersOf('人数', '在校生数')).pupils, 2)
})

test('no two columns of a kind answer to the same word', () => {
  for (const { columns } of Object.values(importTables)) {
    const words = columns.flatMap(({ header, synonyms }) => [header, ...synonyms])
    assert.equal(new Set(words).size, words.length, words.join())
  }
})

test('a signature is that of the words and their places', () => {
  assert.equal(headerSignature(headersOf('学年*', '班数')), headerSignature(headersOf('学年', '班 数')))
  assert.notEqual(headerSignature(headersOf('学年', '班数')), headerSignature(headersOf('班数', '学年')))
})

test('a missing column and a column that serves twice are told at the header, and no row is taken', async () => {
  const rules = kindOf('enrolment-by-grade').rules
  const bytes = await workbookOf([
    ['学年', '标识码', '年级'],
    [2024, '2141000001', '一年级'],
  ])
  const { sheet } = await readSheet(bytes, { fileName: 'x', headers: ['学年', '标识码'] })
  const judged = await judgeImport(
    rules,
    { sheet: sheet!, mapping: { schoolYear: 1, code: 2, grade: 3, name: 2 }, found: [] },
    known,
  )
  assert.deepEqual(
    judged.problems.map(({ code, path }) => `${code} ${path}`),
    ['header.missing A1', 'header.two-for-one B1'],
  )
  assert.deepEqual([judged.entries, judged.rejectedRows], [[], [2]])
})

test('a cell at fault is told once: a formula is not also an empty cell', async () => {
  const rows = [{ ...goodRow['enrolment-by-grade'], pupils: { formula: 'F2+G2', result: 195 } }]
  const { problems, entries } = await judgeBytes(
    'enrolment-by-grade',
    await fileOf('enrolment-by-grade', rows),
  )
  assert.deepEqual(
    problems.map(({ code, path }) => `${code} ${path}`),
    ['cell.formula H2'],
  )
  assert.deepEqual(entries, [])
})

test('the dots of names from other languages become one, and it is said', async () => {
  assert.deepEqual(tidyText('阿依•古丽'), { text: '阿依·古丽', words: ['别种间隔号（应为“·”）'] })
  assert.deepEqual(tidyText('\u200b叶县（城关）\u00a0一小 '), {
    text: '叶县（城关） 一小',
    words: ['看不见的字符', '多余的空格或换行'],
  })
  assert.deepEqual(await problemsOf('births', { source: '卫健委\u3000' }), ['cell.tidied F2 warning'])
})

test('the nearest word, and none when nothing is like it', () => {
  assert.equal(nearestWord('初级中', ['小学', '初级中学']), '初级中学')
  assert.equal(nearestWord('xyz', ['小学', '初中']), undefined)
})

test('points in a polygon with a hole, and how far outside', () => {
  const outer = [
    [0, 0],
    [10, 0],
    [10, 10],
    [0, 10],
    [0, 0],
  ] as const
  const hole = [
    [4, 4],
    [6, 4],
    [6, 6],
    [4, 6],
    [4, 4],
  ] as const
  const polygon = [[outer, hole]]
  assert.equal(pointInOutline(1, 1, polygon), true)
  assert.equal(pointInOutline(5, 5, polygon), false)
  assert.equal(pointInOutline(11, 5, polygon), false)
  assert.ok(Math.abs(metresToOutline(5, -0.01, polygon) - 1113) < 2)
})
