import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeScenario } from './judge-scenario.ts'
import type { Assumptions } from './scenario-contract.ts'

const ground = {
  units: new Map([
    [410422, { name: '叶县', kind: 'county' }],
    [410422100, { name: '昆阳街道', kind: 'township' }],
  ]),
  firstYear: 2025,
  until: 2035,
}
const none: Assumptions = {
  births: 'mid',
  townDrift: 0,
  capacityBasis: 'rooms',
  classSize: 'standard',
  housing: [],
  seniorShares: [],
  overrides: [],
}
const housing = {
  unitId: 410422100,
  year: 2027,
  stage: 'primary' as const,
  dwellings: 500,
  pupilsPer100: 20,
  reason: '规划许可',
}
const code = (assumptions: Partial<Assumptions>) => {
  const judged = judgeScenario({ ...none, ...assumptions }, ground)
  return judged.ok ? 'granted' : judged.refusal.code
}

test('assumptions inside the county and the forecast are granted', () => {
  assert.equal(code({}), 'granted')
  assert.equal(code({ housing: [housing] }), 'granted')
  assert.equal(
    code({ seniorShares: [{ unitId: 410422, from: 2026, share: 0.6, reason: '招生计划' }] }),
    'granted',
  )
  const set = { unitId: 410422, year: 2026, grade: 'P1' as const, reason: '已登记' }
  assert.equal(code({ overrides: [{ ...set, pupils: 900 }] }), 'granted')
})

test('each wrong line is refused by its own code, in words that name the line', () => {
  assert.equal(code({ housing: [{ ...housing, unitId: 1 }] }), 'seats.unit-outside')
  assert.equal(code({ housing: [{ ...housing, unitId: 410422 }] }), 'seats.housing-level')
  assert.equal(code({ housing: [{ ...housing, year: 2036 }] }), 'seats.year-outside')
  assert.equal(
    code({ seniorShares: [{ unitId: 410422, from: 2024, share: 0.6, reason: '计划' }] }),
    'seats.year-outside',
  )
  const set = { unitId: 410422, year: 2026, grade: 'P1' as const, reason: '已登记' }
  assert.equal(code({ overrides: [set] }), 'seats.override-one')
  assert.equal(code({ overrides: [{ ...set, pupils: 1, factor: 2 }] }), 'seats.override-one')
  const judged = judgeScenario({ ...none, housing: [housing, { ...housing, year: 2050 }] }, ground)
  assert.match(judged.ok ? '' : judged.refusal.text, /^新增住宅第 2 行的年份 2050—.*—请.*。$/)
})
