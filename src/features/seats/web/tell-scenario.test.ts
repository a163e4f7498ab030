import assert from 'node:assert/strict'
import { test } from 'node:test'
import { grades } from '../../../kernel/stage.ts'
import type { Assumptions, ScenarioAnswer } from '../scenario-contract.ts'
import { computedState, gradeName, tellAssumptions, tellScenarios } from './tell-scenario.ts'

const plain: Assumptions = {
  births: 'mid',
  townDrift: 0,
  capacityBasis: 'rooms',
  classSize: 'standard',
  housing: [],
  seniorShares: [],
  overrides: [],
}
const scenario = (computed: ScenarioAnswer['computed']): ScenarioAnswer => ({
  scenarioId: 1,
  countyId: 410422,
  place: '叶县',
  name: '试算',
  note: '',
  revision: 1,
  author: '甲',
  savedAt: '2024-09-01',
  assumptions: plain,
  computed,
})

test('only what is assumed is said', () => {
  assert.equal(tellAssumptions(plain), '出生人口中方案，流动按以往趋势，学位按教室×标准班额')
})

test('drift has a direction, housing is counted in dwellings', () => {
  const home = {
    unitId: 1,
    year: 2026,
    stage: 'primary' as const,
    dwellings: 900,
    pupilsPer100: 20,
    reason: '供地',
  }
  const text = tellAssumptions({
    ...plain,
    townDrift: -0.015,
    classSize: 'below-large',
    housing: [home, { ...home, dwellings: 400 }],
  })
  assert.match(text, /每年另有 1.5% 由县城回流/)
  assert.match(text, /班额取不超大班额的上限/)
  assert.match(text, /新增住宅 1,300 套（2 处）/)
  assert.match(tellAssumptions({ ...plain, townDrift: 0.02 }), /每年另有 2% 进县城/)
})

test('a scenario changed after its computation waits for a new one', () => {
  const at = { asOf: '2024-09-01', saidAt: '2024-09-02' }
  assert.deepEqual(computedState(scenario(null)), { words: '未测算', tag: 'waiting' })
  assert.equal(computedState(scenario({ ...at, current: false })).tag, 'waiting')
  assert.deepEqual(computedState(scenario({ ...at, current: true })), {
    words: '已测算，截至 2024-09-01',
    tag: 'plain',
  })
  assert.equal(
    tellScenarios([scenario(null), scenario({ ...at, current: true }), scenario({ ...at, current: false })]),
    '已存 3 个情景方案，1 个可以直接看，2 个要先测算。',
  )
  assert.match(tellScenarios([]), /还没有情景方案/)
})

test('every grade has its own name', () => {
  assert.equal(new Set(grades.map(gradeName)).size, grades.length)
  assert.equal(gradeName('P3'), '小学三年级')
  assert.equal(gradeName('K1'), '幼儿园小班')
  assert.equal(gradeName('X'), '特殊教育')
})
