import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { schoolYearOf } from '../../src/kernel/school-year.ts'
import { bindPlanSql, loadPlan } from '../../src/plan/index.ts'
import { indicatorValues } from '../../src/records/indicators/measure-indicators.ts'
import { measureYears } from '../../src/records/indicators/measure-years.ts'
import { runIndicator } from '../../src/records/indicators/run-indicator.ts'
import { undone } from '../../src/records/registry/small-world.for-tests.ts'
import { publishSeries } from '../../src/records/series/publish-series.ts'
import { databaseForTests, type TestDatabase } from '../house/database-for-tests.ts'
import { coveredWorld } from './covered-world.for-tests.ts'
import {
  addInstitution,
  addRooms,
  agree,
  counties,
  day,
  file,
  joinGroup,
  large,
  type Pen,
  recognise,
  school,
  small,
} from './world-pen.for-tests.ts'

const plan = loadPlan('plan', 'pingdingshan')

let database: TestDatabase
before(async () => {
  database = await databaseForTests()
  await coveredWorld(database.db, plan)
})
after(() => database.close())

/** Tries something out in the world and takes it back. */
const trying = (work: (pen: Pen) => Promise<void>) =>
  undone(database, { counties, asOf: day }, (tx) => work({ tx, plan }))

interface Row {
  readonly unit: number
  readonly numerator: number | null
  readonly denominator: number | null
  readonly subject: string
}

/** What an indicator counts of the large county on a day, and the rows it lists under it. */
async function counted(
  { tx }: Pen,
  id: string,
  { on = day, reading }: { on?: string; reading?: string } = {},
) {
  const indicator = plan.indicators.get(id)!
  const asked = { year: schoolYearOf(on), day: on, asOf: on, ...(reading && { reading }) }
  const run = async (statement: string) => {
    const bound = bindPlanSql(plan, statement, asked)
    assert.ok('text' in bound, JSON.stringify(bound))
    const rows = (await runIndicator(tx, bound)) as unknown as Row[]
    return rows.filter(({ unit }) => unit === large)
  }
  await sql`set local app.as_of = ${sql.lit(on)}`.execute(tx)
  const [figure] = await run(indicator.sql!)
  const rows = await run(indicator.detailSql!)
  const sum = (of: 'numerator' | 'denominator') =>
    rows.reduce((total, row) => total + Number(row[of] ?? 0), 0)
  assert.equal(sum('numerator'), figure?.numerator ?? 0, 'the rows are the figure')
  if (id !== 'seat-adjustment-cycle') assert.equal(sum('denominator'), figure?.denominator ?? 0)
  return {
    figure: figure && [figure.numerator, figure.denominator],
    rows: rows.map(({ subject }) => subject),
  }
}

test('T6: a school counts from the day of its recognition to its last, once; without any entry nobody knows', () =>
  trying(async (pen) => {
    const of = async (on?: string) => (await counted(pen, 'quality-compulsory-schools', { on })).figure
    assert.equal(await of(), undefined)
    const days = { from: '2024-10-01', to: '2025-03-31' }
    await recognise(pen, 'quality-compulsory', school.urbanJunior, days)
    await recognise(pen, 'new-quality', school.urbanJunior, days)
    await recognise(pen, 'quality-senior', school.qualitySenior)
    assert.deepEqual(await of('2024-09-30'), [0, null])
    assert.deepEqual(await of(), [1, null])
    assert.deepEqual(await of('2025-03-31'), [1, null])
    assert.deepEqual(await of('2025-04-01'), [0, null])
    const [row] = (await counted(pen, 'quality-compulsory-schools')).rows
    assert.match(row ?? '', /^昆阳初级中学：.*优质学校.*2024-10-01 至 2025-03-31/)
  }))

test('T6: years in which no school has filed its pupils yet are known all the same', () =>
  trying(async (pen) => {
    await recognise(pen, 'quality-compulsory', school.urbanJunior, { from: '2025-06-01' })
    const asOf = '2027-03-01'
    await sql`set local app.as_of = ${sql.lit(asOf)}`.execute(pen.tx)
    const indicators = [plan.indicators.get('quality-compulsory-schools')!]
    const { figures } = await measureYears(pen.tx, plan, { indicators, asOf, completeFrom: 1 })
    const own = figures.get('quality-compulsory-schools')!.filter(({ unitId }) => unitId === large)
    assert.deepEqual(
      own.map(({ year, numerator }) => [year, numerator]),
      [
        [2024, 0],
        [2025, 1],
        [2026, 1],
      ],
    )
  }))

test('T7: seats of recognised schools by rooms or as approved; what a year brought is the sum of its causes', () =>
  trying(async (pen) => {
    const by = (reading: string) => counted(pen, 'quality-compulsory-seats', { reading })
    await recognise(pen, 'quality-compulsory', school.urbanJunior, { from: '2022-09-01' })
    assert.deepEqual((await by('by-rooms')).figure, [null, null], 'rooms that nobody filed')
    const junior = { stage: 'junior' } as const
    await addRooms(pen, school.urbanJunior, 10, { ...junior, to: '2024-09-01' })
    await addRooms(pen, school.urbanJunior, 12, { ...junior, from: '2024-09-01', approvedCapacity: 500 })
    assert.deepEqual((await by('by-rooms')).figure, [600, null])
    assert.deepEqual((await by('approved')).figure, [500, null])
    await recognise(pen, 'new-quality', school.ruralPrimary, { from: '2024-12-01' })
    await addRooms(pen, school.ruralPrimary, 4, { stage: 'primary' })
    await addInstitution(pen, 900, '新城小学', { from: '2024-09-01' })
    await recognise(pen, 'quality-compulsory', 900, { from: '2024-09-01' })
    await addRooms(pen, 900, 6, { stage: 'primary', from: '2024-09-01' })
    await addInstitution(pen, 901, '城南小学', {})
    await recognise(pen, 'quality-compulsory', 901, { from: '2025-01-01' })
    await addRooms(pen, 901, 2, { stage: 'primary' })
    await joinGroup(pen, 901)
    await addInstitution(pen, 902, '城北小学', {})
    await recognise(pen, 'quality-compulsory', 902, { from: '2020-09-01', to: '2024-12-31' })
    await addRooms(pen, 902, 8, { stage: 'primary' })
    const { figure, rows } = await by('by-rooms')
    assert.deepEqual(figure, [600 + 4 * 45 + 6 * 45 + 2 * 45, null])
    assert.deepEqual(
      rows.sort(),
      [
        '前营小学：一年来 +180，新认定',
        '城北小学：一年来 -360，不再计入',
        '城南小学：一年来 +90，集团化办学',
        '新城小学：一年来 +270，新建学校',
        '昆阳初级中学：一年来 +100，挖潜扩容',
      ].sort(),
    )
    const [past] = (await counted(pen, 'quality-compulsory-seats', { on: '2024-03-01', reading: 'by-rooms' }))
      .figure!
    const more = rows.reduce((sum, row) => sum + Number(/一年来 ([+-]\d+)/.exec(row)![1]), 0)
    assert.equal(Number(figure![0]) - Number(past), more)
  }))

test('T8: a senior high school is featured by a document of the city or above; a county’s own word is none', () =>
  trying(async (pen) => {
    const featured = (kind: string, of: number, level: string) =>
      file(pen, 'recognition', {}, { kind, school: of, level, doc: '豫教〔2024〕8号', from: '2024-09-01' })
    await featured('featured-languages', school.qualitySenior, 'province')
    await featured('comprehensive-senior', school.qualitySenior, 'city')
    await featured('featured-technology', school.weakSenior, 'county')
    const { figure, rows } = await counted(pen, 'featured-senior-high')
    assert.deepEqual(figure, [1, null])
    assert.match(rows[0] ?? '', /^综合高中、外语：叶县高级中学/)
  }))

test('M10.1: the seats of quality senior high schools are told apart from all others', () =>
  trying(async (pen) => {
    assert.deepEqual((await counted(pen, 'quality-senior-seats')).figure, [50, null])
    await recognise(pen, 'quality-senior', school.weakSenior, { from: '2025-02-01' })
    assert.deepEqual((await counted(pen, 'quality-senior-seats')).figure, [100, null])
  }))

test('T2: it tells how many of four series are known', () =>
  trying(async (pen) => {
    const known = async () => {
      const values = await indicatorValues(pen.tx, plan, { indicators: ['quality-resource-series'] })
      const { numerator, denominator } = values.find(({ unitId }) => unitId === large)!
      return [numerator, denominator]
    }
    assert.deepEqual(await known(), [2, 4], 'groups and pairs')
    await recognise(pen, 'quality-compulsory', school.urbanJunior)
    await addRooms(pen, school.urbanJunior, 12, { stage: 'junior' })
    assert.deepEqual(await known(), [4, 4])
  }))

test('a pair counts while its agreement runs, a group with two schools or more', () =>
  trying(async (pen) => {
    const pairs = async () => (await counted(pen, 'pairs-in-force')).figure
    const [before] = (await pairs())!
    await agree(pen, 'kindergarten-leading', school.centralKindergarten, school.streetKindergarten)
    await agree(pen, 'pairing', school.urbanJunior, school.ruralPrimary, {
      from: '2023-09-01',
      to: '2024-08-31',
    })
    assert.deepEqual(await pairs(), [Number(before) + 1, null])
    assert.deepEqual((await counted(pen, 'leading-kindergarten-pairs')).figure, [1, null])
    const groups = async () => (await counted(pen, 'school-groups')).figure
    await joinGroup(pen, school.urbanJunior)
    assert.deepEqual(await groups(), [0, null])
    await joinGroup(pen, school.ruralPrimary)
    assert.deepEqual(await groups(), [1, null])
  }))

test('T11, T12: the county’s counts give the share in ordinary schools and the rate over the federation’s list', () =>
  trying(async (pen) => {
    const placed = { 'placed-regular': 50, 'placed-class': 10, 'placed-school': 30, 'placed-home': 10 }
    const of = { county: large, period: '2024' }
    await file(pen, 'special-education-support', of, { listed: 100, 'listed-enrolled': 97, ...placed })
    const share = await counted(pen, 'inclusion-placement-share', { reading: 'ordinary-school' })
    assert.deepEqual(share.figure, [60, 100])
    assert.deepEqual(share.rows, [
      '随班就读 50 人，占 50.0%',
      '特教班 10 人，占 10.0%',
      '特殊教育学校 30 人，占 30.0%',
      '送教上门 10 人，占 10.0%',
    ])
    const narrow = await counted(pen, 'inclusion-placement-share', { reading: 'ordinary-class' })
    assert.deepEqual(narrow.figure, [50, 100])
    assert.deepEqual((await counted(pen, 'disabled-compulsory-enrolment-rate')).figure, [97, 100])
    const values = await indicatorValues(pen.tx, plan, { indicators: ['disabled-compulsory-enrolment-rate'] })
    const other = values.find(({ unitId }) => unitId === small)
    assert.equal(other?.value, null)
    assert.match(other?.missing[0]?.of ?? '', /残联名单/, 'who has not filed is missing, by name')
  }))

test('T1: a county goes the five steps of a year in their order; a step out of order counts nothing', () =>
  trying(async (pen) => {
    const of = async () => (await counted(pen, 'seat-adjustment-cycle')).figure
    const step = (name: string, on: string) =>
      file(pen, 'seat-adjustment', {}, { step: name, 'issued-on': on, doc: '叶教〔2025〕3号', says: '增加' })
    assert.deepEqual(await of(), [0, 5])
    await step('approval', '2025-02-25')
    await step('plan', '2025-01-10')
    assert.deepEqual(await of(), [0, 5], 'no forecast')
    const value = { countyId: large, unitId: large, measure: 'demand', stage: 'primary', grade: '' }
    await publishSeries(pen.tx, {
      ...{ kind: 'seats', title: '学位供需测算', planVersion: plan.version, engineVersion: '测试' },
      ...{ asOf: '2025-02-01', knownAt: '2025-02-01 00:00:00+08', inputs: {}, request: {}, saidBy: '测试' },
      values: [{ ...value, year: 2025, scenario: 'mid', mean: 1 }],
    })
    assert.deepEqual(await of(), [2, 5], 'a plan made before the forecast rests on none')
    await step('plan', '2025-02-10')
    assert.deepEqual(await of(), [4, 5], 'and its approval')
    await step('carried-out', '2025-03-02')
    assert.deepEqual(await of(), [4, 5], 'not yet on the day')
    await step('carried-out', '2025-02-28')
    const { figure, rows } = await counted(pen, 'seat-adjustment-cycle')
    assert.deepEqual(figure, [5, 5])
    assert.deepEqual(
      rows.sort(),
      [
        '预测、缺口清单两步：学位供需测算，截至2025-02-01',
        '调整方案：叶教〔2025〕3号，2025-02-10',
        '批复：叶教〔2025〕3号，2025-02-25',
        '落实：叶教〔2025〕3号，2025-02-28',
      ].sort(),
    )
    assert.deepEqual((await counted(pen, 'seat-adjustment-cycle', { on: '2026-03-01' })).figure, [0, 5])
  }))
