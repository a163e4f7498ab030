import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { homeRoute } from '../../src/app/home/home-route.ts'
import { filing } from '../../src/features/filing/index.ts'
import { createAccount } from '../../src/platform/access/account.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

interface Place {
  readonly county: number
  readonly id: number
  readonly name: string
}

let hamlet: ServedHamlet
let garden: Place
let other: Place
let third: Place
let county: string
let year: string

before(async () => {
  hamlet = await servedHamlet([homeRoute, ...filing.routes])
  const { rows } = await hamlet.owner.query<Place>(`
    select county_id as county, institution_id::float8 as id, name from registry.institution
     where kind = 'kindergarten' and upper_inf(valid) and known_to = 'infinity'
     order by county_id, institution_id`)
  garden = rows[0]!
  other = rows.find((row) => row.county === garden.county && row.id !== garden.id)!
  third = rows.findLast((row) => row.county === garden.county)!
  county = `county-${garden.county}`
  for (const [account, { county: of, id, name }] of [
    ['garden', garden],
    ['other-garden', other],
  ] as const)
    await createAccount(hamlet.owner, {
      account,
      name: `${name} 数据员`,
      role: 'school-clerk',
      counties: [of],
      institutions: [id],
      demonstration: true,
    })
  year = hamlet.books.site.generatedUntil!.slice(0, 4)
})
after(() => hamlet.close())

const form = 'kindergarten-conditions'
const answers: Readonly<Record<string, string>> = {
  'built-on': '2015',
  'floor-area': '２,４００.５',
  'outdoor-area': '900',
  'toys-meet': '部分达到',
  'toys-lack': '大型积木',
  'has-hazard': '否',
}

async function open(account: string, subjectId = garden.id, period = year, formId = form) {
  return hamlet.ask(account, 'POST', '/api/filings', { formId, period, subjectId })
}

const shown = async (account: string, id: number) =>
  (await hamlet.ask(account, 'GET', `/api/filings/${id}`)).body

const write = (
  account: string,
  id: number,
  cells: Record<string, string>,
  saw: Record<string, unknown> = {},
) =>
  hamlet.ask(account, 'PUT', `/api/filings/${id}/answers`, {
    cells: Object.entries(cells).map(([field, written]) => ({
      line: 0,
      field,
      written,
      saw: saw[field] ?? null,
    })),
  })

const step = async (account: string, id: number, act: string, hand: string, more: object = {}) =>
  hamlet.ask(account, 'POST', `/api/filings/${id}/steps`, {
    act,
    hand,
    revision: (await shown(account, id)).revision,
    ...more,
  })

test('a clerk opens, fills, leaves and hands in; the county returns one cell; mended; county and city approve; it stands in the books', async () => {
  const opened = await open('garden')
  assert.equal(opened.status, 200, JSON.stringify(opened.body))
  const id = opened.body.filingId
  assert.equal((await open('garden')).body.filingId, id, 'the same one the second time')

  const early = await step('garden', id, 'submit', 'filler')
  assert.equal(early.status, 422)
  assert.equal(early.body.refusal?.code, 'filing.errors-left')

  const saved = await write('garden', id, { ...answers, 'floor-area': '很大' })
  assert.equal(saved.body.saved.length, 5, JSON.stringify(saved.body))
  assert.deepEqual(
    saved.body.wrong.map(({ field }: { field: string }) => field),
    ['floor-area'],
  )
  const mended = await write('garden', id, { 'floor-area': answers['floor-area']! })
  assert.deepEqual(mended.body.wrong, [])
  const after = await shown('garden', id)
  assert.equal(after.cells.find(({ field }: { field: string }) => field === 'floor-area').value, 2400.5)
  assert.equal(after.known.children.origin, '在校生台账')
  assert.equal(typeof after.known.children.value, 'number')
  assert.deepEqual(
    after.remarks.filter(({ severity }: { severity: string }) => severity === 'error'),
    [],
  )
  assert.deepEqual(after.mayDo, [{ act: 'submit', hand: 'filler' }])
  assert.equal((await step('garden', id, 'submit', 'filler')).status, 200)

  assert.equal(
    (await write('garden', id, { 'outdoor-area': '1' }, { 'outdoor-area': 900 })).body.refusal?.code,
    'filing.locked',
  )
  assert.equal((await step('garden', id, 'accept', 'county')).body.refusal?.code, 'filing.not-yours')
  assert.equal((await step(county, id, 'approve', 'county')).body.refusal?.code, 'filing.out-of-turn')
  assert.equal((await step(county, id, 'accept', 'county')).status, 200)
  assert.equal((await step(county, id, 'return', 'county')).body.refusal?.code, 'filing.no-reason')
  const cells = [{ line: 0, field: 'outdoor-area', says: '与上年相差过大，请核对' }]
  assert.equal((await step(county, id, 'return', 'county', { reason: '一处待核', cells })).status, 200)

  const back = await shown('garden', id)
  assert.equal(back.stands, '已退回，待修改')
  assert.deepEqual(back.steps.at(-1).cells, cells)
  await write('garden', id, { 'outdoor-area': '950' }, { 'outdoor-area': 900 })
  for (const [account, act, hand] of [
    ['garden', 'submit', 'filler'],
    [county, 'accept', 'county'],
    [county, 'approve', 'county'],
    ['city', 'accept', 'city'],
    ['city', 'approve', 'city'],
  ] as const)
    assert.equal((await step(account, id, act, hand)).status, 200, act)

  const { rows } = await hamlet.owner.query(
    "select answers from returns.entry where filing_id = $1 and known_to = 'infinity'",
    [id],
  )
  assert.equal(rows[0].answers['outdoor-area'], 950)
  assert.equal(rows[0].answers.children, after.known.children.value, 'what the books knew goes with it')
  const past = await hamlet.ask('garden', 'GET', `/api/filings/${id}/changes?line=0&field=outdoor-area`)
  assert.deepEqual(
    past.body.map(({ was, became }: { was: unknown; became: unknown }) => [was, became]),
    [
      [900, 950],
      [null, 900],
    ],
  )
})

test('two who acted on the same step: the second is told it moved, and nothing happens twice', async () => {
  const { body } = await open('other-garden', other.id)
  const id = body.filingId
  await write('other-garden', id, answers)
  const both = await Promise.all([1, 2].map(() => step('other-garden', id, 'submit', 'filler')))
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 422])
  const late = both.find(({ status }) => status === 422)
  assert.match(late?.body.refusal.code, /^filing\.(moved-meanwhile|out-of-turn)$/)
  assert.equal((await shown('other-garden', id)).steps.length, 1)
})

test("a school neither sees nor opens another's filing, and a form it does not owe is refused in words", async () => {
  const { body } = await open('other-garden', other.id)
  assert.equal((await hamlet.ask('garden', 'GET', `/api/filings/${body.filingId}`)).status, 404)
  assert.equal((await write('garden', body.filingId, { 'built-on': '2016' })).status, 404)
  assert.equal((await open('garden', other.id)).body.refusal?.code, 'filing.not-owed')
  assert.equal((await open('garden', garden.id, '2031')).body.refusal?.code, 'filing.not-owed')
  assert.equal((await open('garden', garden.id, year, 'no-such-form')).status, 404)
  assert.equal((await open('school')).body.refusal?.code, 'filing.not-owed')
})

test('an account of a school and of its county approves nothing that it filled, not even under a name two people share', async () => {
  const named = await hamlet.owner.query('select name from access.account where account = $1', [county])
  const officer = named.rows[0].name
  for (const account of ['both', 'namesake'])
    await createAccount(hamlet.owner, {
      ...{ account, name: officer, role: 'school-clerk', counties: [third.county] },
      ...{ institutions: [third.id], demonstration: true },
    })
  await hamlet.owner.query(
    `insert into access.grant (account, role, counties, granted_by)
     select account, 'county-bureau', $1, 'first-start' from unnest(array['both', 'city']) as account`,
    [[third.county]],
  )
  const id = (await open('both', third.id)).body.filingId
  // the one wrote a value that the other wrote over and handed in
  await write('both', id, { 'built-on': '2001' })
  await write('namesake', id, answers, { 'built-on': 2001 })
  assert.equal((await step('namesake', id, 'submit', 'filler')).status, 200)
  const seen = await shown('both', id)
  assert.deepEqual([seen.mayDo, seen.barred], [[{ act: 'withdraw', hand: 'filler' }], true])
  const refused = await step('both', id, 'accept', 'county')
  assert.deepEqual([refused.status, refused.body.refusal?.code], [422, 'filing.both-levels'])
  assert.match(refused.body.refusal.text, /不能是同一个人—请由本级其他人员办理/)
  assert.equal((await shown(county, id)).barred, false)
  // what somebody may not look at does not wait for them
  const waits = async (account: string) => {
    const url = `/api/filings?form=${form}&period=${year}&only=waiting`
    const { rows } = (await hamlet.ask(account, 'GET', url)).body
    const { cards } = (await hamlet.ask(account, 'GET', '/api/home')).body
    const card = cards.find((each: { id: string }) => each.id === 'filing.to-approve')
    return [rows.some(({ filingId }: { filingId: number }) => filingId === id), card.count]
  }
  assert.deepEqual([(await waits(county))[0], (await waits('both'))[0]], [true, false])
  // what the county's office did, the city's does not approve where it is the same person
  for (const act of ['accept', 'approve']) assert.equal((await step('city', id, act, 'county')).status, 200)
  assert.equal((await step('city', id, 'accept', 'city')).body.refusal?.code, 'filing.both-levels')
  const [, all] = await waits('city-personnel')
  assert.deepEqual(
    [await waits('city-personnel'), await waits('city')],
    [
      [true, all],
      [false, all - 1],
    ],
  )
  for (const act of ['accept', 'approve'])
    assert.equal((await step('city-personnel', id, act, 'city')).status, 200)
  const { rows } = await hamlet.owner.query(
    'select distinct account from returns.step where filing_id = $1 order by 1',
    [id],
  )
  assert.deepEqual(
    rows.map(({ account }) => account),
    ['city', 'city-personnel', 'namesake'],
  )
})

test('the board counts who owes, has handed in and is late, for the city, a county and a school alike', async () => {
  const board = (await hamlet.ask('city', 'GET', `/api/filings?form=${form}&period=${year}`)).body
  const all = board.counties.reduce((sum: number, { due }: { due: number }) => sum + due, 0)
  const { rows } = await hamlet.owner.query(
    `select count(distinct institution_id)::integer as due from registry.institution
      where kind = 'kindergarten' and valid @> $1::date and known_to = 'infinity'`,
    [`${year}-09-01`],
  )
  assert.equal(all, rows[0].due)
  const own = (await hamlet.ask(county, 'GET', `/api/filings?form=${form}&period=${year}`)).body
  assert.deepEqual(
    own.counties.map(({ countyId }: { countyId: number }) => countyId),
    [garden.county],
  )
  const open = (
    await hamlet.ask(county, 'GET', `/api/filings?form=${form}&period=${year}&only=not-submitted`)
  ).body
  assert.equal(open.total, own.total - own.counties[0].submitted)
  const { forms } = (await hamlet.ask('garden', 'GET', '/api/forms')).body
  const mine = forms.find(({ formId }: { formId: string }) => formId === form)
  assert.equal(mine.periods[0].due, 1)
  const dueFrom = async (account: string) =>
    (await hamlet.ask(account, 'GET', '/api/forms')).body.forms.flatMap(
      ({ filledBy, periods }: { filledBy: string; periods: unknown[] }) =>
        periods.length > 0 ? [filledBy] : [],
    )
  assert.deepEqual(
    new Set(await dueFrom('garden')),
    new Set(['institution']),
    'what the county fills is not due',
  )
  assert.deepEqual(new Set(await dueFrom(county)), new Set(['institution', 'county']))
})

test('a county keeps a book by event: an agreement whose end lies before its start is stopped, a right one is approved by the city', async () => {
  const opened = await open(county, garden.county, 'new', 'pairing-agreement')
  assert.equal(opened.status, 200, JSON.stringify(opened.body))
  const id = opened.body.filingId
  const wrong = await write(county, id, {
    helper: String(garden.id),
    helped: String(other.id),
    kind: '结对帮扶',
    from: '2025-09-01',
    to: '2024-08-31',
    duties: '送课、跟岗',
    doc: '协〔2025〕1号',
  })
  assert.ok(wrong.body.remarks.some(({ check }: { check: string }) => check === 'pairing-agreement.order'))
  assert.equal((await step(county, id, 'submit', 'filler')).body.refusal?.code, 'filing.errors-left')
  await write(county, id, { to: '2027-08-31' }, { to: '2024-08-31' })
  assert.equal((await step(county, id, 'submit', 'filler')).status, 200)
  assert.equal((await step('city', id, 'accept', 'city')).status, 200)
  assert.equal((await step('city', id, 'approve', 'city')).status, 200)
  const { rows } = await hamlet.owner.query('select valid::text from returns.entry where filing_id = $1', [
    id,
  ])
  assert.equal(rows[0].valid, '[2025-09-01,2027-09-01)')
})
