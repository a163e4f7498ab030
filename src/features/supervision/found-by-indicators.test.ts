import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPlan } from '../../plan/index.ts'
import type { Standing } from '../../records/indicators/judge-target.ts'
import { foundByIndicators } from './found-by-indicators.ts'

const plan = loadPlan('plan', 'pingdingshan')
const yexian = 410_422
const after = '2028-01-01'

const standing = (sign: Standing['sign']): Standing => ({
  sign,
  words: '95.00%',
  sentence: '95.00%，距 96.00% 差 1.00 个百分点',
})

function found(target: string, signs: readonly [Standing['sign'], ...Standing['sign'][]], day = after) {
  const [first, ...others] = signs
  const of = plan.targets.find(({ id }) => id === target)!
  const standings = [standing(first), ...others.map(standing)] as const
  return foundByIndicators(
    plan,
    [{ target: of, unitId: yexian, standings }],
    new Map([[yexian, yexian]]),
    day,
  )
}

test('a figure missed once its last day has passed is a finding about the county, on the sentence of the paper', () => {
  const [rule] = found('T9', ['missed'])
  assert.equal(rule?.rule, 'senior-gross-enrolment-reached')
  assert.deepEqual(rule.found, [
    {
      source: 'indicator',
      rule: 'senior-gross-enrolment-reached',
      item: 'T9',
      quote: '高中阶段毛入学率达到96%以上',
      subject: { countyId: yexian, kind: 'county', id: yexian },
      ownerLevel: 'county',
      supervision: 'government',
      severity: 'serious',
      says: '高中阶段毛入学率：95.00%，距 96.00% 差 1.00 个百分点',
    },
  ])
})

test('on the last day itself nobody is late', () => {
  assert.deepEqual(found('T9', ['missed'], '2027-12-31'), [])
})

test('what is only striven for opens nothing', () => {
  assert.deepEqual(found('T5', ['missed']), [])
})

test('what is missing accuses nobody and clears nobody; what is reached clears', () => {
  const of = (sign: Standing['sign']) =>
    found('T12', [sign]).map((rule) => [rule.found.length, rule.still.length])
  assert.deepEqual(of('missing'), [[0, 1]])
  assert.deepEqual(of('open'), [[0, 1]])
  assert.deepEqual(of('reached'), [[0, 0]])
  assert.deepEqual(of('idle'), [[0, 0]])
})

test('a county that one reading of the words counts as covered is accused by none', () => {
  assert.deepEqual(
    found('T10', ['missed', 'missed']).map((rule) => rule.found.length),
    [1],
  )
  const [divided] = found('T10', ['missed', 'reached'])
  assert.deepEqual([divided?.found, divided?.still], [[], []])
})

test('every target with a figure and a last day has its rule', () => {
  const due = plan.targets.filter(({ line, items }) => line !== undefined && items[0]?.due !== undefined)
  const ruled = new Set([...plan.indicatorRules.values()].map(({ target }) => target))
  assert.deepEqual(
    due.map(({ id }) => id).filter((id) => !ruled.has(id)),
    [],
  )
})
