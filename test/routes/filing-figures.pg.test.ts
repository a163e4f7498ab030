import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { filing } from '../../src/features/filing/index.ts'
import { bookDay } from '../../src/records/books.ts'
import { file } from '../plan/world-pen.for-tests.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let garden: { county: number; id: number }
let period: string

before(async () => {
  hamlet = await servedHamlet(filing.routes)
  const { rows } = await hamlet.owner.query(
    `select grants.counties[1] as county, grants.institutions[1]::float8 as id from access.grant as grants
      where account = 'kindergarten'`,
  )
  garden = rows[0]
  period = bookDay(hamlet.books.site).slice(0, 4)
})
after(() => hamlet.close())

async function opened(): Promise<number> {
  const { body } = await hamlet.ask('kindergarten', 'POST', '/api/filings', {
    ...{ formId: 'kindergarten-conditions', period, subjectId: garden.id },
  })
  return body.filingId
}
const figures = (account: string, id: number) => hamlet.ask(account, 'GET', `/api/filings/${id}/figures`)

test('a filing shows its county what the approved ones come to; a draft counts nothing, an approved one counts at once', async () => {
  const id = await opened()
  const county = `county-${garden.county}`
  const [before] = (await figures(county, id)).body
  assert.deepEqual(
    [before.indicatorId, before.countyId, before.words],
    ['kindergarten-toys-met', garden.county, '缺数据'],
  )
  await hamlet.books.db.transaction(
    { counties: [garden.county], asOf: bookDay(hamlet.books.site) },
    async (tx) => {
      await file(
        { tx, plan: hamlet.books.plan },
        'kindergarten-conditions',
        { county: garden.county, institution: garden.id, period },
        { 'toys-meet': 'met' },
      )
    },
  )
  await hamlet.owner.query("update returns.filing set phase = 'approved' where filing_id = $1", [id])
  const [after] = (await figures('city', id)).body
  assert.deepEqual([after.words, after.numerator, after.denominator], ['100.00%', 1, 1])
  assert.equal(before.counted.approved, 0)
  assert.equal(after.counted.approved, 1)
  const { rows } = await hamlet.owner.query(
    `select count(*)::integer as due from registry.institution where county_id = $1 and kind = 'kindergarten'
        and valid @> make_date($2, 9, 1) and known_to = 'infinity'`,
    [garden.county, Number(period)],
  )
  assert.equal(after.counted.due, rows[0].due, 'who has not filed is told beside the figure')
})

test('who acts for some schools alone sees no figure of the county; another county does not find the filing', async () => {
  const id = await opened()
  assert.deepEqual((await figures('kindergarten', id)).body, [])
  assert.equal((await figures(undefined as never, id)).status, 401)
  const other = hamlet.city.counties
    .map(({ division }) => division.code)
    .find((code) => code !== garden.county)
  assert.equal((await figures(`county-${other}`, id)).status, 404)
  assert.equal((await figures('city', 999_999)).status, 404)
})
