import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CellValue } from 'exceljs'
import { readSheet } from './read-sheet.ts'
import { bareWorkbook, workbookOf } from './sheet-files.for-tests.ts'

const headers = ['学年', '机构标识码', '班数', '在校生数']
const read = (bytes: Buffer) => readSheet(bytes, { fileName: '表.xlsx', headers })
const head: CellValue[] = ['学年', '机构标识码', '班数', '在校生数']
const row: CellValue[] = [2024, '2141000001', 3, 120]

/** Code and address of every problem. */
async function problemsOf(bytes: Buffer): Promise<string[]> {
  return (await read(bytes)).problems.map(({ code, path }) => `${code} ${path}`)
}

test('a table under title lines is found, its values come with kind and place', async () => {
  const day = new Date(Date.UTC(2024, 8, 1))
  const { sheet, problems } = await read(
    await workbookOf([['某县在校生统计表'], [], head, [2024, '02141', 3, 120], [], [day, true, 1.5, ' ']]),
  )
  assert.deepEqual(problems, [])
  assert.equal(sheet?.headerRow, 3)
  assert.deepEqual(
    sheet?.headers.map(({ column, text }) => `${column}${text}`),
    ['1学年', '2机构标识码', '3班数', '4在校生数'],
  )
  assert.deepEqual(sheet?.rows, [
    {
      row: 4,
      cells: [
        { kind: 'number', text: '2024' },
        { kind: 'text', text: '02141' },
        { kind: 'number', text: '3' },
        { kind: 'number', text: '120' },
      ],
    },
    {
      row: 6,
      cells: [
        { kind: 'date', text: '2024-09-01' },
        { kind: 'boolean', text: 'TRUE' },
        { kind: 'number', text: '1.5' },
        { kind: 'text', text: ' ' },
      ],
    },
  ])
})

test('dates of the 1904 calendar are the same days', async () => {
  const day = new Date(Date.UTC(2024, 8, 1))
  const bytes = await workbookOf([head, [day, 'x', 1, 2]], (_, workbook) => {
    workbook.properties.date1904 = true
  })
  assert.equal((await read(bytes)).sheet?.rows[0]?.cells[0]?.text, '2024-09-01')
})

test('a formula is told with its text and address, its value is not used', async () => {
  const { sheet, problems } = await read(
    await workbookOf([head, row, [2024, '2141000002', 3, { formula: 'SUM(A1:B1)', result: 7 }]]),
  )
  assert.equal(problems[0]?.path, 'D3')
  assert.match(problems[0]?.text ?? '', /^D3 是公式（=SUM\(A1:B1\)）—.*选择性粘贴—数值/)
  assert.deepEqual(sheet?.rows[1]?.cells[3], { kind: 'flawed', text: '' })
})

test('every cell of a shared formula is told', async () => {
  const bytes = await workbookOf([head, row, row, row], (sheet) => {
    sheet.fillFormula('C2:C4', 'D2/40', [3, 3, 3])
  })
  assert.deepEqual(await problemsOf(bytes), ['cell.formula C2', 'cell.formula C3', 'cell.formula C4'])
})

test('an error value is told', async () => {
  assert.deepEqual(await problemsOf(await workbookOf([head, [2024, 'x', { error: '#REF!' }, 1]])), [
    'cell.error-value C2',
  ])
})

test('merged cells in the table are told and not used; those in a title above are no matter', async () => {
  const bytes = await workbookOf([['标题'], head, row, row], (sheet) => {
    sheet.mergeCells('A1:D1')
    sheet.mergeCells('B3:B4')
  })
  const { sheet, problems } = await read(bytes)
  assert.deepEqual(
    problems.map(({ code, path }) => `${code} ${path}`),
    ['cell.merged B3', 'cell.merged B4'],
  )
  assert.match(problems[0]?.text ?? '', /B3:B4/)
  assert.deepEqual(
    sheet?.rows.map(({ cells }) => cells[1]?.kind),
    ['flawed', 'flawed'],
  )
})

test('text of several fonts is read whole, with a warning', async () => {
  const rich: CellValue = { richText: [{ text: '2141' }, { font: { bold: true }, text: '000001' }] }
  const { sheet, problems } = await read(await workbookOf([head, [2024, rich, 1, 2]]))
  assert.equal(sheet?.rows[0]?.cells[1]?.text, '2141000001')
  assert.deepEqual(
    problems.map(({ code, path, severity }) => `${code} ${path} ${severity}`),
    ['cell.rich-text B2 warning'],
  )
})

test('inline text of several runs, odd part names and name-space prefixes are read', async () => {
  const xml = `<x:worksheet><x:sheetData>
    <x:row><x:c t="inlineStr"><x:is><x:t>学年</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>班数</x:t></x:is></x:c></x:row>
    <x:row><x:c><x:v>2024</x:v></x:c><x:c t="inlineStr"><x:is><x:r><x:t>A&amp;</x:t></x:r><x:r><x:t>&lt;B</x:t></x:r></x:is></x:c></x:row>
  </x:sheetData></x:worksheet>`
  const { sheet } = await read(bareWorkbook(xml))
  assert.deepEqual(sheet?.rows[0], {
    row: 2,
    cells: [
      { kind: 'number', text: '2024' },
      { kind: 'text', text: 'A&<B' },
    ],
  })
})

test('a link gives its text', async () => {
  const link: CellValue = { text: '2141000001', hyperlink: 'https://example.org' }
  const { sheet, problems } = await read(await workbookOf([head, [2024, link, 1, 2]]))
  assert.equal(sheet?.rows[0]?.cells[1]?.text, '2141000001')
  assert.deepEqual(problems, [])
})

test('a header without words over filled cells, and one that stands twice, are told', async () => {
  const bytes = await workbookOf([
    ['学年', '机构标识码', null, '班数', '班数'],
    [2024, 'x', 'y', 1, 2],
  ])
  assert.deepEqual(await problemsOf(bytes), ['header.duplicate E1', 'header.empty C1'])
})

test('hidden rows and columns are read with a warning', async () => {
  const bytes = await workbookOf([head, row, row], (sheet) => {
    sheet.getRow(3).hidden = true
    sheet.getColumn(3).hidden = true
  })
  const { sheet, problems } = await read(bytes)
  assert.equal(sheet?.rows.length, 2)
  assert.deepEqual(
    problems.map(({ code, path, severity }) => `${code} ${path} ${severity}`),
    ['column.hidden C1 warning', 'row.hidden A3 warning'],
  )
})

test('two sheets with data are refused, a note beside the data is not', async () => {
  const two = await workbookOf([head, row], (_, workbook) => {
    const other = workbook.addWorksheet('去年')
    other.addRow(head)
    other.addRow(row)
  })
  const { sheet, problems } = await read(two)
  assert.equal(sheet, undefined)
  assert.match(problems[0]?.text ?? '', /“数据”、“去年”/)
  const note = await workbookOf([head, row], (_, workbook) => {
    workbook.addWorksheet('填写说明').addRow(['学年', '必填'])
  })
  assert.deepEqual((await read(note)).sheet?.otherSheets, ['填写说明'])
})

test('data on a hidden sheet only are refused', async () => {
  const bytes = await workbookOf([['目录']], (_, workbook) => {
    const hidden = workbook.addWorksheet('旧数', { state: 'hidden' })
    hidden.addRow(head)
    hidden.addRow(row)
  })
  assert.deepEqual(await problemsOf(bytes), ['file.hidden-sheet 表.xlsx'])
})

test('a header without rows and an empty workbook are told apart', async () => {
  assert.deepEqual(await problemsOf(await workbookOf([head])), ['file.no-rows 表.xlsx'])
  assert.deepEqual(await problemsOf(await workbookOf([])), ['file.no-table 表.xlsx'])
})
