import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPlan, loadPlan, parameter } from '../../src/plan/index.ts'

/** A made-up city with a paper of its own, which extends the nation without a province between. */
const plan = loadPlan(['test/plan/fictional', 'plan'], 'yunling')

test('another city loads by its folder alone', () => {
  assert.deepEqual(
    plan.layers.map(({ id }) => id),
    ['yunling', 'national'],
  )
  assert.deepEqual(
    plan.measures.map(({ id }) => id),
    ['M01', 'M02'],
  )
  assert.deepEqual(
    plan.targets.map(({ id }) => id),
    ['T1', 'T2', 'T3'],
  )
  assert.equal(plan.items.size, 8, 'nothing of Pingdingshan is in it')
  assert.equal(plan.papers.has('pds-2024-35'), false)
})

test('its quotations are found and its sentences placed', () => {
  const [report] = checkPlan(plan)
  assert.deepEqual(report?.problems, [])
  assert.deepEqual(
    report?.chapters.flatMap(({ unplaced }) => unplaced),
    [],
  )
  assert.deepEqual(
    report?.counts.map(({ placed }) => placed),
    [3, 4, 1],
  )
})

test('it replaces a parameter from its own day on, with its own citation, and inherits the rest', () => {
  const on = (key: string, day: string) => {
    const found = parameter(plan, key, { on: day, asOf: '2026-11-24' })
    assert.ok('ok' in found && found.ok)
    return found.value
  }
  const replaced = on('class-size.primary', '2026-09-01')
  assert.deepEqual([replaced.value, replaced.layer.id], [40, 'yunling'])
  assert.ok(replaced.cite && 'paper' in replaced.cite && replaced.cite.paper === 'yl-2025-7')
  const before = on('class-size.primary', '2020-09-01')
  assert.deepEqual([before.value, before.layer.id], [45, 'national'])
  const inherited = on('class-size.junior', '2026-09-01')
  assert.deepEqual([inherited.value, inherited.layer.id], [50, 'national'])
})
