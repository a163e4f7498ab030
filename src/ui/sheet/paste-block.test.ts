import assert from 'node:assert/strict'
import { test } from 'node:test'
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
