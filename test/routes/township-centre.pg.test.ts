import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { homeRoute } from '../../src/app/home/home-route.ts'
import { filing } from '../../src/features/filing/index.ts'
import { createAccount } from '../../src/platform/access/account.ts'
import { beginWriting } from '../../src/records/registry/begin-writing.ts'
import { recordAct } from '../../src/records/registry/record-act.ts'
import { writeMemberships } from '../../src/records/registry/write-memberships.ts'
import { writeUnits } from '../../src/records/registry/write-units.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

interface Place {
  readonly county: number
  readonly id: number
}

const centreId = 900_000_001
let hamlet: ServedHamlet
let garden: Place
let beside: Place
let third: Place
let county: string
let today: string

before(async () => {
  hamlet = await servedHamlet([...filing.routes, homeRoute])
  today = hamlet.books.site.generatedUntil!
  const { rows } = await hamlet.owner.query<Place>(`
    select county_id as county, institution_id::float8 as id from registry.institution
     where kind = 'kindergarten' and upper_inf(valid) and known_to = 'infinity' order by county_id, institution_id`)
  garden = rows[0]!
  const [, next, last] = rows.filter((row) => row.county === garden.county)
  beside = next!
  third = last!
  county = `county-${garden.county}`
  await hamlet.books.db.transaction({ counties: [garden.county], asOf: today }, async (tx) => {
    await beginWriting(tx, garden.county)
    const actId = await recordAct(tx, {
      ...{ countyId: garden.county, kind: 'regroup', docNumber: '测试〔2024〕1号', recordedBy: '测试' },
      ...{ decidedOn: today, effectiveOn: today },
    })
    const from = { countyId: garden.county, from: '2020-09-01' }
    await writeUnits(tx, actId, [
      { ...from, unitId: centreId, kind: 'township-centre', code: 'ZX1', name: '镇中心学校' },
    ])
    const centre = {
      ...from,
      tree: 'township-centre',
      unitId: centreId,
      role: 'member',
      to: '2024-12-31',
    } as const
    await writeMemberships(
      tx,
      actId,
      [garden, third].map(({ id: institutionId }) => ({ ...centre, institutionId })),
    )
  })
  for (const { account, id } of [
    { account: 'garden', id: garden.id },
    { account: 'beside', id: beside.id },
    { account: 'third', id: third.id },
  ])
    await createAccount(hamlet.owner, {
      ...{ account, name: `${account} 数据员`, role: 'school-clerk', counties: [garden.county] },
      ...{ institutions: [id], demonstration: true },
    })
  await createAccount(hamlet.owner, {
    ...{ account: 'both', name: '园里和中心校都任职', role: 'school-clerk', counties: [garden.county] },
    ...{ institutions: [third.id], demonstration: true },
  })
  for (const [account, role, unit] of [
    ['both', 'township-centre', centreId],
    ['centre', 'township-centre', centreId],
    ['centre-second', 'township-centre', centreId],
    ['county-part', 'county-bureau', centreId],
  ] as const) {
    if (account !== 'both')
      await createAccount(hamlet.owner, { account, name: `${account} 工作人员`, demonstration: true })
    await hamlet.owner.query(
      `insert into access.grant (account, role, counties, units, granted_by)
       values ($1, $2, $3, $4, 'first-start')`,
      [account, role, [garden.county], [unit]],
    )
  }
})
after(() => hamlet.close())

const written = {
  ...{ 'built-on': '2015', 'floor-area': '2400', 'outdoor-area': '900', 'toys-meet': '部分达到' },
  ...{ 'toys-lack': '大型积木', 'has-hazard': '否' },
}

const shown = async (account: string, id: number) =>
  (await hamlet.ask(account, 'GET', `/api/filings/${id}`)).body
const step = async (account: string, id: number, act: string, hand: string, more: object = {}) =>
  hamlet.ask(account, 'POST', `/api/filings/${id}/steps`, {
    ...{ act, hand, revision: (await shown(county, id)).revision },
    ...more,
  })

/** A filing of a kindergarten, filled and handed in. */
async function handedIn(account: string, { id: subjectId }: Place) {
  const [formId, period] = ['kindergarten-conditions', today.slice(0, 4)]
  const opened = await hamlet.ask(account, 'POST', '/api/filings', { formId, period, subjectId })
  const id = opened.body.filingId
  const cells = Object.entries(written).map(([field, text]) => ({ line: 0, field, written: text, saw: null }))
  await hamlet.ask(account, 'PUT', `/api/filings/${id}/answers`, { cells })
  const { body } = await step(account, id, 'submit', 'filler')
  return { id, body }
}

test('where a school has a township centre, the centre looks first; neither it nor the county is skipped', async () => {
  const { id, body } = await handedIn('garden', garden)
  assert.equal(body.stands, '已提交，待乡镇中心校受理', JSON.stringify(body))
  assert.equal((await step(county, id, 'accept', 'county')).body.refusal?.code, 'filing.out-of-turn')
  assert.equal((await step(county, id, 'accept', 'township-centre')).body.refusal?.code, 'filing.not-yours')
  assert.equal((await step('garden', id, 'accept', 'township-centre')).body.refusal?.code, 'filing.not-yours')
  assert.deepEqual((await shown('centre', id)).mayDo, [{ act: 'accept', hand: 'township-centre' }])
  const waiting = await hamlet.ask(
    'centre',
    'GET',
    `/api/filings?form=kindergarten-conditions&period=${today.slice(0, 4)}&only=waiting`,
  )
  assert.deepEqual(
    waiting.body.rows.map(({ filingId }: { filingId: number }) => filingId),
    [id],
  )
  const { cards, todos } = (await hamlet.ask('centre', 'GET', '/api/home')).body
  assert.equal(cards.find((card: { id: string }) => card.id === 'filing.to-approve').count, 1)
  assert.equal(todos.length, 1)
  assert.equal((await step('centre', id, 'accept', 'township-centre')).status, 200)
  const say = (account: string, field: string, written: string, saw: string | null = null) =>
    hamlet.ask(account, 'PUT', `/api/filings/${id}/remarks`, { cells: [{ line: 0, field, written, saw }] })
  assert.equal((await say('centre', 'outdoor-area', '与图不符')).status, 200)
  const merged = await say('centre-second', 'outdoor-area', '请附测绘图', '与图不符')
  assert.deepEqual(merged.body.saved, [{ line: 0, field: 'outdoor-area', value: '请附测绘图' }])
  assert.equal((await say('garden', 'outdoor-area', '没错')).body.refusal?.code, 'filing.not-in-hand')
  const history = async (account: string) =>
    (await hamlet.ask(account, 'GET', `/api/filings/${id}/remarks?line=0&field=outdoor-area`)).body
  assert.deepEqual([(await shown('garden', id)).planned, await history('garden')], [undefined, []])
  const inTheBook = (roles: string[]) =>
    hamlet.books.db.transaction(
      { counties: [garden.county], institutions: [garden.id], actor: 'garden', roles },
      async (tx) => (await sql`select from returns.remark where filing_id = ${id}`.execute(tx)).rows.length,
    )
  assert.equal(await inTheBook(['school-clerk']), 0, 'nor does the book show them to whoever only fills')
  assert.equal(await inTheBook([]), 0)
  assert.equal(await inTheBook(['township-centre']), 2, 'the word that stands and the one it replaced')
  const returned = await step('centre', id, 'return', 'township-centre', {
    reason: '户外面积请核对',
    cells: [{ line: 0, field: 'floor-area', says: '核对房产证' }],
  })
  assert.equal(returned.body.phase, 'returned', JSON.stringify(returned.body))
  assert.deepEqual(
    (await shown('garden', id)).steps.at(-1).cells.map(({ says }: { says: string }) => says),
    ['核对房产证', '请附测绘图'],
  )
  assert.equal((await history('garden')).length, 1)
  await step('garden', id, 'submit', 'filler')
  await step('centre', id, 'accept', 'township-centre')
  const on = await step('centre', id, 'approve', 'township-centre')
  assert.equal(on.body.stands, '已提交，待县级教育主管部门受理')
  assert.equal((await step('centre', id, 'accept', 'county')).body.refusal?.code, 'filing.not-yours')
  await step(county, id, 'accept', 'county')
  assert.equal((await say('county-part', 'built-on', '请核对')).status, 200)
  assert.equal((await say(county, 'built-on', '', '请核对')).body.saved[0].value, null)
  await step(county, id, 'approve', 'county')
  await step('city-basic-education', id, 'accept', 'city')
  const done = await step('city-basic-education', id, 'approve', 'city')
  assert.equal(done.body.phase, 'approved', JSON.stringify(done.body))
})

test('a school without a centre goes to its county at once, and the centre sees nothing of it', async () => {
  const { id, body } = await handedIn('beside', beside)
  assert.equal(body.stands, '已提交，待县级教育主管部门受理', JSON.stringify(body))
  assert.equal((await hamlet.ask('centre', 'GET', `/api/filings/${id}`)).status, 404)
  const forms = (await hamlet.ask('centre', 'GET', '/api/forms')).body.forms
  assert.ok(forms.length > 0)
  assert.ok(forms.every(({ filledBy }: { filledBy: string }) => filledBy === 'institution'))
})

test('whoever filled a filing reads no word of it before it is sent, also with an office at the centre that looks', async () => {
  const { id } = await handedIn('both', third)
  await step('centre', id, 'accept', 'township-centre')
  const cells = [{ line: 0, field: 'floor-area', written: '与房产证不符', saw: null }]
  assert.equal((await hamlet.ask('centre', 'PUT', `/api/filings/${id}/remarks`, { cells })).status, 200)
  const said = async (account: string) =>
    (await hamlet.ask(account, 'GET', `/api/filings/${id}/remarks?line=0&field=floor-area`)).body.length
  assert.deepEqual([await said('centre'), await said('both'), await said('third')], [1, 0, 0])
  assert.equal((await shown('both', id)).planned, undefined)
  await step('centre', id, 'return', 'township-centre', { reason: '请核对面积' })
  assert.deepEqual([await said('both'), await said('third')], [1, 1])
})

test('when the centre is dissolved its county stands in for what still lies there; what is handed in later passes none', async () => {
  const toApprove = async (account: string) =>
    (await hamlet.ask(account, 'GET', '/api/home')).body.cards.find(
      (card: { id: string }) => card.id === 'filing.to-approve',
    ).count
  Object.assign(hamlet.books.site, { generatedUntil: '2024-12-30' })
  const { id, body } = await handedIn('third', third)
  assert.equal(body.stands, '已提交，待乡镇中心校受理', JSON.stringify(body))
  assert.equal(await toApprove(county), 1)
  Object.assign(hamlet.books.site, { generatedUntil: '2024-12-31' })
  assert.deepEqual((await shown(county, id)).mayDo, [{ act: 'accept', hand: 'township-centre' }])
  // what of the other kindergarten lies with the county itself was handed in by the test before
  assert.deepEqual([await toApprove(county), await toApprove('city-basic-education')], [2, 0])
  await step(county, id, 'accept', 'township-centre')
  const on = await step(county, id, 'return', 'township-centre', { reason: '请补填' })
  assert.equal(on.body.phase, 'returned')
  const again = await step('third', id, 'submit', 'filler')
  assert.equal(again.body.stands, '已提交，待县级教育主管部门受理', JSON.stringify(again.body))
})
