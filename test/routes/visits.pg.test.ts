import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { supervision } from '../../src/features/supervision/index.ts'
import { bookDay } from '../../src/records/books.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let own: number
let elsewhere: number
let today: string

before(async () => {
  hamlet = await servedHamlet(supervision.routes)
  today = bookDay(hamlet.books.site)
  const { rows } = await hamlet.owner.query<{ county: number; id: number }>(`
    select county_id as county, institution_id::float8 as id from registry.institution
     where kind = 'primary-school' and upper_inf(valid) and known_to = 'infinity' order by county_id, institution_id`)
  own = rows[0]!.id
  elsewhere = rows.find(({ county }) => county !== rows[0]!.county)!.id
})
after(() => hamlet.close())

const record = (account: string, more: object = {}) =>
  hamlet.ask(account, 'POST', '/api/visits', {
    ...{ draft: randomUUID(), institutionId: own, kind: 'routine', visitedOn: today, seen: '走访食堂和教室' },
    ...more,
  })
const board = async (account: string, query = '') =>
  (await hamlet.ask(account, 'GET', `/api/visits${query}`)).body
const ofOwn = async (account: string) =>
  (await board(account)).rows.find(({ institutionId }: { institutionId: number }) => institutionId === own)

test('schools nobody visited stand first; two routine visits of the term are enough, others do not count', async () => {
  const before = await board('inspector')
  assert.equal(before.perTerm, 2)
  assert.equal(before.area.schools, before.total)
  assert.ok(before.total <= before.area.atMost)
  assert.equal(before.counties[0].enough, 0)
  const draft = randomUUID()
  const first = await record('inspector', { draft })
  assert.equal(first.status, 200, JSON.stringify(first.body))
  assert.deepEqual(
    (await record('inspector', { draft })).body,
    first.body,
    'the same draft is the same visit',
  )
  const otherwise = await record('inspector', { draft, seen: '走访操场' })
  assert.deepEqual(
    [otherwise.body.refusal?.code, otherwise.body.refusal?.facts],
    ['supervision.visit-told-otherwise', first.body],
    'sent again with other words it is not taken for the same',
  )
  await record('inspector', { kind: 'special' })
  assert.equal((await ofOwn('inspector')).visits, 1)
  await record('inspector')
  const after = await board('inspector')
  assert.equal(after.counties[0].enough, 1)
  assert.equal(after.rows.at(-1).institutionId, own)
  const short = await board('inspector', '?only=short')
  assert.equal(short.total, before.total - 1)
  const shown = (await hamlet.ask('school', 'GET', `/api/visits/${first.body.visitId}`)).body
  assert.deepEqual([shown.seen, shown.mayRecord], ['走访食堂和教室', false])
})

test('a visit is recorded by whoever looks after the school, of a day that has come', async () => {
  assert.equal((await record('school')).status, 403)
  assert.equal((await record('inspector', { institutionId: elsewhere })).status, 404)
  const ahead = await record('inspector', { visitedOn: '2999-01-01' })
  assert.equal(ahead.body.refusal?.code, 'supervision.visit-ahead')
  assert.equal((await record('inspector', { seen: ' ' })).status, 400)
})

test('a visit of a term gone by does not count for this one', async () => {
  await record('city-supervision', { institutionId: elsewhere, visitedOn: '2024-03-05' })
  const { rows } = await board('city-supervision')
  const row = rows.find(({ institutionId }: { institutionId: number }) => institutionId === elsewhere)
  assert.deepEqual([row.visits, row.last], [0, '2024-03-05'])
})

test('what was recorded is found again: latest first, of one school or one county, not before it happened, and only by whoever sees the school', async () => {
  const list = async (account: string, query = '') =>
    (await hamlet.ask(account, 'GET', `/api/visits/records${query}`)).body
  const long = `${'食堂留样'.repeat(30)}尾`
  const { visitId } = (await record('inspector', { visitedOn: '2024-05-06', seen: long })).body
  const all = await list('city-supervision')
  const days = all.rows.map(({ visitedOn }: { visitedOn: string }) => visitedOn)
  assert.deepEqual(days, days.toSorted().reverse())
  assert.equal(all.total, days.length)
  const ofSchool = await list('inspector', `?institution=${own}`)
  const row = ofSchool.rows.find((each: { visitId: number }) => each.visitId === visitId)
  assert.ok(row.seen.length < long.length && !row.seen.includes('尾'), 'a list shows the beginning')
  assert.equal(ofSchool.institution, row.institution)
  assert.ok(ofSchool.rows.every(({ institutionId }: { institutionId: number }) => institutionId === own))
  assert.equal((await list('inspector', `?institution=${elsewhere}`)).total, 0, 'out of sight')
  assert.equal((await list('inspector', '?asOf=2024-05-05')).total, 0)
  const path = `/api/visits/${visitId}`
  assert.equal((await hamlet.ask('inspector', 'GET', `${path}?asOf=2024-05-05`)).status, 404)
  const past = await hamlet.ask('inspector', 'GET', `${path}?asOf=2024-05-06`)
  assert.deepEqual([past.body.seen, past.body.mayRecord], [long, false], 'of a past day nothing is added')
})

test('a finding entered from a visit and the visit lead to each other, also when it comes back from a later visit; another school’s visit is no ground', async () => {
  const open = (account: string, visitId: number, institutionId = own) =>
    hamlet.ask(account, 'POST', '/api/findings', {
      ...{ source: 'visit', institutionId, item: 'M4.4', says: '楼梯间堆放杂物', visitId },
    })
  const first = (await record('inspector')).body.visitId
  const opened = await open('inspector', first)
  assert.equal(opened.status, 200, JSON.stringify(opened.body))
  const { findingId } = opened.body
  const shown = async (account: string) =>
    (await hamlet.ask(account, 'GET', `/api/visits/${first}`)).body.findings
  assert.deepEqual(
    (await shown('inspector')).map((each: { findingId: number; found: string }) => [
      each.findingId,
      each.found,
    ]),
    [[findingId, '楼梯间堆放杂物']],
  )
  const finding = (await hamlet.ask('school', 'GET', `/api/findings/${findingId}`)).body
  assert.deepEqual(
    finding.visits.map(({ visitId, visitedOn }: { visitId: number; visitedOn: string }) => [
      visitId,
      visitedOn,
    ]),
    [[first, today]],
  )
  const strange = (await record('city-supervision', { institutionId: elsewhere })).body.visitId
  for (const account of ['inspector', 'city-supervision'])
    assert.equal((await open(account, strange)).body.refusal?.code, 'supervision.visit-elsewhere', account)
})
