import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bindPlanSql } from './bind-plan-sql.ts'
import { loadPlan } from './index.ts'

const plan = loadPlan('plan', 'pingdingshan')
const asked = { year: 2024, day: '2024-09-01', asOf: '2025-03-01', reading: 'resident' }

test('years, days, readings and parameters become bound values with their types', () => {
  const bound = bindPlanSql(
    plan,
    'select {school-year}, {day}, {reading}, {special-school.population-threshold}, {age-range.senior/to}',
    asked,
  )
  assert.ok('text' in bound)
  assert.equal(bound.text, 'select $1::integer, $2::date, $3::text, $4::numeric, $5::numeric')
  assert.deepEqual(bound.values, [2024, '2024-09-01', 'resident', 200_000, 17])
  assert.deepEqual(
    bound.parameters.map(({ key }) => key),
    ['special-school.population-threshold', 'age-range.senior'],
  )
})

test('a parameter that did not yet hold on the day refuses with its name', () => {
  const bound = bindPlanSql(plan, 'select {special-school.population-threshold}', {
    ...asked,
    day: '2019-09-01',
  })
  assert.ok('refused' in bound)
  assert.match(bound.refused, /应建特殊教育学校的县人口.*2019-09-01/)
})

test('a parameter past its review refuses although it holds', () => {
  const bound = bindPlanSql(plan, 'select {special-school.population-threshold}', {
    ...asked,
    asOf: '2029-01-01',
  })
  assert.ok('refused' in bound)
  assert.match(bound.refused, /复核/)
})

test('what the plan has not entered says who owes it', () => {
  const bound = bindPlanSql(plan, 'select {class-size.special}', asked)
  assert.ok('refused' in bound)
  assert.match(bound.refused, /尚未录入，应由.+提供/)
})

test('a key no file knows is a fault of ours', () => {
  assert.throws(() => bindPlanSql(plan, 'select {no-such-key}', asked), /no-such-key/)
})
