import assert from 'node:assert/strict'
import { test } from 'node:test'
import { missing } from '../../kernel/missing.ts'
import { answerSentence, boardYears, runsStage } from './answer-sentence.ts'
import { boardRow, type Outset, type SeatValue, unitOutlook } from './unit-row.ts'

const unit = { unitId: 410422, name: '叶县', kind: 'county', countyId: 410422 }
const outset: Outset = {
  stage: 'primary',
  scenario: 'mid',
  basis: 'rooms',
  hasNorm: true,
  red: 1,
  bandLevel: 0.8,
  now: 2025,
}
const value = (
  measure: string,
  year: number,
  mean: number | null,
  more: Partial<SeatValue> = {},
): SeatValue => ({
  unitId: unit.unitId,
  measure,
  stage: 'primary',
  year,
  scenario: measure === 'demand' ? 'mid' : '',
  mean,
  lo80: mean === null ? null : mean - 10,
  hi80: mean === null ? null : mean + 10,
  missing: null,
  ...more,
})
const seats = (year: number, rooms: number, approved: number) => [
  value('supply-rooms', year, rooms),
  value('supply-approved', year, approved),
]
const values = [
  value('enrolment', 2023, 1200),
  value('enrolment', 2024, 1150),
  ...seats(2023, 1000, 900),
  ...[2025, 2026, 2027].flatMap((year) => seats(year, 1000, 900)),
  value('demand', 2025, 1100),
  value('demand', 2026, 1005),
  value('demand', 2027, 950),
  value('demand', 2027, 700, { scenario: 'low' }),
]

test('each year is judged by the chosen scenario and basis', () => {
  const rooms = unitOutlook(unit, values, outset)
  assert.deepEqual(
    rooms.years.map(({ year, gap }) => [year, gap.sign]),
    [
      [2025, 'shortage'],
      [2026, 'even'],
      [2027, 'surplus'],
    ],
  )
  const approved = unitOutlook(unit, values, { ...outset, basis: 'approved' })
  assert.deepEqual(
    approved.years.map(({ gap }) => gap.sign),
    ['shortage', 'shortage', 'shortage'],
  )
  const low = unitOutlook(unit, values, { ...outset, scenario: 'low' })
  assert.equal(low.years.at(-1)?.gap.gap, -300)
})

test('a stage without a norm is judged by the approved figure', () => {
  const seen = unitOutlook(unit, values, { ...outset, hasNorm: false })
  assert.equal(seen.years[1]?.gap.gap, 105)
})

test('a row has a cell for every column, with both supplies and whether the warning lasts', () => {
  const row = boardRow(unitOutlook(unit, values, outset), [2025, 2026, 2027, 2028])
  assert.deepEqual(
    row.cells.map(({ sign }) => sign),
    ['shortage', 'even', 'surplus', 'absent'],
  )
  const first = row.cells[0]
  assert.deepEqual([first?.gap, first?.rooms, first?.approved, first?.ruling], [100, 1000, 900, 1000])
  assert.equal(first?.persistent, false)
  assert.equal(row.lead, 0)
  assert.ok(runsStage(row))
})

test('missing rooms are said in the cell and in the words', () => {
  const owed = missing('教室数', '甲校', { owedBy: '学校（园）' })
  const unknown = values.map((each) =>
    each.measure === 'supply-rooms' ? { ...each, mean: null, missing: owed } : each,
  )
  const seen = unitOutlook(unit, unknown, outset)
  assert.ok(seen.years.every(({ gap }) => gap.sign === 'missing'))
  assert.deepEqual(seen.missing, [owed])
  assert.match(seen.words, /缺甲校的教室数/)
  assert.match(answerSentence(undefined, [seen]), /1 个缺数据不能判断/)
})

test('the answer counts the parts and names the earliest', () => {
  const seen = unitOutlook(unit, values, outset)
  const text = answerSentence(seen, [seen, { ...seen, unit: { ...unit, name: '鲁山县' } }])
  assert.match(text, /^叶县小学：/)
  assert.match(
    text,
    /下辖 2 个单位中，2 个将缺学位（最早 2025 年，叶县），2 个将有富余（最早 2027 年，叶县），其中 2 个先缺后余。$/,
  )
  assert.deepEqual(boardYears([seen]), [2025, 2026, 2027])
})

test('a unit without the stage says nothing', () => {
  const seen = unitOutlook(unit, [], outset)
  assert.equal(seen.words, '')
  assert.equal(runsStage(boardRow(seen, [2025])), false)
})
