import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isMissing } from '../../kernel/missing.ts'
import { loadPlan, type Plan } from '../../plan/index.ts'
import { classSizesIn } from './class-sizes.ts'
import { classSizesByYear, forecastKeys, forecastParameters } from './forecast-parameters.ts'
import { quotesFor } from './quotes-for.ts'

const plan = loadPlan('plan', 'pingdingshan')
const day = '2024-09-01'

/** The plan with one parameter changed in every layer that has it. */
function changed(key: string, change: object): Plan {
  const standards = new Map(plan.standards)
  standards.set(
    key,
    (plan.standards.get(key) ?? []).map((layered) => ({
      ...layered,
      standard: { ...layered.standard, ...change },
    })),
  )
  return { ...plan, standards }
}

test('every number of a computation comes from the plan', () => {
  const found = forecastParameters(plan, day)
  assert.ok(found.ok)
  assert.deepEqual(found.value.entryAges, [3])
  assert.deepEqual(
    found.value.variants.map(({ id }) => id),
    ['low', 'mid', 'high'],
  )
  assert.ok(found.value.variants[0]!.factor < 1 && found.value.variants[2]!.factor > 1)
})

test('a parameter past its review stops the computation by its name', () => {
  for (const key of Object.values(forecastKeys)) {
    const found = forecastParameters(changed(key, { reviewBy: '2020-01-01' }), day)
    assert.ok(!found.ok, key)
    assert.equal(found.refusal.code, 'plan.parameter-review-overdue')
    assert.equal(found.refusal.facts?.parameter, key)
  }
})

test('a parameter nobody entered stops it too, and says who owes it', () => {
  const notEntered = { values: undefined, notEntered: { why: '未找到', owedBy: '市教育体育局' } }
  const found = forecastParameters(changed(forecastKeys.red, notEntered), day)
  assert.ok(!found.ok)
  assert.equal(found.refusal.code, 'seats.parameter-missing')
  assert.match(found.refusal.text, /市教育体育局/)
})

test('class sizes of a year: the norm of each stage, Missing where none was entered', () => {
  const found = classSizesIn(plan, 2024, day)
  assert.ok(found.ok)
  const { preschool, primary, primaryIncomplete, junior, senior, vocational, special } = found.value
  assert.deepEqual(preschool, [25, 30, 35])
  assert.deepEqual([primary, primaryIncomplete, junior, senior], [45, 30, 50, 50])
  assert.ok(isMissing(vocational) && isMissing(special))
})

test('the largest class allowed is one below a large class; kindergartens and teaching points keep theirs', () => {
  const standard = classSizesIn(plan, 2024, day)
  const largest = classSizesIn(plan, 2024, day, 'below-large')
  assert.ok(standard.ok && largest.ok)
  assert.deepEqual([largest.value.primary, largest.value.junior, largest.value.senior], [55, 55, 55])
  assert.deepEqual(largest.value.preschool, standard.value.preschool)
  assert.equal(largest.value.primaryIncomplete, 30)
})

test('years before a norm have none; from the current year on a lacking one stops the computation', () => {
  const sizes = classSizesByYear(plan, { from: 1990, now: 2024, until: 2035 }, day, 'standard')
  assert.ok(sizes.ok)
  assert.equal(sizes.value[1990], undefined)
  assert.ok(sizes.value[2016] && sizes.value[2035])
  const ended = changed('class-size.primary', {
    values: [{ from: '2012-01-01', to: '2026-08-31', value: 45, status: 'V' }],
  })
  const stopped = classSizesByYear(ended, { from: 2016, now: 2024, until: 2035 }, day, 'standard')
  assert.ok(!stopped.ok)
  assert.equal(stopped.refusal.code, 'plan.parameter-out-of-validity')
})

test('each stage is given the plan’s own words: those that name it, then those that name no stage', () => {
  const items = (stage: Parameters<typeof quotesFor>[1]) => quotesFor(plan, stage).map(({ item }) => item)
  assert.ok(items('preschool').includes('M1.4') && !items('preschool').includes('M10.1'))
  assert.ok(items('senior').includes('M10.1') && !items('senior').includes('M1.4'))
  for (const stage of ['preschool', 'primary', 'junior', 'senior'] as const) {
    assert.ok(items(stage).includes('M9.1'), stage)
    for (const { item, quote } of quotesFor(plan, stage)) {
      assert.equal(quote, [plan.items.get(item ?? '')?.quote].flat().join('……'))
    }
  }
})
