import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { moveSelection } from './move-selection.ts'
import { pasteBlock } from './paste-block.ts'
import { copyBlock, placeBlock } from './place-block.ts'
import type { Place } from './sheet-cells.ts'

const at = (row: number, column: number) => ({ anchor: { row, column }, active: { row, column } })
const press = (key: string, held: { shift?: true; ctrl?: true } = {}) => ({
  key,
  shiftKey: held.shift ?? false,
  ctrlKey: held.ctrl ?? false,
  metaKey: false,
})
const size = { rows: 3, columns: 2 }

test('tab goes along the rows and out at the end, enter goes down, arrows stop at the edge', () => {
  const walk: Place[] = []
  for (
    let here = moveSelection(at(0, 0), press('Tab'), size);
    here;
    here = moveSelection(here, press('Tab'), size)
  )
    walk.push(here.active)
  assert.deepEqual(
    walk.map(({ row, column }) => `${row}${column}`),
    ['01', '10', '11', '20', '21'],
  )
  assert.equal(moveSelection(at(0, 0), press('Tab', { shift: true }), size), undefined)
  assert.deepEqual(moveSelection(at(0, 1), press('Enter'), size), at(1, 1))
  assert.deepEqual(moveSelection(at(2, 1), press('Enter'), size), at(2, 1))
  assert.deepEqual(moveSelection(at(0, 0), press('ArrowUp'), size), at(0, 0))
  assert.deepEqual(moveSelection(at(0, 0), press('ArrowDown', { ctrl: true }), size), at(2, 0))
  assert.deepEqual(moveSelection(at(0, 0), press('ArrowDown', { shift: true }), size), {
    anchor: { row: 0, column: 0 },
    active: { row: 1, column: 0 },
  })
  assert.equal(moveSelection(at(0, 0), press('a'), size), undefined)
})

test('a pasted block is laid down cell by cell; what has no place is counted, never dropped silently', () => {
  const open = () => undefined
  assert.deepEqual(placeBlock([['1', '2'], ['3']], at(1, 0), size, open), {
    writes: [
      { row: 1, column: 0, text: '1' },
      { row: 1, column: 1, text: '2' },
      { row: 2, column: 0, text: '3' },
    ],
    beyond: 0,
    onClosed: 0,
  })
  assert.deepEqual(
    placeBlock(
      [
        ['1', '2', '3'],
        ['4', '', ''],
      ],
      at(2, 1),
      size,
      open,
    ),
    { writes: [{ row: 2, column: 1, text: '1' }], beyond: 3, onClosed: 0 },
  )
  const closed = ({ column }: Place) => (column === 0 ? '园名' : undefined)
  assert.deepEqual(
    placeBlock(
      [
        ['园名', '5'],
        ['别的', '6'],
      ],
      at(0, 0),
      size,
      closed,
    ),
    {
      writes: [
        { row: 0, column: 1, text: '5' },
        { row: 1, column: 1, text: '6' },
      ],
      beyond: 0,
      onClosed: 1,
    },
  )
})

test('one value fills the whole selection', () => {
  const selection = { anchor: { row: 2, column: 1 }, active: { row: 0, column: 0 } }
  const { writes } = placeBlock([['7']], selection, size, () => undefined)
  assert.equal(writes.length, 6)
  assert.ok(writes.every(({ text }) => text === '7'))
})

test('what is copied out is read back the same', () => {
  const cell = fc.string({ unit: fc.constantFrom('甲', '1', '"', '\t', '\n', ' '), maxLength: 6 })
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
      (rows) => {
        assert.deepEqual(pasteBlock(`${copyBlock(rows)}\r\n`), rows)
      },
    ),
  )
})
