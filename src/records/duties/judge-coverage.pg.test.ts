import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TestDatabase } from '../../../test/house/database-for-tests.ts'
import { loadPlan } from '../../plan/index.ts'
import { city, lushan, school, smallWorld, yexian } from '../registry/small-world.for-tests.ts'
import { publishForms } from '../returns/publish-forms.ts'
import { type Judged, judgeCoverage } from './judge-coverage.ts'

const plan = loadPlan('plan', 'pingdingshan')
const duty = plan.coverage.get('rural-school-helped')!
const day = '2024-10-01'
const all = { counties: [city, yexian, lushan], asOf: day }

let world: TestDatabase
before(async () => {
  world = await smallWorld()
  await publishForms(world.db.pool, plan)
  await world.db.pool.query(
    "update registry.institution set urban_rural = '111' where institution_id in (1, 6)",
  )
})
after(() => world.close())

async function judged(asked: Judged, of = [duty]) {
  const [judgement] = await judgeCoverage(world.db, plan, { ...asked, duties: of })
  return judgement!
}
const countyOf = async (countyId: number, asked: Judged) =>
  (await judged(asked)).counties.find((county) => county.countyId === countyId)!

async function agree(helped: number, to: string) {
  const { rows } = await world.db.pool.query(
    `insert into returns.filing (county_id, form_id, version, period, subject_kind, subject_id, phase, opened_by)
     values ($1, 'pairing-agreement', 2, $2::text, 'county', $1::integer, 'approved', '测试') returning filing_id as id`,
    [yexian, String(helped)],
  )
  await world.db.pool.query(
    `insert into returns.entry (county_id, filing_id, form_id, version, period, subject_kind, subject_id, line, answers, valid)
     values ($1, $2, 'pairing-agreement', 2, $3::text, 'county', $1::integer, 0, $4, daterange('2024-09-01', $5::date, '[]'))`,
    [yexian, rows[0].id, String(helped), { helper: school.yexianFirst, helped, kind: 'pairing' }, to],
  )
}

test('every county in scope is counted, the gaps are named, and the day decides', async () => {
  const before = await countyOf(yexian, all)
  assert.deepEqual([before.total, before.covered, before.uncovered, before.unknown], [3, 0, 3, 0])
  await agree(school.baoanPrimary, '2025-08-31')
  const after = await countyOf(yexian, { ...all, asOf: '2025-08-31' })
  assert.deepEqual([after.total, after.covered], [3, 1])
  assert.deepEqual(
    after.gaps.map(({ subjectId }) => subjectId).sort(),
    [school.rendianCentral, school.qianyingPoint].map(String),
  )
  assert.ok(after.gaps.every(({ known, why }) => known && why !== ''))
  const ended = await countyOf(yexian, { ...all, asOf: '2025-09-01' })
  assert.equal(
    ended.gaps.find(({ subjectId }) => subjectId === String(school.baoanPrimary))?.why,
    '帮扶协议已于 2025-08-31 到期',
  )
  assert.equal((await countyOf(lushan, all)).total, 1)
  assert.equal((await countyOf(city, all)).total, 0)
})

test('counts alone come without names', async () => {
  const county = await countyOf(yexian, { ...all, countsOnly: true })
  assert.deepEqual([county.total, county.gaps], [3, []])
})

test('an inspector of some schools is judged by the agreements of the whole county, and shown his schools only', async () => {
  const district = {
    counties: [yexian],
    asOf: day,
    institutions: [school.baoanPrimary, school.rendianCentral],
  }
  const county = await countyOf(yexian, district)
  assert.deepEqual([county.total, county.covered, county.uncovered], [2, 1, 1])
  assert.deepEqual(
    county.gaps.map(({ subjectId }) => subjectId),
    [String(school.rendianCentral)],
  )
})

test('a parameter that is not to be had refuses the duty in a sentence, and judges nobody', async () => {
  const refused = await judged({ ...all, asOf: '2020-01-01' }, [
    { ...duty, sql: `${duty.sql} and {township-central-kindergarten.per-township} > 0` },
  ])
  assert.match(refused.refused ?? '', /没有有效数值/)
  assert.deepEqual(refused.counties, [])
})
