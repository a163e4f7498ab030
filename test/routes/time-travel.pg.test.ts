import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { institutions } from '../../src/features/institutions/index.ts'
import { targets } from '../../src/features/targets/index.ts'
import { beginWriting } from '../../src/records/registry/begin-writing.ts'
import { recordAct } from '../../src/records/registry/record-act.ts'
import { correctEnrolment } from '../../src/records/registry/write-enrolment.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let county: number
before(async () => {
  hamlet = await servedHamlet([...targets.routes, ...institutions.routes])
  county = hamlet.city.counties[0]!.division.code
  // The world was entered this minute; here it is to have been known since long ago.
  for (const book of ['unit', 'unit_link', 'institution', 'enrolment', 'population'])
    await hamlet.owner.query(`update registry.${book} set known_from = '2024-09-05T08:00:00+08:00'`)
})
after(() => hamlet.close())

const asOf = '2024-09-01'
const coverage = async (more = '') => {
  const { body } = await hamlet.ask('city', 'GET', `/api/targets/T4?asOf=${asOf}${more}`)
  const place = body.places.find(({ unitId }: { unitId: number }) => unitId === county)
  return place.series[0].points.find(({ year }: { year: number }) => year === 2023)
}
const names = async (more = '') => {
  const { body } = await hamlet.ask('city', 'GET', `/api/institutions?county=${county}&asOf=${asOf}${more}`)
  return JSON.stringify(body)
}

test('a later correction does not change what was known on the past day, and speaks from then on', async () => {
  const before = await coverage()
  const then = '&knownOn=2024-09-30'
  assert.deepEqual(await coverage(then), before)
  const { rows } = await hamlet.owner.query(
    `select institution_id as "institutionId", pupils, classes from registry.enrolment
      where county_id = $1 and school_year = 2023 and grade = 'K1' and known_to = 'infinity' order by pupils desc limit 1`,
    [county],
  )
  await hamlet.books.db.transaction({ counties: [county], asOf: '2024-10-10' }, async (tx) => {
    await beginWriting(tx, county)
    const by = {
      docNumber: '更正〔2024〕3号',
      decidedOn: '2024-10-10',
      effectiveOn: '2024-10-10',
      recordedBy: '测试',
    }
    const act = await recordAct(tx, { countyId: county, kind: 'correct', ...by })
    const row = {
      ...rows[0],
      countyId: county,
      schoolYear: 2023,
      grade: 'K1' as const,
      pupils: rows[0].pupils + 9,
    }
    assert.ok((await correctEnrolment(tx, act, [row])).ok)
  })
  assert.equal((await coverage()).denominator, before.denominator + 9)
  assert.deepEqual(await coverage(then), before, 'as it was known then')
})

test('every room that reads the books honours it, also before anything was entered', async () => {
  assert.notEqual(await names(), await names('&knownOn=2024-09-01'))
  assert.match(await names('&knownOn=2024-09-30'), /institutionId/)
  assert.doesNotMatch(await names('&knownOn=2024-09-01'), /institutionId/)
})

test('a day that is none is malformed', async () => {
  assert.equal((await hamlet.ask('city', 'GET', '/api/targets?knownOn=tomorrow')).status, 400)
})
