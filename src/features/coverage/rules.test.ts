import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPlan } from '../../plan/index.ts'
import type { DutyJudgement } from '../../records/duties/duty-judgement.ts'
import { cellOf, lightOf, sumCounts } from './rules.ts'

const plan = loadPlan('plan', 'pingdingshan')
const day = '2025-03-01'
const judged = (dutyId: string, more: Partial<DutyJudgement> = {}): DutyJudgement => ({
  duty: plan.coverage.get(dutyId)!,
  day,
  parameters: [],
  counties: [],
  ...more,
})
const gap = { total: 3, covered: 2, uncovered: 1, unknown: 0 }

test('the same gap means what the force of its duty says', () => {
  assert.equal(lightOf(gap, judged('rural-school-helped')), 'open-gaps')
  assert.equal(lightOf(gap, judged('township-central-kindergarten')), 'to-explain')
  assert.equal(lightOf(gap, judged('digital-campus')), 'advancing')
  assert.equal(lightOf(gap, judged('special-regular-pairing')), 'inviting')
})

test('nobody is late on the last day, everybody the day after', () => {
  const due = (on: string) => lightOf(gap, judged('expansion-school-plan', { day: on, due: '2024-12-31' }))
  assert.deepEqual([due('2024-12-31'), due('2025-01-01')], ['not-due', 'open-gaps'])
})

test('what the books do not say is no gap and no cover; where nobody is asked for nothing is owed', () => {
  const duty = judged('parent-committee')
  assert.equal(lightOf({ total: 3, covered: 2, uncovered: 0, unknown: 1 }, duty), 'unknown')
  assert.equal(lightOf({ total: 3, covered: 3, uncovered: 0, unknown: 0 }, duty), 'covered')
  assert.equal(lightOf({ total: 0, covered: 0, uncovered: 0, unknown: 0 }, duty), 'idle')
})

test('where the X must be registered first and none is, nobody can tell: that is not the same as owing nothing', () => {
  const none = { total: 0, covered: 0, uncovered: 0, unknown: 0 }
  const cell = cellOf(1, none, judged('quality-senior-entrusted'))
  assert.deepEqual([cell.light, cell.words], ['unknown', '缺数据'])
  assert.match(cell.sentence, /没有登记优质普通高中/)
})

test('a cell says how many, and a refused duty why', () => {
  const cell = cellOf(1, gap, judged('rural-school-helped'))
  assert.deepEqual([cell.words, cell.light], ['2/3', 'open-gaps'])
  assert.match(cell.sentence, /乡村学校共 3 个，已有城镇学校对口帮扶的 2 个，没有的 1 个；应做到而没有做到/)
  const refused = judged('rural-school-helped', { refused: '参数过了复核日' })
  const none = cellOf(1, { total: 0, covered: 0, uncovered: 0, unknown: 0 }, refused)
  assert.deepEqual([none.words, none.sentence], ['缺数据', '参数过了复核日'])
})

test('the city is the sum of its counties', () => {
  const county = { countyId: 1, ...gap, gaps: [], remarks: [] }
  assert.deepEqual(sumCounts([county, { ...county, whole: 10, part: 7 }]), {
    total: 6,
    covered: 4,
    uncovered: 2,
    unknown: 0,
    whole: 10,
    part: 7,
  })
})
