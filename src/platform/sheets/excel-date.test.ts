import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cellAddress, parseAddress } from './cell-problem.ts'
import { dayOfSerial, isDateFormat } from './excel-date.ts'

test('days of serial numbers in both calendars, with the 29 February 1900 that never was', () => {
  assert.equal(dayOfSerial(45_536, false), '2024-09-01')
  assert.equal(dayOfSerial(44_074, true), '2024-09-01')
  assert.equal(dayOfSerial(1, false), '1900-01-01')
  assert.equal(dayOfSerial(59, false), '1900-02-28')
  assert.equal(dayOfSerial(61, false), '1900-03-01')
  assert.equal(dayOfSerial(0, false), undefined)
  assert.equal(dayOfSerial(Number.NaN, false), undefined)
})

test('formats that show a day, and those that only look so', () => {
  for (const format of ['yyyy-mm-dd', 'yyyy"年"m"月"d"日"', '[$-804]yyyy年m月', 'h:mm'])
    assert.ok(isDateFormat(format), format)
  for (const format of ['0', 'General', '0.00"人/day"', '[Red]0', '#,##0_);(#,##0)', '@'])
    assert.ok(!isDateFormat(format), format)
})

test('addresses there and back', () => {
  for (const column of [1, 26, 27, 52, 702, 703, 16_384])
    assert.deepEqual(parseAddress(cellAddress(column, 7)), { column, row: 7 })
  assert.equal(parseAddress('表.xlsx'), undefined)
})
