import assert from 'node:assert/strict'
import { test } from 'node:test'
import exceljs from 'exceljs'
import { cellProblem, fileProblem } from './cell-problem.ts'
import { errorWorkbook } from './error-workbook.ts'
import { readSheet } from './read-sheet.ts'
import { workbookOf } from './sheet-files.for-tests.ts'
import { writeWorkbook } from './write-workbook.ts'

async function load(bytes: Buffer): Promise<exceljs.Workbook> {
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.load(bytes as unknown as exceljs.Buffer)
  return workbook
}

const columns = [
  { header: '机构标识码*', kind: 'text', required: true, note: '十位数字' },
  { header: '年级', kind: 'text', choices: ['一年级', '二年级'] },
  { header: '班数', kind: 'integer' },
  { header: '上年班数', kind: 'integer', given: true },
] as const
const rows = [
  ['0141000001', '一年级', 3, 2],
  ['=1+1', '二年级', 4, null],
]

test('text columns are text, the header is frozen, drop-downs read a sheet nobody can unhide', async () => {
  const bytes = await writeWorkbook([{ name: '表', captions: ['合成数据'], columns, rows, spareRows: 10 }])
  const workbook = await load(bytes)
  const sheet = workbook.getWorksheet('表')!
  assert.equal(sheet.getCell('A1').value, '合成数据')
  assert.equal(sheet.getCell('A3').value, '0141000001')
  assert.equal(sheet.getCell('A3').numFmt, '@')
  assert.equal(sheet.getCell('A4').type, exceljs.ValueType.String)
  assert.deepEqual(sheet.views[0]?.state, 'frozen')
  assert.match(JSON.stringify(sheet.getCell('A2').note), /十位数字/)
  const codes = workbook.getWorksheet('代码')!
  assert.equal(codes.state, 'veryHidden')
  assert.deepEqual(codes.getColumn(1).values.slice(1), ['一年级', '二年级'])
  for (const address of ['B3', 'B14'])
    assert.deepEqual(sheet.getCell(address).dataValidation.formulae, ["'代码'!$A$1:$A$2"])
})

test('what is written is read back as it was', async () => {
  const bytes = await writeWorkbook([{ name: '表', captions: ['合成数据', '说明'], columns, rows }])
  const { sheet, problems } = await readSheet(bytes, {
    fileName: 'x',
    headers: columns.map(({ header }) => header),
  })
  assert.deepEqual(problems, [])
  assert.deepEqual(
    sheet?.rows.map(({ cells }) => cells.map((cell) => cell?.text)),
    [
      ['0141000001', '一年级', '3', '2'],
      ['=1+1', '二年级', '4'],
    ],
  )
})

const red = 'FFFF8A80'
const fillOf = (sheet: exceljs.Worksheet, address: string) =>
  (sheet.getCell(address).fill as exceljs.FillPattern | undefined)?.fgColor?.argb
const problems = [
  cellProblem({ column: 2, row: 3 }, 'x', '错了—因为—改'),
  cellProblem({ column: 1, row: 3 }, 'y', '可疑', 'warning'),
  fileProblem('x.xlsx', 'z', '整个文件'),
]

test('the own file comes back: only the cells at fault coloured, reasons in a last column, the rest untouched', async () => {
  const original = await workbookOf(
    [
      ['名称', '人数'],
      ['甲', 1],
      ['乙', -2],
      ['丙', 3],
    ],
    (sheet) => {
      for (const cell of ['B2', 'B3', 'B4']) sheet.getCell(cell).font = { italic: true }
      sheet.getColumn(1).width = 33
    },
  )
  const { sheet } = await readSheet(original, { fileName: 'x', headers: ['名称', '人数'] })
  const back = (await load(await errorWorkbook(original, sheet!, problems))).getWorksheet('数据')!
  assert.equal(fillOf(back, 'B3'), red)
  assert.deepEqual(
    ['B2', 'B4', 'A2'].map((address) => fillOf(back, address)),
    [undefined, undefined, undefined],
  )
  assert.equal(back.getCell('B3').font.italic, true)
  assert.equal(back.getColumn(1).width, 33)
  assert.equal(back.getCell('C3').value, 'B3 错了—因为—改\nA3 可疑')
  assert.equal(back.getCell('C2').value, null)
  assert.match(String(back.getCell('C1').value), /^问题说明：x.xlsx：整个文件$/)
})

test('a second round writes over the reasons of the first', async () => {
  const original = await workbookOf([
    ['名称', '人数', '问题说明：旧'],
    ['甲', 1, '旧说明'],
    ['乙', -2],
  ])
  const { sheet } = await readSheet(original, { fileName: 'x', headers: ['名称', '人数'] })
  const back = (await load(await errorWorkbook(original, sheet!, problems))).getWorksheet('数据')!
  assert.equal(back.getCell('C2').value, null)
  assert.match(String(back.getCell('C3').value), /错了/)
  assert.equal(back.columnCount, 3)
})

test('a CSV comes back as a workbook with the same addresses', async () => {
  const original = Buffer.from('名称,人数\n\n乙,-2\n丙,3\n')
  const { sheet } = await readSheet(original, { fileName: 'x', headers: ['名称', '人数'] })
  const back = (await load(await errorWorkbook(original, sheet!, problems))).worksheets[0]!
  assert.equal(back.getCell('A3').value, '乙')
  assert.equal(fillOf(back, 'B3'), red)
  assert.equal(fillOf(back, 'B4'), undefined)
  assert.match(String(back.getCell('C3').value), /错了/)
})
