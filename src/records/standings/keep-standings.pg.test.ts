import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type ServedHamlet, servedHamlet } from '../../../test/routes/served-hamlet.ts'
import type { Scope } from '../../platform/db/scope.ts'
import { bookDay } from '../books.ts'
import { judgeCoverage } from '../duties/judge-coverage.ts'
import { listStandings } from '../indicators/list-standings.ts'
import { measureIndicators } from '../indicators/measure-indicators.ts'
import { beginNoting, beginWriting } from '../registry/begin-writing.ts'
import { latestPublished } from '../series/find-published.ts'
import { publishSeries } from '../series/publish-series.ts'
import { checkStandings } from './check-standings.ts'
import { keepDue, keepNow } from './keep-due.ts'
import { dueStandings, keepStandings } from './keep-standings.ts'

let hamlet: ServedHamlet
let counties: number[]
let asOf: string
let all: number[]

before(async () => {
  hamlet = await servedHamlet([])
  counties = hamlet.city.counties.map(({ division }) => division.code)
  all = [hamlet.city.cityId, ...counties]
  asOf = bookDay(hamlet.books.site)
})
after(() => hamlet.close())

type Narrower = Partial<Scope>
const scopeOf = (more: Narrower = {}) => ({ counties: all, asOf, ...more })

/** What boards of the day are made of, without the moment they were read at. */
async function boards(more: Narrower = {}) {
  const { db, plan } = hamlet.books
  const figures = await measureIndicators(hamlet.books, { scope: scopeOf(more) })
  return {
    figures: figures.map(({ origin, ...figure }) => ({ ...figure, definition: origin.definitionHash })),
    standings: await listStandings(db, plan, scopeOf(more)),
    counts: await judgeCoverage(db, plan, { ...scopeOf(more), countsOnly: true }),
  }
}

const keep = async () => keepStandings(hamlet.books, await dueStandings(hamlet.books), '测试')
const enter = (county: number, begin = beginWriting) =>
  hamlet.books.db.transaction({ counties: [county] }, (tx) => begin(tx, county))
/** As if the hour of these entries were long past. */
const rest = () => hamlet.owner.query("update registry.entered set moment = moment - interval '11 minutes'")
/** What was kept bears a mark from here on, so that it can be told from what is computed. */
const mark = (kind: string) =>
  hamlet.owner.query(
    `update series.value set mean = mean + 1000000 from series.published
      where published.series_id = value.series_id and published.county_id = value.county_id and kind = $1
        and (measure, scenario) in (('public-interest-coverage', 'numerator'), ('township-central-kindergarten', 'total'), ('rural-school-helped', 'total'))`,
    [kind],
  )
const unmark = () => hamlet.owner.query('update series.value set mean = mean - 1000000 where mean >= 1000000')

/** Of each county, whether its figures, its counts and its counts that look across counties came out of the store. */
async function fromStore(more: Narrower = {}) {
  await mark('indicators')
  await mark('coverage')
  const { figures, counts } = await boards(more)
  await unmark()
  const marked = (value: number | null | undefined) => (value ?? 0) >= 1_000_000
  return counties.map((county) => [
    marked(
      figures.find((each) => each.indicatorId === 'public-interest-coverage' && each.unitId === county)
        ?.numerator,
    ),
    ...['township-central-kindergarten', 'rural-school-helped'].map((id) =>
      marked(
        counts.find(({ duty }) => duty.id === id)?.counties.find(({ countyId }) => countyId === county)
          ?.total,
      ),
    ),
  ])
}

const kept = [true, true, true]
const keptAlone = [true, true, false]
const computed = [false, false, false]

test('of a day that has begun everything is kept at once; boards read it, and it is what the books give', async () => {
  const due = await dueStandings(hamlet.books)
  assert.deepEqual([due.counties, due.asOf], [[...all].sort(), asOf])
  const before = await boards()
  assert.deepEqual(await fromStore(), [computed, computed])
  assert.equal(await keep(), all.length)
  assert.deepEqual((await dueStandings(hamlet.books)).counties, [])
  assert.deepEqual(await boards(), before)
  assert.deepEqual(await fromStore(), [kept, kept])
  assert.deepEqual(await fromStore({ counties: counties.slice(0, 1) }), [keptAlone, computed])
})

test('two workers that begin at once keep a day once; whoever comes while one keeps leaves it to him', async () => {
  const kept = async () =>
    (await hamlet.owner.query('select count(distinct series_id)::integer as count from series.published'))
      .rows[0].count as number
  const forget = async () => {
    await hamlet.owner.query('delete from series.value')
    await hamlet.owner.query('delete from series.published')
  }
  await forget()
  let keeping = 0
  let most = 0
  const work = () =>
    keepDue(hamlet.books, async (due) => {
      keeping += 1
      most = Math.max(most, keeping)
      await keepStandings(hamlet.books, due, '测试')
      keeping -= 1
    })
  await Promise.all([work(), work(), work()])
  assert.deepEqual([await kept(), most], [2, 1], 'the indicators and the counts of one day')
  await work()
  assert.equal(await kept(), 2, 'nothing is due any longer')
  const now = () => keepNow(hamlet.books, asOf, (due) => keepStandings(hamlet.books, due, '测试'))
  assert.equal(await now(), 0, 'nor by hand')
  await forget()
  assert.deepEqual(
    (await Promise.all([now(), now()])).sort(),
    [0, all.length],
    'the second waits and finds it kept',
  )
  assert.equal(await kept(), 2)
  await forget()
  const breaking = keepDue(hamlet.books, async () => {
    throw new Error('the worker broke')
  })
  await assert.rejects(breaking, /the worker broke/)
  await work()
  assert.equal(await kept(), 2, 'who comes after one that broke keeps the day')
})

test('what was kept can be computed again bit for bit, with its plan, day and moment', async () => {
  const { db, plan } = hamlet.books
  const [part] = await db.transaction(scopeOf(), (tx) => latestPublished(tx, 'indicators', asOf))
  assert.deepEqual([part?.planVersion, part?.saidBy], [plan.version, '测试'])
  const wrong = async () =>
    (await checkStandings(hamlet.books, all, asOf)).map(({ title, parts }) => [
      title,
      parts.length,
      parts.filter(({ matches }) => !matches).length,
    ])
  assert.deepEqual(await wrong(), [
    ['指标数值', all.length, 0],
    ['覆盖任务计数', all.length, 0],
  ])
  const alter = (from: string, to: string) =>
    hamlet.owner.query(
      `update series.published set values_hash = $2 || substr(values_hash, 2)
        where kind = 'coverage' and county_id = $1 and values_hash like $3 || '%'`,
      [counties[0], to, from],
    )
  const hash = (
    await hamlet.owner.query(
      "select values_hash as hash from series.published where kind = 'coverage' and county_id = $1",
      [counties[0]],
    )
  ).rows[0].hash as string
  await alter(hash[0]!, 'x')
  assert.deepEqual(await wrong(), [
    ['指标数值', all.length, 0],
    ['覆盖任务计数', all.length, 1],
  ])
  await alter('x', hash[0]!)
})

test('what was kept of each county is checked, in whichever publication, under the plan of its moment', async () => {
  const { plan } = hamlet.books
  const [first, second] = counties as [number, number]
  await keepStandings(hamlet.books, { asOf, counties: [first], seen: all }, '测试')
  // A value of the city's own that was approved since makes another plan the one in force, under which other duties count.
  const since = { ...hamlet.books, plan: { ...plan, version: 'another', coverage: new Map() } }
  const told = async (books = since) =>
    (await checkStandings(books, all, asOf)).map(({ parts, otherPlan }) => [
      parts.length,
      parts.filter(({ matches }) => !matches).map(({ countyId }) => countyId),
      [...otherPlan].sort(),
    ])
  assert.deepEqual(await told(), [
    [all.length, [], []],
    [all.length, [], []],
  ])
  const alter = () =>
    hamlet.owner.query(
      'update series.published set values_hash = reverse(values_hash) where county_id = $1',
      [second],
    )
  await alter()
  assert.deepEqual(await told(), [
    [all.length, [second], []],
    [all.length, [second], []],
  ])
  await alter()
  const unknown = { ...since, planAt: async () => since.plan }
  assert.deepEqual(await told(unknown), [
    [0, [], [...all].sort()],
    [0, [], [...all].sort()],
  ])
})

test('a county that was entered into is computed from then on, the others are read; earlier moments and later days too', async () => {
  const [first, second] = counties as [number, number]
  const moment = (await hamlet.owner.query('select clock_timestamp() as moment')).rows[0].moment as string
  await enter(first)
  assert.deepEqual(await fromStore(), [computed, keptAlone])
  assert.deepEqual(await fromStore({ knownAt: moment }), [kept, kept])
  assert.deepEqual(await fromStore({ asOf: '2024-08-31' }), [computed, computed])
  await enter(second, beginNoting)
  assert.deepEqual(await fromStore(), [computed, keptAlone], 'a step of a finding is counted by nothing')
  assert.deepEqual((await dueStandings(hamlet.books)).counties, [], 'a county at work is left alone')
  await rest()
  await hamlet.books.db.transaction({ counties: [second] }, async (tx) => {
    await beginNoting(tx, second)
    assert.deepEqual((await dueStandings(hamlet.books)).counties, [], 'whoever writes is not made to wait')
  })
  await hamlet.owner.query("update series.published set known_at = known_at - interval '11 minutes'")
  assert.deepEqual((await dueStandings(hamlet.books)).counties, [first])
  assert.equal(await keep(), 1)
  assert.deepEqual(
    await fromStore(),
    [keptAlone, keptAlone],
    'what looks across counties waits for a whole day',
  )
})

test('whoever acts for some schools only is shown what these schools give', async () => {
  const [first] = counties as [number]
  const { rows } = await hamlet.owner.query<{ id: number }>(
    'select institution_id::float8 as id from registry.institution where county_id = $1 limit 3',
    [first],
  )
  const institutions = rows.map(({ id }) => id)
  assert.deepEqual(await fromStore({ counties: [first], institutions }), [computed, computed])
})

test('a publication that indicators count makes what was kept old', async () => {
  const [first] = counties as [number]
  await hamlet.books.db.transaction({ counties: [first], asOf }, (tx) =>
    publishSeries(tx, {
      kind: 'seats',
      title: '学位供需',
      planVersion: 'plan',
      engineVersion: 'engine',
      asOf,
      knownAt: '2024-09-01 00:00:00+08',
      inputs: {},
      request: {},
      saidBy: '测试',
      values: [
        {
          ...{ countyId: first, unitId: first, measure: 'seats', stage: 'primary', grade: 'ALL', year: 2024 },
          scenario: 'mid',
          mean: 1,
        },
      ],
    }),
  )
  assert.deepEqual(await fromStore(), [computed, keptAlone])
  const cycle = (await boards()).figures.find(
    ({ indicatorId, unitId }) => indicatorId === 'seat-adjustment-cycle' && unitId === first,
  )
  assert.equal(cycle?.numerator, 2)
})

test('under another plan nothing that was kept is read, and the whole day is due', async () => {
  const { plan } = hamlet.books
  const changed = { ...hamlet.books, plan: { ...plan, version: 'another' } }
  const due = await dueStandings(changed)
  assert.deepEqual(due.counties, [...all].sort())
})
