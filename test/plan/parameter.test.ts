import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { isMissing } from '../../src/kernel/missing.ts'
import { loadPlan, numberParameter, parameter } from '../../src/plan/index.ts'
import { emptyPlan } from './written-plan.ts'

const own = 'status: own'

/** A nation with a norm of two periods, and a city that tightens it from 2024. */
function twoLayers(t: TestContext) {
  const files = emptyPlan(t)
  files.write('land/manifest.yaml', 'id: land\nzh: 国\nkind: national\n')
  files.write('town/manifest.yaml', 'id: town\nzh: 城\nkind: city\nextends: land\n')
  files.write(
    'land/method/size.yaml',
    `id: size\nzh: 班额\nunit: 人\nrationale: 甲\nreviewBy: 2027-08-31\nvalues:
  - { from: 2010-01-01, to: 2014-12-31, value: 50, ${own} }
  - { from: 2015-01-01, value: 45, ${own} }\n`,
  )
  files.write(
    'town/method/size.yaml',
    `id: size\nzh: 班额\nunit: 人\nrationale: 乙\nreviewBy: 2026-12-31\nvalues: [{ from: 2024-01-01, to: 2029-12-31, value: 40, ${own} }]\n`,
  )
  files.write(
    'land/method/range.yaml',
    `id: range\nzh: 区间\nunit: 人\nrationale: 丙\nreviewBy: 2027-08-31\nvalues: [{ from: 2010-01-01, value: { from: 56, to: 65 }, ${own} }]\n`,
  )
  files.write(
    'land/standards/open.yaml',
    'id: open\nzh: 补贴标准\nunit: 元\nnotEntered: { why: 未找到, owedBy: 财政局 }\nreviewBy: 2027-08-31\n',
  )
  return loadPlan(files.root, 'town')
}

test('the nearest layer that has a value for the day gives it, and the value knows its layer', (t) => {
  const plan = twoLayers(t)
  const on = (day: string) => {
    const found = parameter(plan, 'size', { on: day, asOf: '2026-11-24' })
    return 'ok' in found && found.ok ? [found.value.value, found.value.layer.id] : found
  }
  assert.deepEqual(on('2024-01-01'), [40, 'town'])
  assert.deepEqual(on('2029-12-31'), [40, 'town'])
  assert.deepEqual(on('2023-12-31'), [45, 'land'])
  assert.deepEqual(on('2030-01-01'), [45, 'land'])
  assert.deepEqual(on('2014-12-31'), [50, 'land'])
})

test('asked for a day no layer covers, the parameter is refused by name', (t) => {
  const found = parameter(twoLayers(t), 'size', { on: '2009-12-31', asOf: '2026-11-24' })
  assert.ok('ok' in found && !found.ok)
  assert.equal(found.refusal.code, 'plan.parameter-out-of-validity')
  assert.match(found.refusal.text, /班额.*2009-12-31/)
  assert.equal(found.refusal.facts?.parameter, 'size')
})

test('past its review day the parameter is refused by name; on the day itself it is not', (t) => {
  const plan = twoLayers(t)
  const asked = (asOf: string) => numberParameter(plan, 'size', { on: '2025-09-01', asOf })
  assert.deepEqual(asked('2026-12-31'), { ok: true, value: 40 })
  const late = asked('2027-01-01')
  assert.ok('ok' in late && !late.ok)
  assert.equal(late.refusal.code, 'plan.parameter-review-overdue')
  assert.match(late.refusal.text, /town\/method\/size\.yaml/)
})

test('what nobody entered is Missing and says who owes it, never 0', (t) => {
  const found = parameter(twoLayers(t), 'open', { on: '2025-09-01', asOf: '2026-11-24' })
  assert.ok(isMissing(found))
  assert.deepEqual([found.of, found.where, found.owedBy], ['补贴标准', '国', '财政局'])
})

test('an unknown key, and a number asked of what is none, are faults', (t) => {
  const plan = twoLayers(t)
  const days = { on: '2025-09-01', asOf: '2026-11-24' }
  assert.throws(() => parameter(plan, 'sise', days), /sise/)
  assert.throws(() => numberParameter(plan, 'range', days), /range/)
})
