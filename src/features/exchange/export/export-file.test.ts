import assert from 'node:assert/strict'
import { test } from 'node:test'
import exceljs from 'exceljs'
import { importTables } from '../tables/all-tables.ts'
import { exportFile, rowsInOneFile } from './export-file.ts'
import type { FieldValues } from './written-columns.ts'

const attacks = ['=', '+', '-', '@', '\t', '\r', '＝'].map((sign) => `${sign}cmd|' /C calc'!A0`)

test('a formula in any text field of any table leaves as text; figures leave as figures', async () => {
  for (const { kind, columns } of Object.values(importTables))
    for (const attack of attacks) {
      const row: FieldValues = Object.fromEntries(
        columns.map(({ key, type, choices }) => [
          key,
          choices || type === 'yes-no' ? null : /count|decimal|year/.test(type) ? -7 : attack,
        ]),
      )
      const note = { kind, place: attack, asOf: '2024-09-01', synthetic: true }
      const texts = columns.filter(({ key }) => row[key] === attack).length
      const figures = columns.filter(({ key }) => row[key] === -7).length
      assert.ok(texts > 0 && (figures > 0 || kind === 'institutions'), kind)

      const csv = await exportFile(note, [row], 'csv')
      assert.ok(csv.ok)
      const line = csv.value.content.toString('utf8').split('\r\n').slice(4).join('\r\n')
      assert.equal(line.split(`'${attack}`).length - 1, texts, `${kind} ${line}`)
      assert.equal(line.split(',').filter((cell) => cell.trim() === '-7').length, figures)

      const xlsx = await exportFile(note, [row], 'xlsx')
      assert.ok(xlsx.ok)
      const workbook = new exceljs.Workbook()
      await workbook.xlsx.load(xlsx.value.content as unknown as exceljs.Buffer)
      workbook.eachSheet((sheet) =>
        sheet.eachRow((cells) =>
          cells.eachCell((cell) => assert.notEqual(cell.type, exceljs.ValueType.Formula)),
        ),
      )
    }
})

test('one row more than a sheet holds is refused, not cut, and the way out is named', async () => {
  const note = { kind: 'births', place: '叶县', asOf: '2024-09-01', synthetic: true } as const
  const refused = await exportFile(note, Array<FieldValues>(rowsInOneFile + 1).fill({}), 'xlsx')
  assert.ok(!refused.ok)
  assert.equal(refused.refusal.code, 'exchange.too-many-rows')
  assert.match(refused.refusal.text, /1048573 行.*后台导出/)
})
