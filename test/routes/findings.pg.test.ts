import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { supervision } from '../../src/features/supervision/index.ts'
import { createAccount } from '../../src/platform/access/account.ts'
import { bookDay } from '../../src/records/books.ts'
import type { FindingFound } from '../../src/records/findings/finding.ts'
import { openFinding, platformFinder } from '../../src/records/findings/open-findings.ts'
import { ownItems } from '../plan/world-pen.for-tests.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let school: { county: number; id: number; name: string }
let garden: { county: number; id: number }
let county: string
let today: string

before(async () => {
  hamlet = await servedHamlet(supervision.routes)
  const { rows } = await hamlet.owner.query(`
    select county_id as county, institution_id::float8 as id, name, kind from registry.institution
     where kind in ('primary-school', 'kindergarten') and upper_inf(valid) and known_to = 'infinity'
     order by county_id, institution_id`)
  school = rows.find(({ kind }) => kind === 'primary-school')
  garden = rows.find((row) => row.kind === 'kindergarten' && row.county === school.county)
  county = `county-${school.county}`
  today = bookDay(hamlet.books.site)
})
after(() => hamlet.close())

const ask = (account: string | undefined, method: 'GET' | 'POST', url: string, body?: object) =>
  hamlet.ask(account, method, `/api/findings${url}`, body)

/** A finding the platform opened by a rule about the demonstration school. */
async function byRule(rule: string, more: Partial<FindingFound> = {}): Promise<number> {
  const found: FindingFound = {
    source: 'duty',
    rule,
    item: 'M8.7',
    quote: '实现每所乡村学校都有城镇学校对口帮扶',
    subject: { countyId: school.county, kind: 'institution', id: school.id },
    ownerLevel: 'institution',
    supervision: 'schools',
    severity: 'serious',
    says: '没有登记与城镇学校的帮扶协议',
    ...more,
  }
  const opened = await hamlet.books.db.transaction({ counties: [school.county], asOf: today }, (tx) =>
    openFinding(tx, found, platformFinder, today),
  )
  return opened.findingId
}

const step = async (account: string, id: number, act: string, hand: string, more: object = {}) => {
  const { body } = await ask(account, 'GET', `/${id}`)
  return ask(account, 'POST', `/${id}/steps`, { act, hand, revision: body.revision, ...more })
}
const owner = { unit: '本校', person: '李校长', cause: 'management' }
const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

async function attach(account: string, id: number) {
  const boundary = 'xKuoyouX'
  const body = Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="zg.png"\r\nContent-Type: image/png\r\n\r\n`,
    ),
    photo,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  return hamlet.ask(account, 'POST', `/api/findings/${id}/attachments`, body, {
    'content-type': `multipart/form-data; boundary=${boundary}`,
  })
}

test('handed over with its deadline, received, answered with evidence, sent back, answered again, rechecked by another, crossed off', async () => {
  const id = await byRule('a')
  const shown = (await ask(county, 'GET', `/${id}`)).body
  assert.deepEqual(
    shown.mayDo.map(({ act }: { act: string }) => act),
    ['dismiss', 'assign', 'interview', 'escalate'],
  )
  assert.equal((await step(county, id, 'assign', 'county')).body.refusal?.code, 'supervision.no-owner')
  const assigned = await step(county, id, 'assign', 'county', { owner })
  assert.equal(assigned.status, 200, JSON.stringify(assigned.body))
  assert.equal(assigned.body.dueOn, shown.suggested.dueOn)

  assert.equal((await step(county, id, 'sign', 'county')).status, 422)
  assert.equal((await step('school', id, 'sign', 'rectifier')).status, 200)
  const bare = await step('school', id, 'answer', 'rectifier', { says: '已签协议' })
  assert.equal(bare.body.refusal?.code, 'supervision.no-evidence')
  assert.equal((await attach('school', id)).status, 200)
  assert.equal((await step('school', id, 'answer', 'rectifier', { says: '已签协议' })).status, 200)
  assert.equal((await step('school', id, 'close', 'rectifier')).body.refusal?.code, 'supervision.out-of-turn')
  assert.equal(
    (await step('school', id, 'recheck', 'county', { says: '好' })).body.refusal?.code,
    'supervision.not-yours',
  )

  assert.equal((await step(county, id, 'send-back', 'county')).body.refusal?.code, 'supervision.no-words')
  assert.equal((await step(county, id, 'send-back', 'county', { says: '协议未盖章' })).status, 200)
  assert.equal((await step('school', id, 'answer', 'rectifier', { says: '已盖章' })).status, 200)
  const rechecked = await step('inspector', id, 'recheck', 'inspector', { says: '到校查看属实' })
  assert.equal(rechecked.status, 200, JSON.stringify(rechecked.body))
  assert.equal((await step(county, id, 'close', 'county')).body.phase, 'closed')
  const done = (await ask('school', 'GET', `/${id}`)).body
  assert.equal(done.phase, 'closed')
  assert.equal(done.mayAttach, false)
  const answers = done.steps.filter(({ act }: { act: string }) => act === 'answer')
  assert.match(answers[0].evidence[0].sha256, /^[0-9a-f]{64}$/)
})

test('who was named for a unit is suggested the next time; nobody is handed anything without a name', async () => {
  const [first, next] = [await byRule('named-1'), await byRule('named-2')]
  const unit = school.name
  const person = async (id: number) => (await ask(county, 'GET', `/${id}`)).body.suggested.units[0].person
  const known = await person(first)
  const bare = { owner: { unit: `${unit}后勤处`, cause: 'management' } }
  const refused = await step(county, first, 'assign', 'county', bare)
  assert.equal(refused.body.refusal?.code, 'supervision.no-person')
  assert.equal(known, null, 'nobody was named yet')
  await step(county, first, 'assign', 'county', { owner: { unit, person: '周校长', cause: 'management' } })
  assert.equal(await person(next), '周校长')
  const bulk = await ask(county, 'POST', '/assignments', { findingIds: [next] })
  assert.deepEqual(bulk.body, { assigned: 1, left: 0, unnamed: 0 })
  assert.equal((await ask(county, 'GET', `/${next}`)).body.ownerPerson, '周校长')
})

test('more time is asked for by the unit and granted from above with its reason; the day comes from the calendar', async () => {
  const id = await byRule('b')
  await step(county, id, 'assign', 'county', { owner, workingDays: 5 })
  const before = (await ask('school', 'GET', `/${id}`)).body.dueOn
  assert.equal((await step('school', id, 'ask-extension', 'rectifier', { says: '等对口校盖章' })).status, 200)
  assert.equal(
    (await step('school', id, 'extend', 'rectifier', { says: '自行延期', workingDays: 30 })).status,
    422,
  )
  assert.equal(
    (await step(county, id, 'extend', 'county', { workingDays: 5 })).body.refusal?.code,
    'supervision.no-words',
  )
  const granted = await step(county, id, 'extend', 'county', { says: '同意，对口校放假', workingDays: 5 })
  assert.ok(granted.body.dueOn > before)
})

test('what the county owes only the city judges; a step seen by nobody else is refused when it has moved', async () => {
  const id = await byRule('c', { ownerLevel: 'county', supervision: 'government' })
  const shown = (await ask(county, 'GET', `/${id}`)).body
  assert.deepEqual(shown.mayDo, [])
  const units = (await ask('city-supervision', 'GET', `/${id}`)).body.suggested.units
  assert.match(units.find(({ cause }: { cause: string }) => cause === 'money').unit, /财政部门$/)
  const bulk = async () =>
    (await ask('city-supervision', 'POST', '/assignments', { findingIds: [id, 99_999] })).body
  assert.deepEqual(await bulk(), { assigned: 0, left: 2, unnamed: 1 }, 'nobody answers for the item')
  const unit = units[0].unit
  const unnamed = await step('city-supervision', id, 'assign', 'city', {
    owner: { unit, cause: 'management' },
  })
  assert.equal(unnamed.body.refusal?.code, 'supervision.no-person')
  assert.match(unnamed.body.refusal.text, /《任务责任分工表》任务项 M8\.7/)
  await hamlet.books.db.transaction({ counties: [school.county], asOf: today }, (tx) =>
    ownItems({ tx, plan: hamlet.books.plan }, school.county),
  )
  assert.deepEqual(await bulk(), { assigned: 1, left: 1, unnamed: 0 })
  const handed = (await ask(county, 'GET', `/${id}`)).body
  assert.deepEqual([handed.ownerUnit, handed.ownerPerson], [unit, '张三 副局长'], 'whom the county named')
  assert.equal((await step(county, id, 'sign', 'rectifier')).status, 200)
  const stale = await ask(county, 'POST', `/${id}/steps`, { act: 'sign', hand: 'rectifier', revision: 0 })
  assert.equal(stale.body.refusal?.code, 'supervision.moved-meanwhile')
})

test('what lacks money waits for finance and what lacks posts for personnel, who say what they will do by when', async () => {
  const money = await byRule('money', { ownerLevel: 'county', supervision: 'government' })
  const posts = await byRule('posts', { ownerLevel: 'county', supervision: 'government' })
  const mine = async (account: string) =>
    (await ask(account, 'GET', '?state=mine')).body.rows.map(
      ({ findingId }: { findingId: number }) => findingId,
    )
  assert.deepEqual(await mine('finance'), [], 'nothing was handed over for want of money yet')
  for (const [id, cause] of [
    [money, 'money'],
    [posts, 'posts'],
  ] as const) {
    const { units } = (await ask('city-supervision', 'GET', `/${id}`)).body.suggested
    const { unit } = units.find((each: { cause: string }) => each.cause === cause)
    const handed = { owner: { unit, cause, person: '钱局长' } }
    assert.equal((await step('city-supervision', id, 'assign', 'city', handed)).status, 200)
  }
  assert.deepEqual([await mine('finance'), await mine('city')], [[money], [money]])
  assert.deepEqual(await mine('city-personnel'), [posts])
  const byCause = (await ask('finance', 'GET', '?cause=posts')).body.rows
  assert.deepEqual(
    byCause.map(({ findingId }: { findingId: number }) => findingId),
    [posts],
  )
  const says = '列入下年预算，先拨 12 万元'
  const promisedOn = '2099-03-01'
  const confer = (account: string, id: number, more: object) => step(account, id, 'confer', 'partner', more)
  for (const [account, id] of [
    ['finance', posts],
    ['city-personnel', money],
    [county, money],
    ['city-supervision', money],
  ] as const)
    assert.equal(
      (await confer(account, id, { says, promisedOn })).body.refusal?.code,
      'supervision.not-yours',
      account,
    )
  assert.equal((await confer('finance', money, { promisedOn })).body.refusal?.code, 'supervision.no-words')
  for (const more of [{ says }, { says, promisedOn: '2020-01-01' }])
    assert.equal((await confer('finance', money, more)).body.refusal?.code, 'supervision.no-promise')
  const said = await confer('finance', money, { says, promisedOn })
  assert.deepEqual([said.status, said.body.phase], [200, 'assigned'], JSON.stringify(said.body))
  assert.deepEqual([await mine('finance'), await mine('city')], [[], []], 'one answer is enough')
  const shown = (await ask(county, 'GET', `/${money}`)).body
  assert.deepEqual([shown.promisedOn, shown.steps.at(-1).says], [promisedOn, says])
  assert.deepEqual([shown.steps.at(-1).act, shown.steps.at(-1).promisedOn], ['confer', promisedOn])
  const seen = (await ask('finance', 'GET', `/${money}`)).body
  assert.deepEqual([seen.mayAttach, seen.mayDo.map(({ act }: { act: string }) => act)], [false, ['confer']])
  assert.equal((await attach('finance', money)).status, 403)
})

test('what somebody may not act on does not wait for them: their own unit’s findings to judge, and what they stood for the other side of', async () => {
  await createAccount(hamlet.owner, {
    ...{ account: 'both', name: '兼职', role: 'school-clerk', demonstration: true },
    ...{ counties: [school.county], institutions: [school.id] },
  })
  await hamlet.owner.query(
    "insert into access.grant (account, role, counties, granted_by) values ('both', 'county-bureau', $1, 'first-start')",
    [[school.county]],
  )
  const own = await byRule('hats-1')
  const other = await byRule('hats-2', {
    subject: { countyId: school.county, kind: 'institution', id: garden.id },
  })
  const mine = async (account: string) =>
    (await ask(account, 'GET', '?state=mine')).body.rows as { findingId: number }[]
  const waits = async (account: string, id: number) =>
    (await mine(account)).some(({ findingId }) => findingId === id)
  assert.deepEqual([await waits('both', own), await waits(county, own)], [false, true])
  assert.deepEqual([await waits('both', other), await waits(county, other)], [true, true])
  // In the list stands what the page offers a step of, and nothing else.
  for (const { findingId } of await mine('both'))
    assert.notDeepEqual((await ask('both', 'GET', `/${findingId}`)).body.mayDo, [], String(findingId))
  await step('both', other, 'assign', 'county', { owner })
  await hamlet.owner.query(
    "insert into access.grant (account, role, counties, institutions, granted_by) values ('both', 'school-clerk', $1, $2, 'first-start')",
    [[school.county], [garden.id]],
  )
  assert.equal(await waits('both', other), false, 'handed over by them, it is not theirs to mend')
  assert.equal(await waits('kindergarten', other), true)
})

test('an inspector enters one of the thirteen kinds of a kindergarten, and of no other institution', async () => {
  const lists = (await hamlet.ask('inspector', 'GET', '/api/violations')).body.lists
  const regulation = lists.find(({ item }: { item: string }) => item === 'M4.5')
  assert.equal(regulation.kinds.length, 13)
  const { rule } = regulation.kinds[0]
  const at = (institutionId: number, more: object = {}) =>
    ask(county, 'POST', '', { source: 'visit', institutionId, rule, says: '灭火器过期', ...more })
  assert.equal((await at(school.id)).body.refusal?.code, 'supervision.not-this-kind')
  const opened = await at(garden.id)
  assert.equal(opened.body.outcome, 'opened', JSON.stringify(opened.body))
  assert.equal((await at(garden.id)).body.outcome, 'standing')
  assert.equal((await at(garden.id, { rule: 'nothing.such' })).body.refusal?.code, 'supervision.no-basis')
  const shown = (await ask(county, 'GET', `/${opened.body.findingId}`)).body
  assert.deepEqual(
    [shown.severity, shown.item, shown.ruleName],
    ['grave', 'M4.5', '幼儿园规范监管：消防安全'],
  )
  assert.equal(
    (await ask('school', 'POST', '', { source: 'visit', institutionId: school.id, item: 'M4.5', says: 'x' }))
      .status,
    403,
  )
})

test('the ledger narrows by what stands in the address, counts by county, and goes into a workbook', async () => {
  const board = (await ask(county, 'GET', '?state=open')).body
  assert.ok(board.rows.length >= 2)
  assert.equal(board.counties.length, 1)
  assert.equal(board.counties[0].closed, 0)
  const mine = (await ask('school', 'GET', '?state=mine')).body
  assert.ok(mine.rows.every(({ phase }: { phase: string }) => phase === 'assigned' || phase === 'signed'))
  assert.equal(
    (await ask('school', 'GET', '')).body.rows.every(
      ({ subjectId }: { subjectId: number }) => subjectId === school.id,
    ),
    true,
  )
  const found = (await ask(county, 'GET', `?words=${encodeURIComponent('灭火器')}`)).body
  assert.deepEqual(
    found.rows.map(({ light }: { light: string }) => light),
    ['none'],
  )
  const book = await ask(county, 'GET', '/export?state=open')
  assert.equal(book.bytes.subarray(0, 2).toString(), 'PK')
  assert.equal((await ask(undefined, 'GET', '')).status, 401)
})
