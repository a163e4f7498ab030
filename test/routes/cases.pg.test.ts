import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cases, dueCaseDay } from '../../src/features/cases/index.ts'
import { filing } from '../../src/features/filing/index.ts'
import { measureIndicators } from '../../src/records/indicators/measure-indicators.ts'
import { beginWriting } from '../../src/records/registry/begin-writing.ts'
import { keepStandings } from '../../src/records/standings/keep-standings.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let county: number
let other: number
let caseId: number

const indicator = 'public-enrolment-share'

before(async () => {
  hamlet = await servedHamlet([...filing.routes, ...cases.routes])
  const { rows } = await hamlet.owner.query<{ id: number }>(
    "select county_id as id from registry.county where kind = 'county' order by code",
  )
  county = rows[0]!.id
  other = rows[1]!.id
})
after(() => hamlet.close())

const officer = () => `county-${county}`
const list = async (account: string) => {
  const { status, body } = await hamlet.ask(account, 'GET', '/api/cases')
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const step = async (account: string, act: string, hand: string) => {
  const { revision } = (await hamlet.ask(account, 'GET', `/api/filings/${caseId}`)).body
  const done = await hamlet.ask(account, 'POST', `/api/filings/${caseId}/steps`, { act, hand, revision })
  assert.equal(done.status, 200, JSON.stringify(done.body).slice(0, 300))
}

test('a stranger, a school and a keeper are turned away; a case that is not there is not there', async () => {
  assert.equal((await hamlet.ask(undefined, 'GET', '/api/cases')).status, 401)
  for (const who of ['school', 'finance', 'system-administrator'])
    assert.equal((await hamlet.ask(who, 'GET', '/api/cases')).status, 403, who)
  assert.equal((await hamlet.ask('city', 'GET', '/api/cases/zero')).status, 400)
  assert.equal((await hamlet.ask('city', 'GET', '/api/cases/999999')).status, 404)
})

test('a county proposes a case, the city accepts it; another county sees nothing of it', async () => {
  assert.deepEqual(await list('city'), [])
  const opened = await hamlet.ask(officer(), 'POST', '/api/filings', {
    formId: 'practice-case',
    period: 'new',
    subjectId: county,
  })
  assert.equal(opened.status, 200, JSON.stringify(opened.body))
  caseId = opened.body.filingId
  const { form } = (await hamlet.ask(officer(), 'GET', `/api/filings/${caseId}`)).body
  const fields = form.parts.flatMap((part: { fields: unknown[] }) => part.fields)
  const choice = (field: string, code: string) =>
    fields
      .find(({ id }: { id: string }) => id === field)
      .codes.find((each: { code: string }) => each.code === code).zh
  const end = hamlet.books.site.generatedUntil!
  const answers = {
    title: '镇村一体办园',
    'proposed-on': end,
    item: choice('item', 'm1.6'),
    story: '中心园带村园，教师、经费、教研一体安排。',
    indicator: choice('indicator', indicator),
    before: `${Number(end.slice(0, 4)) - 2}-09-01`,
    after: end,
  }
  const saved = await hamlet.ask(officer(), 'PUT', `/api/filings/${caseId}/answers`, {
    cells: Object.entries(answers).map(([field, written]) => ({ line: 0, field, written, saw: null })),
  })
  assert.deepEqual(saved.body.wrong, [])
  assert.deepEqual(await list(officer()), [], 'a draft is nobody’s case')
  await step(officer(), 'submit', 'filler')
  assert.equal((await list('city'))[0].state, 'proposed')
  await step('city', 'accept', 'city')
  await step('city', 'approve', 'city')
  const accepted = await list('city')
  assert.deepEqual(
    accepted.map(({ state, itemId }: { state: string; itemId: string }) => [state, itemId]),
    [['accepted', 'M1.6']],
  )
  assert.deepEqual(await list(`county-${other}`), [])
  assert.equal((await hamlet.ask(`county-${other}`, 'GET', `/api/cases/${caseId}`)).status, 404)
})

test('before and after are the indicator itself on those days', async () => {
  const { status, body } = await hamlet.ask(officer(), 'GET', `/api/cases/${caseId}`)
  assert.equal(status, 200, JSON.stringify(body))
  for (const side of [body.before, body.after]) {
    const [value] = (
      await measureIndicators(hamlet.books, {
        scope: { counties: [county], asOf: side.day },
        indicators: [indicator],
      })
    ).filter(({ unitId }) => unitId === county)
    assert.equal(side.value, value!.value)
    assert.equal(side.year, value!.year)
  }
  assert.notEqual(body.before.year, body.after.year)
  assert.match(body.effect, /个百分点|没有变化/)
  assert.ok(body.quote.length > 0)

  await hamlet.owner.query(
    `update registry.enrolment set pupils = pupils + 9, boys = boys + 9 where county_id = $1 and institution_id in (
       select institution_id from registry.institution where county_id = $1 and kind = 'kindergarten' and sector = 'public')`,
    [county],
  )
  const corrected = (await hamlet.ask(officer(), 'GET', `/api/cases/${caseId}`)).body
  assert.notEqual(corrected.after.value, body.after.value, 'a corrected book corrects the case')
})

test('both days are kept in the published series, once, and read from there until the books are corrected', async () => {
  const read = async () => (await hamlet.ask(officer(), 'GET', `/api/cases/${caseId}`)).body
  const measured = await read()
  assert.deepEqual([measured.before.kept, measured.after.kept], [null, null])
  for (const { day } of [measured.before, measured.after]) {
    const due = await dueCaseDay(hamlet.books, new Set())
    assert.deepEqual([due.asOf, due.counties], [day, [county]])
    await keepStandings(hamlet.books, due, '测试')
  }
  assert.deepEqual((await dueCaseDay(hamlet.books, new Set())).counties, [])
  const kept = await read()
  for (const side of ['before', 'after'] as const) {
    const { rows } = await hamlet.owner.query<{ value: number }>(
      `select mean as value from series.value where county_id = $1 and unit_id = $1 and series_id = $2 and measure = $3
          and year = $4 and scenario = 'value'`,
      [county, kept[side].kept.seriesId, indicator, kept[side].year],
    )
    assert.deepEqual([kept[side].value, kept[side].value], [measured[side].value, rows[0]!.value])
  }
  await hamlet.owner.query(
    `update series.value set mean = mean + 1000 where measure = $1 and scenario = 'numerator' and series_id = $2`,
    [indicator, kept.after.kept.seriesId],
  )
  assert.ok((await read()).after.value > measured.after.value, 'what was kept is what is shown')
  await hamlet.books.db.transaction({ counties: [county] }, (tx) => beginWriting(tx, county))
  const corrected = await read()
  assert.deepEqual([corrected.after.kept, corrected.after.value], [null, measured.after.value])
})
