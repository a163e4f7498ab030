import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type ServedHamlet, servedHamlet } from '../../../test/routes/served-hamlet.ts'
import { beginWriting } from '../registry/begin-writing.ts'
import { recordAct } from '../registry/record-act.ts'
import { correctEnrolment } from '../registry/write-enrolment.ts'
import { findPublished, readValues } from '../series/find-published.ts'
import { recomputeMatches } from '../series/recompute-matches.ts'
import { type IndicatorValue, measureIndicators } from './measure-indicators.ts'
import { publishIndicators, recomputeIndicators } from './publish-indicators.ts'

let hamlet: ServedHamlet
let counties: number[]
before(async () => {
  hamlet = await servedHamlet([])
  counties = hamlet.city.counties.map(({ division }) => division.code)
})
after(() => hamlet.close())

const asOf = '2024-09-01'
const measure = (more: object = {}) =>
  measureIndicators(hamlet.books, {
    scope: { counties: [hamlet.city.cityId, ...counties], asOf, ...more },
    indicators: ['public-interest-coverage', 'quality-compulsory-schools', 'special-school-coverage'],
    schoolYear: 2023,
  })
const of = (values: readonly IndicatorValue[], id: string, unitId: number) =>
  values.find(({ indicatorId, unitId: unit }) => indicatorId === id && unit === unitId)!

test('every county has its figure and its origin, and the city is their sum', async () => {
  const values = await measure()
  const city = of(values, 'public-interest-coverage', hamlet.city.cityId)
  const parts = counties.map((county) => of(values, 'public-interest-coverage', county))
  assert.equal(
    city.denominator,
    parts.reduce((sum, { denominator }) => sum + (denominator ?? 0), 0),
  )
  assert.ok(city.value !== null && city.value > 0 && city.value < 1)
  assert.equal(city.origin.planVersion, hamlet.books.plan.version)
  assert.match(city.origin.definitionHash, /^[0-9a-f]{64}$/)
  assert.equal(city.origin.asOf, asOf)
})

test('what the books do not hold is missing by name, in every county and in the city', async () => {
  const values = await measure()
  for (const unit of [hamlet.city.cityId, ...counties]) {
    const { value, missing } = of(values, 'quality-compulsory-schools', unit)
    assert.equal(value, null)
    assert.match(missing[0]?.of ?? '', /优质学校认定/)
    assert.equal(missing[0]?.owedBy, '县（市、区）教育主管部门')
  }
})

test('a figure that is kept recomputes equal after a later correction or another value of the city, and the correction speaks from then on', async () => {
  const all = [hamlet.city.cityId, ...counties]
  const request = { asOf, counties: all, seen: all, by: '测试' }
  const number = await publishIndicators(hamlet.books, request)
  const { db } = hamlet.books
  const scope = { counties: request.counties, asOf }
  const kept = await db.transaction(scope, (tx) => readValues(tx, number))
  const before = await measure()
  const planThen = hamlet.books.plan.version
  const [{ knownAt } = { knownAt: '' }] = await db.transaction(scope, (tx) => findPublished(tx, number))
  const county = counties[0]!
  await correctOneSchool(county)
  await decideThreshold(hamlet.city.cityId, 20)
  assert.notEqual((await hamlet.books.renewPlan()).version, planThen)

  const compared = await db.transaction(scope, (tx) =>
    recomputeMatches(tx, number, (published) => recomputeIndicators(hamlet.books, published)),
  )
  assert.ok(compared.length > 1 && compared.every(({ matches }) => matches))
  assert.deepEqual(await db.transaction(scope, (tx) => readValues(tx, number)), kept)

  const coverage = (values: IndicatorValue[]) => of(values, 'public-interest-coverage', county).denominator
  assert.equal(coverage(await measure({ knownAt })), coverage(before))
  assert.equal(coverage(await measure()), (coverage(before) ?? 0) + 7)
})

/** Another size from which a class is large, decided now. */
async function decideThreshold(cityId: number, value: number): Promise<void> {
  await hamlet.owner.query(
    `insert into parameters.own_value (county_id, parameter, value, from_day, status, document, reason, impact, plan_version,
       proposed_by, proposer, phase, decided_by, decider, decided_at)
     values ($1, 'large-class.threshold', $2, '2010-09-01', 'own', '试', '试', '[]', '试', 'a', '甲', 'approved', 'b', '乙', now())`,
    [cityId, String(value)],
  )
}

/** Seven children more in the youngest class of one kindergarten, entered now for a day long past. */
async function correctOneSchool(countyId: number): Promise<void> {
  const { rows } = await hamlet.owner.query(
    `select institution_id as "institutionId", pupils, classes from registry.enrolment
      where county_id = $1 and school_year = 2023 and grade = 'K1' and known_to = 'infinity' order by pupils desc limit 1`,
    [countyId],
  )
  const row = { ...rows[0], countyId, schoolYear: 2023, grade: 'K1' as const, pupils: rows[0].pupils + 7 }
  const day = '2024-09-10'
  await hamlet.books.db.transaction({ counties: [countyId], asOf: day }, async (tx) => {
    await beginWriting(tx, countyId)
    const by = { docNumber: '更正〔2024〕1号', decidedOn: day, effectiveOn: day, recordedBy: '测试' }
    const actId = await recordAct(tx, { countyId, kind: 'correct', ...by })
    assert.ok((await correctEnrolment(tx, actId, [row])).ok)
  })
}
