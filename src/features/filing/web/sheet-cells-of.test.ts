import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FormSheetShown } from '../sheet-contract.ts'
import { DraftSaver } from './draft-saver.ts'
import { sheetCells } from './sheet-cells-of.ts'

const rule = { severity: 'doubt' as const, marks: ['area'], why: '一年少有这样的变动', mend: '请核对。' }

const sheet: FormSheetShown = {
  form: {
    id: 'rooms',
    zh: '用房表',
    version: 1,
    why: '测试',
    serves: [],
    parts: [
      { zh: '用房', fields: [{ id: 'area', zh: '面积', ask: '面积多少？', type: 'number', atLeast: 0 }] },
    ],
    lines: {
      zh: '各室',
      each: '室',
      atMost: 9,
      fields: [{ id: 'room', zh: '室', ask: '哪一室？', type: 'text' }],
    },
  },
  period: { id: '2026', zh: '2026 年', dueOn: '2026-10-20' },
  rules: [
    { ...rule, id: 'rooms.year', zh: '面积比上年变动过大', holds: 'area <= 2 * last.area' },
    { ...rule, id: 'rooms.all', zh: '行数与面积不符', holds: 'count() = area' },
  ],
  parameters: {},
  past: null,
  you: 'clerk',
  rows: [
    {
      countyId: 1,
      subjectId: 7,
      name: '甲园',
      filingId: 3,
      stands: '填报中',
      writable: true,
      values: [100],
      origins: [''],
      before: [100],
      marks: [],
      facts: {},
    },
  ],
}

function cellWith(written: string, of: FormSheetShown, now?: number) {
  const saver = new DraftSaver(new Map(), { keep: () => {}, changed: () => {}, send: () => Promise.reject() })
  saver.write(7, 'area', written)
  if (now !== undefined)
    saver.told = {
      saved: [],
      wrong: [],
      remarks: [],
      unmerged: [{ line: 7, field: 'area', yours: Number(written), now, writtenBy: '别人' }],
    }
  return sheetCells(of, of.form.parts[0]!.fields, saver)(0, 0)
}

test('what cannot be read is red and says why', () => {
  const { severity, remarks } = cellWith('很大', sheet)
  assert.equal(severity, 'error')
  assert.match(remarks[0]!.says, /很大/)
})

test('a row is held against what was approved a period before, and accuses nobody without it; lines are not judged here', () => {
  const says = (of: FormSheetShown) => cellWith('300', of).remarks.map((each) => each.says)
  assert.deepEqual(says(sheet), ['面积比上年变动过大—一年少有这样的变动—请核对。'])
  assert.deepEqual(says({ ...sheet, rows: [{ ...sheet.rows[0]!, before: [] }] }), [])
})

test('a cell that somebody else changed meanwhile is red until one is chosen', () => {
  const { severity, remarks } = cellWith('110', sheet, 120)
  assert.equal(severity, 'error')
  assert.match(remarks[0]!.says, /别人也改了它/)
  assert.equal(cellWith('110', sheet).severity, undefined)
})

test('what the platform did not take is red with its words', () => {
  const saver = new DraftSaver(new Map(), { keep: () => {}, changed: () => {}, send: () => Promise.reject() })
  saver.write(7, 'area', '110')
  const wrong = [{ line: 7, field: 'area', says: '甲园：现在不能改' }]
  saver.told = { saved: [], unmerged: [], remarks: [], wrong }
  const { severity, remarks } = sheetCells(sheet, sheet.form.parts[0]!.fields, saver)(0, 0)
  assert.deepEqual([severity, remarks.map(({ says }) => says)], ['error', ['甲园：现在不能改']])
})

test('a cell that somebody asks about is marked', () => {
  const marks = [{ field: 'area', why: '与图不符', markedBy: '县', markedAt: '2026-10-01' }]
  assert.equal(cellWith('110', { ...sheet, rows: [{ ...sheet.rows[0]!, marks }] }).asked, true)
  assert.equal(cellWith('110', sheet).asked, false)
})
