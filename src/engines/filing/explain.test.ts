import assert from 'node:assert/strict'
import { test } from 'node:test'
import { doubtedValues, unexplained } from './explain.ts'
import type { Remark } from './judge-filing.ts'

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
