import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { targets } from '../../src/features/targets/index.ts'
import { convertInstitution } from '../../src/records/registry/acts/convert-institution.ts'
import { beginWriting } from '../../src/records/registry/begin-writing.ts'
import { recordAct } from '../../src/records/registry/record-act.ts'
import { writeEnrolment } from '../../src/records/registry/write-enrolment.ts'
import { writePopulation } from '../../src/records/registry/write-population.ts'
import { publishSeries } from '../../src/records/series/publish-series.ts'
import { askedTargets, day } from './asked-targets.for-tests.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

const yexian = 410_422
const weidong = 410_403
const city = 410_400
let hamlet: ServedHamlet

before(async () => {
  hamlet = await servedHamlet(targets.routes)
})
after(() => hamlet.close())

const { board, cell, detail, provenance } = askedTargets(() => hamlet)

test('a new nature counts from its day on; earlier years stay as they were', async () => {
  const before = await detail('T5')
  const privately = await hamlet.owner.query(`
    select institution_id from registry.institution where county_id = ${yexian} and kind = 'kindergarten'
       and sector = 'private' and upper_inf(valid) and known_to = 'infinity' and lower(valid) < '2020-01-01'
     order by 1 limit 1`)
  const basis = {
    countyId: yexian,
    docNumber: '叶教〔2024〕9号',
    decidedOn: '2024-08-01',
    effectiveOn: '2024-08-20',
  }
  await hamlet.books.db.transaction({ counties: [yexian] }, async (tx) => {
    const done = await convertInstitution(
      tx,
      { ...basis, recordedBy: '试验' },
      privately.rows[0].institution_id,
      { sector: 'public' },
    )
    assert.ok(done.ok)
  })
  const after = await detail('T5')
  const points = (from: typeof before) =>
    from.places.find(({ unitId }: { unitId: number }) => unitId === yexian).series[0].points
  assert.deepEqual(points(after).slice(0, -1), points(before).slice(0, -1))
  assert.ok(points(after).at(-1).numerator > points(before).at(-1).numerator)
})

test('199,999 people owe no special school, 200,001 owe one; residents and registered are both told', async () => {
  const people = async (residents: number, registered: number) => {
    await hamlet.books.db.transaction({ counties: [yexian] }, async (tx) => {
      await beginWriting(tx, yexian)
      const actId = await recordAct(tx, {
        countyId: yexian,
        kind: 'import',
        docNumber: '试验',
        decidedOn: '2024-01-01',
        effectiveOn: '2024-01-01',
        recordedBy: '试验',
      })
      await sql`update registry.population set known_to = now()
        where unit_id = ${yexian} and on_day = '2024-06-30' and known_to = 'infinity'`.execute(tx)
      const row = {
        countyId: yexian,
        unitId: yexian,
        onDay: '2024-06-30',
        vintage: '2024-07-31',
        source: '试验',
      }
      const ages = { ageFrom: 0, ageTo: 120 }
      await writePopulation(tx, actId, [
        { ...row, ...ages, basis: 'resident', people: residents },
        { ...row, ...ages, basis: 'registered', people: registered },
      ])
    })
    return cell(await board(), 'T10', yexian)
  }
  await hamlet.owner.query(
    `delete from registry.institution where county_id = ${yexian} and kind = 'special-school'`,
  )
  const below = await people(199_999, 199_999)
  assert.deepEqual([below.sign, below.words, below.differs], ['idle', '不要求', false])
  const above = await people(200_001, 200_001)
  assert.deepEqual([above.sign, above.words], ['behind', '未覆盖'])
  const split = await people(199_999, 200_001)
  assert.deepEqual([split.words, split.differs], ['不要求', true])
  assert.match(split.sentence, /按另一读法：应覆盖 1 个，已覆盖 0 个/)
  const readings = (await detail('T10')).places.find(
    ({ unitId }: { unitId: number }) => unitId === yexian,
  ).series
  assert.deepEqual(
    readings.map(({ reading }: { reading: string }) => reading),
    ['resident', 'registered'],
  )
})

test('a year just begun does not yet speak: the last complete year does, and the late ones are named', async () => {
  const school = hamlet.city.counties
    .flatMap(({ acts }) => acts.flatMap(({ institutions }) => institutions))
    .find(({ kind, countyId, to }) => kind === 'kindergarten' && countyId === weidong && !to)!
  await hamlet.books.db.transaction({ counties: [weidong] }, async (tx) => {
    await beginWriting(tx, weidong)
    const actId = await recordAct(tx, {
      countyId: weidong,
      kind: 'import',
      docNumber: '试验',
      decidedOn: '2025-09-05',
      effectiveOn: '2025-09-01',
      recordedBy: '试验',
    })
    const { institutionId } = school
    await writeEnrolment(tx, actId, [
      { countyId: weidong, institutionId, schoolYear: 2025, grade: 'K1', pupils: 1 },
    ])
  })
  const found = await board('city', '2025-10-01')
  assert.equal(cell(found, 'T5', weidong).year, 2024)
  assert.deepEqual(
    found.filing.map(({ unitId, year, filed }: never) => [unitId, year, filed]),
    [
      [weidong, 2025, 1],
      [yexian, 2025, 0],
    ],
  )
})

test('a published seat series is the forecast and the list of gaps: two of five steps, of its year alone', async () => {
  assert.equal(cell(await board(), 'T1', yexian).words, '0/5')
  await hamlet.books.db.transaction({ counties: [yexian], asOf: day }, (tx) =>
    publishSeries(tx, {
      kind: 'seats',
      title: '学位供需测算',
      planVersion: hamlet.books.plan.version,
      engineVersion: 'test',
      asOf: day,
      knownAt: '2024-09-01 00:00:00+08',
      inputs: {},
      request: {},
      saidBy: '试验',
      values: [
        {
          countyId: yexian,
          unitId: yexian,
          measure: 'demand',
          stage: 'primary',
          grade: 'TOTAL',
          year: 2025,
          scenario: 'mid',
          mean: 1,
        },
      ],
    }),
  )
  const found = await board()
  assert.deepEqual([cell(found, 'T1', yexian).words, cell(found, 'T1', weidong).words], ['2/5', '0/5'])
  assert.equal(cell(found, 'T1', city).words, '2/10')
  assert.equal(cell(await board('city', '2025-09-01'), 'T1', yexian).words, '0/5')
  const { body } = await provenance('T1', yexian, 'year=2024')
  assert.match(body.rows[0].label, /学位供需测算/)
})
