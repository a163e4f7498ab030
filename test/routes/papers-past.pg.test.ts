import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { issuePast, reports } from '../../src/features/reports/index.ts'
import type { Visitor } from '../../src/platform/access/visitor.ts'
import { listCopies, signForCopy } from '../../src/records/papers/paper-copy.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let counties: { id: number; name: string }[]
let own: string
let report: number
let circular: number

const issuedOn = '2024-06-05'
const signedOn = '2024-06-07'
const submittedOn = '2024-07-03'

before(async () => {
  hamlet = await servedHamlet(reports.routes)
  counties = (
    await hamlet.owner.query(
      "select county_id as id, name from registry.county where kind = 'county' order by county_id",
    )
  ).rows
  own = `county-${counties[0]!.id}`
  const { cityId } = hamlet.books.site
  const person = (account: string): Visitor => ({
    account,
    name: account,
    role: 'city-planning-finance',
    counties: [cityId, ...counties.map(({ id }) => id)],
  })
  const hands = { drafter: person('city'), approver: person('city-basic-education') }
  const about = { aboutId: cityId, asOf: '2024-05-31' }
  report = await issuePast(hamlet.books, hands, {
    ...about,
    ...{ template: 'monthly-report', on: issuedOn, until: 'issued' },
  })
  circular = await issuePast(hamlet.books, hands, {
    ...about,
    ...{ template: 'supervision-circular', on: submittedOn, until: 'submitted' },
  })
  await hamlet.books.db.transaction({ counties: [counties[0]!.id], actor: own }, async (tx) => {
    for (const copy of await listCopies(tx))
      await signForCopy(tx, copy, { account: own, name: '县局', at: `${signedOn}T09:20:00+08:00` })
  })
})
after(() => hamlet.close())

const read = async (account: string, path: string) => {
  const { status, body } = await hamlet.ask(account, 'GET', path)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const step = async (account: string, id: number, act: string, more: object = {}) =>
  hamlet.ask(account, 'POST', `/api/papers/${id}/steps`, {
    act,
    revision: (await read('city', `/api/papers/${id}`)).revision,
    ...more,
  })
const list = async (when = '') =>
  (await read('city', `/api/papers${when}`)).papers.map(
    ({ paperId, stands, docNumber }: { paperId: number; stands: string; docNumber: string | null }) =>
      [paperId, stands, docNumber !== null] as const,
  )

test('the papers of a past day stand as they did then, and nothing can be done with them', async () => {
  assert.equal((await hamlet.ask('city', 'GET', '/api/papers?asOf=tomorrow')).status, 400)
  assert.deepEqual(await list('?asOf=2024-06-04'), [])
  assert.deepEqual(await list(`?asOf=${issuedOn}`), [[report, '已印发', true]])
  const submitted = [circular, '待审批', false]
  assert.deepEqual(await list(`?asOf=${submittedOn}`), [submitted, [report, '已印发', true]])
  const then = await read('city', `/api/papers?asOf=${submittedOn}`)
  assert.deepEqual(then.templates, [])
  assert.ok((await read('city', '/api/papers')).templates.length > 0)
  const past = await read('city-basic-education', `/api/papers/${circular}?asOf=${submittedOn}`)
  assert.deepEqual([past.mayDo, past.mayReissue, past.waitsFor], [[], false, null])
  const now = await read('city-basic-education', `/api/papers/${circular}`)
  assert.deepEqual(now.mayDo, ['approve', 'return'])
})

test('what was done later is not seen on the day, whichever way it is asked for', async () => {
  assert.equal((await step('city-basic-education', circular, 'approve')).status, 200)
  assert.equal((await step('city', report, 'void', { reason: '数字有误' })).status, 200)
  assert.deepEqual(await list(), [
    [circular, '已审批，待编号印发', false],
    [report, '已作废', true],
  ])
  const then = [
    [circular, '待审批', false],
    [report, '已印发', true],
  ]
  assert.deepEqual(await list(`?asOf=${submittedOn}`), then)
  assert.deepEqual(await list(`?knownOn=${submittedOn}`), then)
  const shown = await read('city', `/api/papers/${report}?asOf=${issuedOn}`)
  assert.deepEqual([shown.voidedOn, shown.voidReason, shown.steps.length], [null, null, 4])
  assert.equal((await read('city', `/api/papers/${report}`)).steps.length, 5)
  assert.equal((await hamlet.ask('city', 'GET', `/api/papers/${report}?asOf=2024-06-04`)).status, 404)
})

test('a county’s papers from the city are those of the day, signed for or not yet', async () => {
  const received = async (day: string) =>
    (await read(own, `/api/papers?asOf=${day}`)).received.map(
      ({ receivedAt, voidedOn }: { receivedAt: string | null; voidedOn: string | null }) =>
        [receivedAt !== null, voidedOn !== null] as const,
    )
  assert.deepEqual(await received('2024-06-04'), [])
  assert.deepEqual(await received(issuedOn), [[false, false]])
  assert.deepEqual(await received(signedOn), [[true, false]])
  const signed = async (day: string) =>
    (await read('city', `/api/papers/${report}?asOf=${day}`)).receipts.map(
      ({ receivedAt }: { receivedAt: string | null }) => receivedAt !== null,
    )
  assert.deepEqual(await signed(issuedOn), [false, false])
  assert.deepEqual(await signed(signedOn), [true, false])
})

test('what an officer is offered is what he may do: one who reaches part of the city neither issues nor calls back, and is told why', async () => {
  const narrow = (sight: readonly number[]) =>
    hamlet.owner.query("update access.grant set counties = $1 where account = 'city-personnel'", [sight])
  const everywhere = [hamlet.books.site.cityId, ...counties.map(({ id }) => id)]
  const offered = async () => read('city-personnel', `/api/papers/${circular}`)
  assert.deepEqual((await offered()).mayDo, ['issue'])
  await narrow(everywhere.slice(0, -1))
  const { mayDo, waitsFor } = await offered()
  assert.deepEqual(mayDo, [])
  assert.match(waitsFor, new RegExp(`编号印发由职权覆盖全市的同事办理：.*${counties.at(-1)!.name}`))
  const refused = await step('city-personnel', circular, 'issue', { withGaps: true })
  assert.equal(refused.body.refusal.code, 'paper.not-whole-city')
  await narrow(everywhere)
  const author = await read('city', `/api/papers/${circular}`)
  assert.deepEqual([author.mayDo, author.waitsFor], [['issue'], null])
})
