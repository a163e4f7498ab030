import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadPlan, parameter, traceParameter } from './index.ts'

const plan = loadPlan('plan', 'pingdingshan')
const trace = (key: string) => {
  const found = parameter(plan, key, { on: '2024-09-01', asOf: '2024-09-01' })
  assert.ok('ok' in found && found.ok)
  return traceParameter(plan, found.value)
}

test('a parameter of the paper is told with its item and its words', () => {
  assert.deepEqual(trace('public-enrolment-share.target'), {
    key: 'public-enrolment-share.target',
    zh: '公办园在园幼儿占比目标',
    value: '0.6',
    unit: '比率',
    layer: '平顶山市',
    status: 'V',
    source: '平教体基〔2024〕35号 T5',
    quote: '公办园在园幼儿占比力争达到60%以上',
  })
})

test('a parameter of ages is told with both ends, one of our own with its reason', () => {
  assert.equal(trace('age-range.senior').value, '15—17')
  const own = trace('statistics.complete-from')
  assert.equal(own.status, 'own')
  assert.match(own.source, /填报/)
})
