import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { supervision } from '../../src/features/supervision/index.ts'
import { openByRules } from '../../src/features/supervision/open-by-rules.ts'
import type { Force, Plan } from '../../src/plan/index.ts'
import { bookDay } from '../../src/records/books.ts'
import { listFindings } from '../../src/records/findings/list-findings.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let counties: number[]
let all: number[]
let day: string

before(async () => {
  hamlet = await servedHamlet(supervision.routes)
  counties = hamlet.city.counties.map(({ division }) => division.code)
  all = [hamlet.city.cityId, ...counties]
  day = bookDay(hamlet.books.site)
})
after(() => hamlet.close())

const rule = 'public-enrolment-share-reached'
const key = 'public-enrolment-share.target'

/** The plan as if its target had been due before the books end, with another line, and with this force. */
function planWith(force: Force, line = 0.6, due = '2024-08-20'): Plan {
  const { plan } = hamlet.books
  const targets = plan.targets.map((target) => {
    if (target.id !== 'T5') return target
    const [item] = target.items
    return { ...target, path: { ...target.path, endYear: 2023 }, items: [{ ...item!, due }] }
  })
  const standards = new Map(plan.standards).set(
    key,
    plan.standards.get(key)!.map((each) => ({
      ...each,
      standard: {
        ...each.standard,
        values: each.standard.values!.map((value) => ({ ...value, from: '2020-01-01', value: line })),
      },
    })),
  )
  const indicatorRules = new Map(plan.indicatorRules).set(rule, { ...plan.indicatorRules.get(rule)!, force })
  return { ...plan, version: `${force} ${line} ${due}`, targets, standards, indicatorRules }
}

const run = (plan: Plan, on = day) => openByRules({ ...hamlet.books, plan }, all, on)
const found = () =>
  hamlet.books.db.transaction({ counties: all, asOf: day }, (tx) =>
    listFindings(tx, { rule }, { limit: 100 }),
  )

test('what is only striven for, or not yet due, opens nothing', async () => {
  await run(planWith('encouraged'))
  await run(planWith('must', 0.6, '2027-12-31'))
  assert.deepEqual(await found(), [])
})

test('a missed figure is one finding about each county and one about the city, with the words of the paper', async () => {
  await run(planWith('must', 0.99))
  const findings = await found()
  assert.deepEqual(findings.map(({ countyId }) => countyId).sort(), [...all].sort())
  const { plan } = hamlet.books
  for (const { source, item, quote, subjectKind, subjectId, countyId, found: says, phase } of findings) {
    assert.deepEqual([source, item, phase, subjectKind], ['indicator', 'T5', 'opened', 'county'])
    assert.equal(quote, plan.items.get('T5')?.quote)
    assert.equal(subjectId, countyId)
    assert.match(says, /^公办园在园幼儿占比：\d+\.\d\d%，距 99\.00% 差 \d+\.\d\d 个百分点$/)
  }
  assert.deepEqual(
    findings.filter(({ ofCity }) => ofCity).map(({ countyId }) => countyId),
    [hamlet.city.cityId],
  )
  assert.deepEqual((await run(planWith('must', 0.99))).opened, 0, 'a second run opens nothing')
  const shown = await hamlet.ask('city-supervision', 'GET', `/api/findings/${findings[0]!.findingId}`)
  assert.equal(shown.body.ruleName, plan.indicatorRules.get(rule)!.zh)
})

const step = async (account: string, id: number, act: string, hand: string, more: object = {}) => {
  const { body } = await hamlet.ask('city-supervision', 'GET', `/api/findings/${id}`)
  return hamlet.ask(account, 'POST', `/api/findings/${id}/steps`, {
    ...{ act, hand, revision: body.revision },
    ...more,
  })
}
const owner = { unit: '教体局', person: '王五', cause: 'money' }

test('reached it waits with its mark for a person; closed and missed again it is the same finding, opened again', async () => {
  const ofCounty = async () => (await found()).find(({ countyId }) => countyId === counties[0])!
  const { findingId } = await ofCounty()
  await run(planWith('must', 0.01))
  assert.deepEqual([(await ofCounty()).conditionMet, (await ofCounty()).phase], [true, 'opened'])
  for (const [act, more] of [
    ['assign', { owner }],
    ['recheck', { says: '报送数据属实' }],
    ['close', {}],
  ] as const)
    assert.equal((await step('city-supervision', findingId, act, 'city', more)).status, 200, act)
  await run(planWith('must', 0.01))
  assert.equal((await ofCounty()).phase, 'closed')
  await run(planWith('must', 0.99))
  const again = await ofCounty()
  assert.deepEqual([again.findingId, again.phase, again.relapses], [findingId, 'opened', 1])
})

test('what the city itself missed its bureau mends, and only the inspectorate of the government looks at', async () => {
  const { findingId } = (await found()).find(({ ofCity }) => ofCity)!
  const refused = await step('city-basic-education', findingId, 'assign', 'city', { owner })
  assert.equal(refused.body.refusal?.code, 'supervision.not-yours')
  assert.equal((await step('city-supervision', findingId, 'assign', 'city', { owner })).status, 200)
  assert.equal((await step('city-basic-education', findingId, 'sign', 'rectifier')).status, 200)
  assert.equal(
    (await step('city-basic-education', findingId, 'close', 'city')).body.refusal?.code,
    'supervision.not-yours',
  )
  const mine = async (account: string) =>
    (await hamlet.ask(account, 'GET', '/api/findings?state=mine')).body.rows.map(
      (row: { findingId: number }) => row.findingId,
    )
  assert.ok((await mine('city-basic-education')).includes(findingId))
  assert.ok(!(await mine('city-supervision')).includes(findingId))
})
