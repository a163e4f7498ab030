import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { homeRoute } from '../../src/app/home/home-route.ts'
import { leaveForStranger } from '../../src/features/supervision/complaints/leave-for-strangers.ts'
import { supervision } from '../../src/features/supervision/index.ts'
import { afterWorkingDays } from '../../src/kernel/working-days.ts'
import { complaintDesk, type Kindergarten, kindergartensIn, words } from './complaint-desk.for-tests.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let garden: Kindergarten
let elsewhere: number
let officer: string

before(async () => {
  hamlet = await servedHamlet([homeRoute, ...supervision.routes])
  const gardens = await kindergartensIn(hamlet)
  garden = gardens[0]!
  elsewhere = gardens.find(({ county }) => county !== garden.county)!.county
  officer = `county-${garden.county}`
})
after(() => hamlet.close())

const { handIn, status, listed, step, withEntered } = complaintDesk(
  () => hamlet,
  () => garden.county,
)

/** As if somebody had entered fifteen working days. */
const withAnswerDays = <T>(work: () => Promise<T>) => withEntered('complaint.answer-working-days', 15, work)

test('handed in without signing in, told by the receipt alone; nobody’s words stand in a list, the database or the audit', async () => {
  const form = (await hamlet.ask(undefined, 'GET', '/api/complaint-form')).body
  assert.ok(form.counties.some(({ countyId }: { countyId: number }) => countyId === garden.county))
  assert.equal(form.kinds.length, 16)
  const sent = await handIn()
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
  assert.match(sent.body.receipt, /^[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){3}$/)
  const asked = await status(sent.body.receipt.toLowerCase().replaceAll('-', ' '))
  assert.deepEqual([asked.body.stand, asked.body.steps], ['received', []], JSON.stringify(asked.body))
  assert.equal((await status('2222-2222-2222-2222')).body.refusal?.code, 'supervision.complaint-no-receipt')
  const list = JSON.stringify(await listed(officer))
  assert.match(list, /食品安全/)
  assert.doesNotMatch(list, /13912345678|王女士|阳光|鸡块/)
  const kept = await hamlet.owner.query('select * from complaints.complaint')
  assert.equal(kept.rows.length, 1)
  assert.doesNotMatch(JSON.stringify(kept.rows), /王女士|阳光|鸡块/)
  assert.ok(!Buffer.from(kept.rows[0].words_sealed).includes('鸡块'))
  const traces = await hamlet.owner.query("select * from audit.entry where act like '%complaint%'")
  assert.ok(traces.rows.length > 0)
  assert.doesNotMatch(JSON.stringify(traces.rows), /13912345678|王女士|阳光|鸡块/)
})

test('opened it is read whole, with a trace; by no school, no other county and no other section', async () => {
  const [{ complaintId: id }] = (await listed(officer)).rows
  const opened = (await hamlet.ask(officer, 'GET', `/api/complaints/${id}`)).body
  assert.deepEqual([opened.words, opened.school, opened.contact], [words, '阳光幼儿园', '王女士 13912345678'])
  assert.deepEqual(
    [opened.dueOn, (await listed(officer)).workingDays],
    [null, null],
    'nobody entered a length',
  )
  const { rows } = await hamlet.owner.query(
    "select account, object_id from audit.entry where act = 'GET /api/complaints/{complaintId}' and outcome = 'done'",
  )
  assert.ok(rows.some(({ account }) => account === officer))
  assert.equal((await hamlet.ask('kindergarten', 'GET', `/api/complaints/${id}`)).status, 403)
  assert.equal((await hamlet.ask('city-personnel', 'GET', '/api/complaints')).status, 403)
  assert.equal((await hamlet.ask(`county-${elsewhere}`, 'GET', `/api/complaints/${id}`)).status, 404)
  assert.deepEqual((await listed(`county-${elsewhere}`)).rows, [])
})

test('taken in hand it becomes a finding about a school, and whoever complained reads how it went', async () => {
  const { receipt } = (await handIn()).body
  const { complaintId: id } = (await listed(officer)).rows.at(-1)
  const finding = {
    institutionId: garden.id,
    rule: 'kindergarten-regulation.food-safety',
    says: '留样不足48小时',
  }
  assert.equal(
    (await step(officer, id, 'found', { finding })).body.refusal?.code,
    'supervision.complaint-out-of-turn',
  )
  assert.equal((await step(officer, id, 'take')).body.stand, 'take')
  assert.equal((await step(officer, id, 'found')).body.refusal?.code, 'supervision.complaint-out-of-turn')
  const copied = { ...finding, says: `据王女士（13912345678）反映` }
  for (const more of [{ finding: copied }, { finding, says: '请致电13912345678' }])
    assert.equal(
      (await step(officer, id, 'found', more)).body.refusal?.code,
      'supervision.complaint-personal',
      'a number from the complaint goes into no ledger',
    )
  const found = await step(officer, id, 'found', { finding, says: '经核查属实，已责令限期整改' })
  assert.equal(found.body.stand, 'found', JSON.stringify(found.body))
  const shown = (await hamlet.ask(officer, 'GET', `/api/findings/${found.body.findingId}`)).body
  assert.deepEqual([shown.source, shown.item, shown.found], ['complaint', 'M4.5', '留样不足48小时'])
  assert.equal((await step(officer, id, 'answer')).body.refusal?.code, 'supervision.no-words')
  await step(officer, id, 'answer', { says: '已整改并复核' })
  const told = (await status(receipt)).body
  assert.equal(told.stand, 'answer')
  assert.deepEqual(
    told.steps.map(({ act, says }: { act: string; says: string | null }) => [act, says]),
    [
      ['受理', null],
      ['立项督办', '经核查属实，已责令限期整改'],
      ['答复结果', '已整改并复核'],
    ],
  )
})

test('a second complaint joins what is being mended and keeps its facts; what was dismissed with a reason is not said to be taken up', async () => {
  const rule = 'kindergarten-regulation.food-safety'
  const taken = async () => {
    const { receipt } = (await handIn()).body
    const { complaintId: id } = (await listed(officer, '?stand=received')).rows.at(-1)
    await step(officer, id, 'take')
    return { receipt, id }
  }
  const asFinding = (id: number, says: string) =>
    step(officer, id, 'found', { finding: { institutionId: garden.id, rule, says } })
  const second = await taken()
  const joined = await asFinding(second.id, '冷藏柜温度记录缺三天')
  assert.equal(joined.body.stand, 'found', JSON.stringify(joined.body))
  const finding = (await hamlet.ask(officer, 'GET', `/api/findings/${joined.body.findingId}`)).body
  assert.equal(finding.found, '留样不足48小时', 'the finding of the first complaint')
  const { steps } = (await hamlet.ask(officer, 'GET', `/api/complaints/${second.id}`)).body
  assert.equal(steps.at(-1).facts, '冷藏柜温度记录缺三天')
  assert.doesNotMatch(JSON.stringify((await status(second.receipt)).body), /冷藏柜/)
  const dismissed = await hamlet.ask(officer, 'POST', `/api/findings/${finding.findingId}/steps`, {
    ...{ act: 'dismiss', hand: 'county', revision: finding.revision, says: '已另案处理' },
  })
  assert.equal(dismissed.status, 200, JSON.stringify(dismissed.body))
  const third = await taken()
  const refusal = (await asFinding(third.id, '留样又不足')).body.refusal
  assert.equal(refusal?.code, 'supervision.complaint-excused')
  assert.ok(refusal.text.includes(finding.number), refusal.text)
  assert.equal((await status(third.receipt)).body.stand, 'take')
  assert.equal((await step(officer, third.id, 'close', { says: '已另案处理' })).body.stand, 'close')
})

test('closed only with a reason; what moved meanwhile is told', async () => {
  await handIn({ rule: undefined })
  const { complaintId: id } = (await listed(officer, '?stand=received')).rows.at(-1)
  await step(officer, id, 'take')
  assert.equal((await step(officer, id, 'close')).body.refusal?.code, 'supervision.no-words')
  const stale = await hamlet.ask(officer, 'POST', `/api/complaints/${id}/steps`, {
    act: 'close',
    revision: 0,
    says: '重复',
  })
  assert.equal(stale.body.refusal?.code, 'supervision.moved-meanwhile')
  assert.equal((await step(officer, id, 'close', { says: '所反映的学校不在本县' })).body.stand, 'close')
  const open = (await listed(officer, '?stand=open')).rows
  assert.ok(open.length > 0 && open.every(({ complaintId }: { complaintId: number }) => complaintId !== id))
})

test('a deadline stands once somebody entered its length, in working days', async () => {
  const { workingDays, rows } = await withAnswerDays(() => listed(officer))
  assert.equal(workingDays, 15)
  assert.ok(rows.length > 0)
  for (const { receivedOn, dueOn, stand, late } of rows) {
    assert.equal(dueOn, afterWorkingDays(receivedOn, 15, hamlet.books.plan.calendar).day)
    assert.equal(late, false, stand)
  }
})

test('who must answer has the complaints on the home page, within the counties they answer for; nobody else has', async () => {
  const card = async (account: string) =>
    (await hamlet.ask(account, 'GET', '/api/home')).body.cards.find(
      ({ id }: { id: string }) => id === 'complaints.open',
    )
  const { open } = await listed(officer)
  assert.ok(open > 0)
  assert.deepEqual([(await card(officer)).count, (await card(officer)).light], [open, 'yellow'])
  assert.match((await card(officer)).change, /办结期限还没有录入/)
  assert.equal(await card(`county-${elsewhere}`), undefined, 'nothing waits there')
  for (const account of ['finance', 'city', 'school', 'inspector'])
    assert.equal(await card(account), undefined, account)
})

test('an address that hands in too often is asked to wait; whoever names no county of the platform has not come', async () => {
  for (let tries = 0; tries < 12; tries += 1)
    assert.equal((await handIn({ countyId: 999 })).body.refusal?.code, 'supervision.complaint-nowhere')
  let last = await handIn()
  for (let tries = 0; tries < 10 && last.status === 200; tries += 1) last = await handIn()
  assert.equal(last.body.refusal?.code, 'supervision.complaint-too-often')
  assert.ok(last.body.refusal.retryAfterSeconds > 0)
  const count = await hamlet.owner.query('select count(*)::int as count from complaints.complaint')
  assert.equal(count.rows[0].count, 10)
  assert.equal((await hamlet.ask(undefined, 'GET', '/api/complaint-form')).status, 200)
})

test('neighbours behind one carrier do not shut each other out, until their whole network comes too often', async () => {
  const network = '203.0.113.0/24'
  const come = async (host: number) =>
    (await leaveForStranger(hamlet.books.db.own, 'submit', { address: `203.0.113.${host}/32`, network }))
      ?.refusal.code
  const wait = 'supervision.complaint-too-often'
  for (let tries = 0; tries < 10; tries += 1) assert.equal(await come(1), undefined)
  assert.equal(await come(1), wait)
  for (let tries = 10; tries < 100; tries += 1)
    assert.equal(await come(2 + (tries % 9)), undefined, `${tries}`)
  assert.equal(await come(77), wait, 'a hundred of one network')
  assert.equal(
    await leaveForStranger(hamlet.books.db.own, 'submit', {
      address: '203.0.114.1/32',
      network: '203.0.114.0/24',
    }),
    undefined,
  )
})

test('whoever has but an area, a school or a stage of the county sees no complaint, in the page or in the database', async () => {
  await handIn()
  const all = await listed(officer)
  assert.ok(all.total > 0)
  assert.equal((await hamlet.ask('inspector', 'GET', '/api/complaints')).status, 403)
  for (const scope of [{ institutions: [garden.id] }, { stages: ['preschool'] }])
    await hamlet.books.db.transaction({ counties: [garden.county], ...scope }, async (tx) => {
      const seen = await sql<{ count: number }>`select count(*)::int from complaints.complaint`.execute(tx)
      assert.equal(seen.rows[0]?.count, 0, JSON.stringify(scope))
    })
})

test('beyond the first page none is lost, and what is not ended or late is counted over all of them', async () => {
  const before = await listed(officer)
  await hamlet.owner.query(
    `insert into complaints.complaint (county_id, receipt_hash, salt, school_sealed, words_sealed, received_on)
     select $1, encode(sha256(('page ' || at)::bytea), 'hex'), sha256('salt'), 'sealed', 'sealed', '2024-03-01'
       from generate_series(1, 230) as at`,
    [garden.county],
  )
  const pages: {
    total: number
    open: number
    late: number
    pageSize: number
    rows: { complaintId: number }[]
  }[] = await withAnswerDays(async () => {
    const first = await listed(officer)
    const rest = Math.ceil(first.total / first.pageSize) - 1
    return [
      first,
      ...(await Promise.all([...Array(rest)].map((_, at) => listed(officer, `?page=${at + 2}`)))),
    ]
  })
  const seen = new Set(pages.flatMap(({ rows }) => rows.map(({ complaintId }) => complaintId)))
  assert.equal(seen.size, before.total + 230)
  for (const { total, open, late } of pages)
    assert.deepEqual([total, open, late], [before.total + 230, before.open + 230, 230])
  assert.deepEqual([before.late, (await listed(officer, '?stand=close')).open], [null, 0])
  assert.ok(before.open < before.total)
  await hamlet.owner.query("delete from complaints.complaint where received_on = '2024-03-01'")
})

test('of a past day the list says what had come in by then and where it stood, and nothing is done there', async () => {
  const { rows } = await hamlet.owner.query(
    `insert into complaints.complaint (county_id, receipt_hash, salt, school_sealed, words_sealed, received_on)
     values ($1, encode(sha256('long ago'), 'hex'), sha256('salt'), 'sealed', 'sealed', '2023-03-05')
     returning complaint_id::float8 as id`,
    [garden.county],
  )
  const { id } = rows[0]
  await hamlet.owner.query(
    `insert into complaints.step (county_id, complaint_id, revision, act, account, done_by, done_on)
     values ($1, $2, 1, 'take', $3, $3, '2023-03-07')`,
    [garden.county, id, officer],
  )
  const standing = async (asOf: string) => {
    const { open, rows } = await listed(officer, `?asOf=${asOf}`)
    return [
      open,
      rows.map(({ complaintId, stand }: { complaintId: number; stand: string }) => [complaintId, stand]),
    ]
  }
  assert.deepEqual(await standing('2023-03-04'), [0, []])
  assert.deepEqual(await standing('2023-03-06'), [1, [[id, 'received']]])
  assert.deepEqual(await standing('2023-03-07'), [1, [[id, 'take']]])
  assert.equal((await hamlet.ask(officer, 'GET', `/api/complaints/${id}?asOf=2023-03-04`)).status, 404)
  await hamlet.owner.query('delete from complaints.step where complaint_id = $1', [id])
  await hamlet.owner.query('delete from complaints.complaint where complaint_id = $1', [id])
})
