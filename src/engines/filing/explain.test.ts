import assert from 'node:assert/strict'
import { test } from 'node:test'
import { doubtedValues, unexplained } from './explain.ts'
import { judgeFiling, type Remark } from './judge-filing.ts'

const doubt: Remark = { severity: 'doubt', check: 'small', line: 2, fields: ['area', 'pupils'], says: '偏小' }
const filed = (area: number) => ({
  once: { pupils: 90 },
  lines: [
    { line: 1, answers: { area: 1 } },
    { line: 2, answers: { area } },
  ],
})

test('a doubt is explained for the values it was explained of, and for no others', () => {
  const found = doubtedValues(doubt, filed(50))
  assert.deepEqual(found, { area: 50, pupils: 90 })
  const said = [{ check: 'small', line: 2, found: { pupils: 90, area: 50 } }]
  assert.deepEqual(unexplained([doubt], filed(50), said), [])
  assert.deepEqual(unexplained([doubt], filed(51), said), [doubt])
  assert.deepEqual(unexplained([doubt], filed(50), [{ ...said[0]!, line: 1 }]), [doubt])
  assert.deepEqual(unexplained([{ ...doubt, severity: 'hint' }], filed(50), []), [])
})

test('what a comparison with other filings found is explained by its own words', () => {
  const compared: Remark = { ...doubt, found: '上年 900' }
  assert.deepEqual(doubtedValues(compared, filed(50)), { found: '上年 900' })
  const said = [{ check: 'small', line: 2, found: { found: '上年 900' } }]
  assert.deepEqual(unexplained([compared], filed(1), said), [])
  assert.deepEqual(unexplained([{ ...compared, found: '上年 901' }], filed(1), said).length, 1)
})

test('what is compared with a book or another return wants another word once that changes', () => {
  const form = { parts: [{ zh: '教师', fields: [{ id: 'teachers', zh: '教师', type: 'count' as const }] }] }
  const rule = {
    ...{ id: 'many', zh: '教师多于台账', severity: 'doubt' as const, marks: ['teachers'] },
    ...{ holds: 'teachers <= institution.teachers', why: '台账为准', mend: '请核对。' },
  }
  const written = { once: { teachers: 30 }, lines: [] }
  const judged = (value: number) =>
    judgeFiling(form, [rule], written, {
      facts: { 'institution.teachers': { value, says: `台账 ${value}` } },
      parameters: {},
    })
  const found = doubtedValues(judged(28)[0]!, written)
  assert.deepEqual(found, { teachers: 30, 'institution.teachers': 28 })
  const said = [{ check: 'many', line: 0, found }]
  assert.deepEqual(unexplained(judged(28), written, said), [])
  assert.equal(unexplained(judged(20), written, said).length, 1)
})
