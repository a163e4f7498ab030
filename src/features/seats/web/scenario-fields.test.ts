import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ScenarioAnswer } from '../scenario-contract.ts'
import { blankFields, bodyOf, draftFields, fieldsOf } from './scenario-fields.ts'

const saved: ScenarioAnswer = {
  scenarioId: 3,
  countyId: 410422,
  place: '叶县',
  name: '新城住宅',
  note: '按 2024 年供地计划',
  revision: 2,
  author: '叶县教体局',
  savedAt: '2024-09-02 08:00:00+08',
  assumptions: {
    births: 'low',
    townDrift: 0.07,
    capacityBasis: 'smaller',
    classSize: 'below-large',
    housing: [
      {
        unitId: 410422001,
        year: 2026,
        stage: 'primary',
        dwellings: 800,
        pupilsPer100: 22.5,
        reason: '供地计划第 3 号',
      },
    ],
    seniorShares: [{ unitId: 410422, from: 2026, share: 0.57, reason: '招生计划' }],
    overrides: [
      { unitId: 410422001, year: 2026, grade: 'P1', pupils: 0, reason: '当年不招生' },
      { unitId: 410422001, year: 2027, grade: 'J1', factor: 1.1, reason: '并校' },
    ],
  },
  computed: null,
}

test('what was saved goes into the form and comes back the same', () => {
  const { name, note, countyId, assumptions } = saved
  assert.deepEqual(bodyOf(fieldsOf(saved)), { name, note, countyId, assumptions })
})

test('shares are filled in as percent, without binary dust', () => {
  const fields = fieldsOf(saved)
  assert.equal(fields.townDriftPercent, 7)
  assert.equal(fields.seniorShares[0]?.percent, 57)
})

test('an override says either pupils or a factor, and 0 pupils is a number', () => {
  const { overrides } = bodyOf(fieldsOf(saved)).assumptions
  assert.equal(overrides[0]?.pupils, 0)
  assert.equal('factor' in overrides[0]!, false)
  assert.equal('pupils' in overrides[1]!, false)
})

test('a blank form belongs to the visitor’s own place and assumes nothing', () => {
  const body = bodyOf({ ...blankFields, name: ' 试算 ' })
  assert.equal(body.name, '试算')
  assert.equal('countyId' in body, false)
  assert.equal(body.assumptions.townDrift, 0)
})

test('a warning becomes the name and note of a new scenario of its county', () => {
  const warning = '叶县普通高中 2025—2032 年缺学位，2029 年最多，约缺 8,898 个'
  const drafted = bodyOf(draftFields(warning, '410422'))
  assert.equal(drafted.name, '叶县普通高中 2025—2032 年缺学位')
  assert.equal(drafted.note, warning)
  assert.equal(drafted.countyId, 410422)
  assert.equal(bodyOf(draftFields(warning, '')).countyId, undefined)
})
