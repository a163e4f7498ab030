import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { pasteBlock } from './paste-block.ts'

test('rows and cells are read as a spreadsheet writes them', () => {
  assert.deepEqual(pasteBlock('1\t2\r\n3\t\r\n'), [
    ['1', '2'],
    ['3', ''],
  ])
  assert.deepEqual(pasteBlock('一格'), [['一格']])
  assert.deepEqual(pasteBlock(''), [])
  assert.deepEqual(pasteBlock('"甲\n乙"\t"他说""好"""\n5'), [['甲\n乙', '他说"好"'], ['5']])
})

test('any block written out as a spreadsheet does is read back', () => {
  const cell = fc.string({ unit: fc.constantFrom('甲', '1', '"', '\t', '\n', ' '), maxLength: 6 })
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
      (rows) => {
        const written = rows.map((row) => row.map(quote).join('\t')).join('\r\n')
        assert.deepEqual(pasteBlock(`${written}\r\n`), rows)
      },
    ),
  )
})

function quote(cell: string): string {
  return /["\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
