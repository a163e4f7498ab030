import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { booksOf } from '../../src/app/open-site.ts'
import { buildCity, type City } from '../../src/demo/build-city.ts'
import { loadCity } from '../../src/demo/load-city.ts'
import type { BoardAnswer } from '../../src/features/seats/contract.ts'
import { publishForecast, recomputeForecast } from '../../src/features/seats/publish-forecast.ts'
import { readBoard } from '../../src/features/seats/read-board.ts'
import { answerDetails } from '../../src/features/targets/answer-targets.ts'
import type { Result } from '../../src/kernel/result.ts'
import { type Stage, stageOfGrade, stages } from '../../src/kernel/stage.ts'
import type { Tx } from '../../src/platform/db/transaction-client.ts'
import type { Books } from '../../src/records/books.ts'
import { convertInstitution } from '../../src/records/registry/acts/convert-institution.ts'
import { mergeInstitutions } from '../../src/records/registry/acts/merge-institutions.ts'
import { moveInstitution } from '../../src/records/registry/acts/move-institution.ts'
import { moveTownship } from '../../src/records/registry/acts/move-township.ts'
import type { Institution, InstitutionKind, Sector } from '../../src/records/registry/institution.ts'
import { readEnrolmentPanel } from '../../src/records/registry/reads/read-enrolment-panel.ts'
import { writeSite } from '../../src/records/registry/site.ts'
import { findPublished, readValues } from '../../src/records/series/find-published.ts'
import type { PublishedValue } from '../../src/records/series/published-value.ts'
import { recomputeMatches } from '../../src/records/series/recompute-matches.ts'
import { valuesHash } from '../../src/records/series/values-hash.ts'
import { databaseForTests, type TestDatabase } from '../house/database-for-tests.ts'

/**
 * The whole demonstration city is loaded; the forecast is published for two of its counties, so that the
 * test stays under a minute. 叶县 gives a township and a school to 宝丰县.
 */
const cityId = 410_400
const baofeng = 410_421
const yexian = 410_422
const counties = [cityId, baofeng, yexian]
const day = '2024-09-01'
const later = '2024-12-31'

let database: TestDatabase
let books: Books
let city: City
let oldSeries: number
let newSeries: number

before(async () => {
  database = await databaseForTests()
  const { db } = database
  city = buildCity({ size: 'city', seed: 20_240_822 })
  await loadCity(db, city)
  await writeSite(db.pool, { cityId, planLayer: 'pingdingshan', synthetic: true, size: 'city' })
  books = (await booksOf({ db: database.service })) as Books
  oldSeries = await publish(day)
  oldBoards = await boardsOn(day)
})
after(() => database.close())

async function publish(asOf: string): Promise<number> {
  return done(await publishForecast(books, { asOf, counties, by: '试验', report: () => {} }))
}

function done<T>(result: Result<T>): T {
  assert.ok(result.ok, JSON.stringify(result))
  return result.value
}

const inBooks = <T>(asOf: string, work: (tx: Tx) => Promise<T>, seen: readonly number[] = counties) =>
  books.db.transaction({ counties: seen, asOf }, work)
const basis = (effectiveOn: string) => ({
  countyId: yexian,
  docNumber: '平政〔2024〕88号',
  decidedOn: effectiveOn,
  effectiveOn,
  recordedBy: '试验',
})

/** Every board of the two counties and the city, all stages, as the city and as each county sees it. */
let oldBoards: BoardAnswer[]
async function boardsOn(asOf: string): Promise<BoardAnswer[]> {
  const boards: BoardAnswer[] = []
  for (const stage of ['preschool', 'primary', 'junior'] as const) {
    for (const unit of counties) boards.push(await boardOf(unit, asOf, stage))
    for (const unit of [baofeng, yexian]) boards.push(await boardOf(unit, asOf, stage, [unit]))
  }
  return boards
}

async function boardOf(unit: number, asOf: string, stage: Stage, seen: readonly number[] = counties) {
  const found = await readBoard(books, seen, { unit, asOf, stage, scenario: 'mid' })
  assert.ok('ok' in found)
  return done(found)
}

/** Institutions of 叶县 that stood all along, in the order of their numbers. */
function standing(kind: InstitutionKind, sector: Sector): Institution[] {
  const county = city.counties.find(({ division }) => division.code === yexian)!
  return county.acts
    .flatMap(({ institutions }) => institutions)
    .filter((each) => each.kind === kind && each.sector === sector && !each.to && each.from < '2016-01-01')
    .sort((one, other) => one.institutionId - other.institutionId)
}
const townshipOf = ({ unitId }: Institution) => (unitId > 1e9 ? Math.floor(unitId / 1000) : unitId)

/** Who acts: chosen from the generated city, all in different townships. */
function cast() {
  const primaries = standing('primary-school', 'public')
  const survivor = primaries[0]!
  const closing = primaries.find((each) => townshipOf(each) !== townshipOf(survivor))!
  const junior = standing('junior-school', 'public').find(
    (each) => ![survivor, closing].some((other) => townshipOf(other) === townshipOf(each)),
  )!
  const taken = new Set([survivor, closing, junior].map(townshipOf))
  const [converted] = standing('kindergarten', 'private')
  const townships = [...new Set(primaries.map(townshipOf))].filter((id) => !taken.has(id))
  const township = townships.find((id) => id !== townshipOf(converted!))!
  return { survivor, closing, junior, converted: converted!, township }
}

async function pupilsOf(institutionId: number): Promise<Map<string, number>> {
  const rows = await inBooks(day, (tx) => readEnrolmentPanel(tx, { unitKind: 'institution' }))
  const sums = new Map<string, number>()
  for (const { unitId, schoolYear, grade, pupils } of rows) {
    if (unitId !== institutionId) continue
    const key = `${stageOfGrade(grade)}/${schoolYear}`
    sums.set(key, (sums.get(key) ?? 0) + pupils)
  }
  return sums
}

async function publicShare(asOf: string) {
  const t5 = books.plan.targets.find(({ id }) => id === 'T5')!
  const visitor = { account: 'test', name: '试验', role: 'city-planning-finance', counties }
  const [detail] = done(await answerDetails({ context: books, visitor, scope: { counties, asOf } }, [t5]))
  return new Map(
    detail!.places.map(({ unitId, series }) => [
      unitId,
      series[0]!.points.map(({ year, numerator, denominator }) => ({ year, numerator, denominator })),
    ]),
  )
}
type Shares = Awaited<ReturnType<typeof publicShare>>
const pointOf = (shares: Shares, unit: number, year: number) =>
  shares.get(unit)!.find((point) => point.year === year)!

let sharesConverted: Shares

test('a kindergarten turned public counts as public from its day and not before', async () => {
  const { converted } = cast()
  const [before, dayBefore] = [await publicShare(day), await publicShare('2024-08-19')]
  await inBooks(day, async (tx) => {
    done(await convertInstitution(tx, basis('2024-08-20'), converted.institutionId, { sector: 'public' }))
  })
  sharesConverted = await publicShare(day)
  const pupils = (await pupilsOf(converted.institutionId)).get('preschool/2024')!
  assert.ok(pupils > 0)
  for (const unit of [cityId, yexian]) {
    const [was, is] = [pointOf(before, unit, 2024), pointOf(sharesConverted, unit, 2024)]
    assert.equal(is.numerator, (was.numerator as number) + pupils)
    assert.equal(is.denominator, was.denominator)
    const past = (shares: Shares) => shares.get(unit)!.filter(({ year }) => year < 2024)
    assert.deepEqual(past(sharesConverted), past(before))
  }
  assert.deepEqual(sharesConverted.get(baofeng), before.get(baofeng))
  assert.deepEqual(await publicShare('2024-08-19'), dayBefore)
})

let moving: Map<string, number>
let merging: Map<string, number>

test('a merger, a school and a township to another county are entered into the books', async () => {
  const { survivor, closing, junior, township } = cast()
  moving = await pupilsOf(junior.institutionId)
  merging = await pupilsOf(closing.institutionId)
  const receiver = city.counties.find(({ division }) => division.code === baofeng)!.division.townships[0]!
  await inBooks(later, async (tx) => {
    const merger = {
      survivorId: survivor.institutionId,
      closingIds: [closing.institutionId],
      premises: 'kept-as-campuses' as const,
    }
    done(await mergeInstitutions(tx, basis('2024-10-08'), merger))
    const removal = {
      institutionId: junior.institutionId,
      toUnitId: receiver.code,
      toCountyId: baofeng,
    }
    done(await moveInstitution(tx, basis('2024-11-01'), removal))
    done(await moveTownship(tx, basis('2024-11-15'), { townshipId: township, toCountyId: baofeng }))
  })
})

test('what was published stands to the last bit: stored, shown, and computed again', async () => {
  await inBooks(day, async (tx) => {
    const parts = await findPublished(tx, oldSeries)
    assert.deepEqual(
      parts.map(({ countyId }) => countyId),
      counties,
    )
    const byCounty = Map.groupBy(await readValues(tx, oldSeries), ({ countyId }) => countyId)
    for (const part of parts) assert.equal(valuesHash(byCounty.get(part.countyId)!), part.valuesHash)
    const again = await recomputeMatches(tx, oldSeries, (published) => recomputeForecast(books, published))
    for (const part of again) assert.ok(part.matches, `${part.countyId}`)
  })
  const now = await boardsOn(day)
  const shown = ({ notices: _, answer, ...board }: BoardAnswer) => ({ ...board, answer })
  assert.deepEqual(now.map(shown), oldBoards.map(shown))
  for (const { notices } of now) assert.ok(notices.some(({ kind }) => kind === 'books-changed'))
})

/** Values of a measure by unit, as `stage/year` → figure. */
async function figures(series: number, measure: string): Promise<(unit: number, key: string) => number> {
  const values = await inBooks(later, (tx) => readValues(tx, series, { measures: [measure] }))
  const byKey = new Map(
    values
      .filter(({ scenario }) => scenario === '' || scenario === 'mid')
      .map((value: PublishedValue) => [`${value.unitId}/${value.stage}/${value.year}`, value.mean ?? 0]),
  )
  return (unit, key) => byKey.get(`${unit}/${key}`) ?? 0
}
const keysOf = (from: number, to: number) =>
  stages.flatMap((stage) => Array.from({ length: to - from + 1 }, (_, at) => `${stage}/${from + at}`))

test('a new publication follows the new trees: what one county loses the other gains, in every past year', async () => {
  newSeries = await publish(later)
  const { survivor, closing, township } = cast()
  const [was, is] = [await figures(oldSeries, 'enrolment'), await figures(newSeries, 'enrolment')]
  let moved = 0
  for (const key of keysOf(2016, 2024)) {
    const goes = was(township, key) + (moving.get(key) ?? 0)
    assert.equal(was(yexian, key) - is(yexian, key), goes, `叶县 ${key}`)
    assert.equal(is(baofeng, key) - was(baofeng, key), goes, `宝丰县 ${key}`)
    assert.equal(is(cityId, key), was(cityId, key), `city ${key}`)
    assert.equal(is(township, key), was(township, key), `the township takes its past along, ${key}`)
    const merged = merging.get(key) ?? 0
    assert.equal(is(townshipOf(survivor), key) - was(townshipOf(survivor), key), merged, `survivor ${key}`)
    assert.equal(was(townshipOf(closing), key) - is(townshipOf(closing), key), merged, `closing ${key}`)
    moved += goes + merged
  }
  assert.ok(moved > 1000, `${moved} pupils`)
})

test('seats go with their schools, and the future adds up on the new trees', async () => {
  const { township } = cast()
  for (const measure of ['supply-rooms', 'supply-approved']) {
    const [was, is] = [await figures(oldSeries, measure), await figures(newSeries, measure)]
    for (const key of keysOf(2025, 2035)) {
      const lost = was(yexian, key) - is(yexian, key)
      assert.equal(is(baofeng, key) - was(baofeng, key), lost, `${measure} ${key}`)
      assert.equal(is(township, key), was(township, key))
    }
    assert.ok(was(yexian, 'junior/2025') > is(yexian, 'junior/2025'))
  }
  for (const stage of ['preschool', 'primary', 'junior'] as const) {
    const [whole, giving, taking] = [
      await boardOf(cityId, later, stage),
      await boardOf(yexian, later, stage),
      await boardOf(baofeng, later, stage),
    ]
    for (const { rows, parent } of [whole, giving, taking]) {
      const own = rows.find(({ unit }) => unit.unitId === parent.unitId)!
      own.cells.forEach(({ demand }, at) => {
        const parts = rows.filter((row) => row !== own)
        const sum = parts.reduce((total, { cells }) => total + (cells[at]?.demand?.mean ?? 0), 0)
        assert.equal(sum, demand?.mean)
      })
    }
    assert.ok(taking.rows.some(({ unit }) => unit.unitId === township))
    assert.ok(!giving.rows.some(({ unit }) => unit.unitId === township))
  }
})

test('each county sees what came and not what left', async () => {
  const { township } = cast()
  const asked = { unit: township, asOf: later, stage: 'primary' as const, scenario: 'mid' }
  const left = await readBoard(books, [yexian], asked)
  assert.deepEqual(left, { kind: 'not-found' })
  const came = await boardOf(township, later, 'primary', [baofeng])
  assert.equal(came.parent.countyId, baofeng)
  assert.deepEqual(
    came.trail.map(({ unitId }) => unitId),
    [baofeng, township],
  )
  const before = await boardOf(township, day, 'primary', [yexian])
  assert.equal(before.parent.countyId, yexian)
})

test('target shares follow the trees too, and the city as a whole is none the richer', async () => {
  const now = await publicShare(later)
  assert.deepEqual(now.get(cityId), sharesConverted.get(cityId))
  for (const { year } of now.get(yexian)!) {
    const lost =
      (pointOf(sharesConverted, yexian, year).denominator as number) -
      (pointOf(now, yexian, year).denominator as number)
    const gained =
      (pointOf(now, baofeng, year).denominator as number) -
      (pointOf(sharesConverted, baofeng, year).denominator as number)
    assert.equal(gained, lost, `${year}`)
    assert.ok(gained > 0)
  }
  assert.deepEqual(await publicShare(day), sharesConverted)
})
