import assert from 'node:assert/strict'
import { test } from 'node:test'
import exceljs from 'exceljs'
import { guarded, unguarded } from './formula-guard.ts'
import { openPackage } from './open-package.ts'
import { readCsv } from './read-csv.ts'
import { writeCsv } from './write-csv.ts'
import { writeWorkbook } from './write-workbook.ts'

const signs = ['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠']
const attacks = signs.flatMap((sign) => [
  `${sign}cmd|' /C calc'!A0`,
  ` ${sign}1+1`,
  `'${sign}1`,
  `\n${sign}1`,
])
const harmless = ['叶县一小', "O'Brien", '3-5班', 'a=b', '‘引号’', '-', '']
const sheet = (rows: readonly (readonly (string | number)[])[]) => ({
  name: '表',
  columns: [
    { header: '名称', kind: 'text' as const },
    { header: '变化', kind: 'integer' as const },
  ],
  rows,
})

test('every text that could run gets an apostrophe in CSV, numbers stay numbers', () => {
  for (const encoding of ['UTF-8', 'GB18030'] as const)
    for (const text of attacks) {
      const line = writeCsv(sheet([[text, -5]]), encoding)
        .toString('latin1')
        .split('\r\n')
        .slice(1)
        .join('\r\n')
      assert.match(line, /^"?'/, JSON.stringify(text))
      assert.match(line, /,-5\r\n$/)
    }
})

test('taking off the guard gives back exactly what was written, for any text', () => {
  for (const text of [...attacks, ...harmless]) assert.equal(unguarded(guarded(text)), text)
  const kept = attacks.filter((text) => !text.includes('\0'))
  const { raw } = readCsv(writeCsv(sheet(kept.map((text) => [text, -5])), 'UTF-8'))
  assert.deepEqual(
    raw.rows.slice(1).map(({ cells }) => [cells[0]?.text, cells[1]?.text]),
    kept.map((text) => [text, '-5']),
  )
})

test('in XLSX a text is a text: no formula anywhere, negative numbers are numbers', async () => {
  const bytes = await writeWorkbook([sheet(attacks.map((text) => [text, -5]))])
  const pack = await openPackage(bytes)
  for (const path of pack.paths.filter((each) => each.endsWith('.xml'))) {
    let text = ''
    for await (const piece of (await pack.read(path)) ?? []) text += piece
    assert.doesNotMatch(text, /<f[ >]/, path)
  }
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.load(bytes as unknown as exceljs.Buffer)
  attacks.forEach((_, index) => {
    const [name, change] = [1, 2].map((column) => workbook.worksheets[0]!.getCell(index + 2, column))
    assert.equal(name?.type, exceljs.ValueType.String)
    assert.deepEqual([change?.type, change?.value], [exceljs.ValueType.Number, -5])
  })
})
