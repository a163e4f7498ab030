import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { filing } from '../../src/features/filing/index.ts'
import { createAccount } from '../../src/platform/access/account.ts'
import { approvedBefore } from './approved-before.for-tests.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

interface Place {
  readonly county: number
  readonly id: number
  readonly name: string
}

let hamlet: ServedHamlet
let gardens: Place[]
let county: string
let year: string
const form = 'kindergarten-conditions'

before(async () => {
  hamlet = await servedHamlet(filing.routes)
  const { rows } = await hamlet.owner.query<Place>(`
    select county_id as county, institution_id::float8 as id, name from registry.institution
     where kind = 'kindergarten' and upper_inf(valid) and known_to = 'infinity'
     order by county_id, institution_id`)
  gardens = rows.filter((row) => row.county === rows[0]!.county)
  county = `county-${rows[0]!.county}`
  for (const [at, { county: of, id, name }] of gardens.entries())
    await createAccount(hamlet.owner, {
      account: `garden-${at}`,
      name: `${name} 数据员`,
      role: 'school-clerk',
      counties: [of],
      institutions: [id],
      demonstration: true,
    })
  year = hamlet.books.site.generatedUntil!.slice(0, 4)
})
after(() => hamlet.close())

async function open(at: number): Promise<number> {
  const subjectId = gardens[at]!.id
  const { status, body } = await hamlet.ask(`garden-${at}`, 'POST', '/api/filings', {
    formId: form,
    period: year,
    subjectId,
  })
  assert.equal(status, 200, JSON.stringify(body))
  return body.filingId
}

const shown = async (account: string, id: number) =>
  (await hamlet.ask(account, 'GET', `/api/filings/${id}`)).body

async function write(account: string, id: number, cells: Record<string, string>) {
  const standing = new Map<string, unknown>(
    (await shown(account, id)).cells.map(({ field, value }: { field: string; value: unknown }) => [
      field,
      value,
    ]),
  )
  const { body } = await hamlet.ask(account, 'PUT', `/api/filings/${id}/answers`, {
    cells: Object.entries(cells).map(([field, written]) => ({
      line: 0,
      field,
      written,
      saw: standing.get(field) ?? null,
    })),
  })
  assert.deepEqual([body.wrong, body.unmerged], [[], []])
}

const step = async (account: string, id: number, act: string, hand: string, more: object = {}) =>
  hamlet.ask(account, 'POST', `/api/filings/${id}/steps`, {
    act,
    hand,
    revision: (await shown(account, id)).revision,
    ...more,
  })

async function approve(id: number): Promise<void> {
  for (const [account, hand] of [
    [county, 'county'],
    ['city', 'city'],
  ] as const)
    for (const act of ['accept', 'approve']) assert.equal((await step(account, id, act, hand)).status, 200)
}

const answers = {
  'built-on': '2015',
  'floor-area': '2400',
  'outdoor-area': '900',
  'toys-meet': '达到',
  'has-hazard': '否',
}

test('a figure that jumped since last year is doubted at handing in, goes through with its reason, and wants another when it changes', async () => {
  await lastYear(gardens[0]!.id, 2400)
  const id = await open(0)
  await write('garden-0', id, { ...answers, 'floor-area': '4800' })
  const doubted = (await shown('garden-0', id)).remarks.filter(
    ({ check }: { check?: string }) => check === 'kindergarten-conditions.area-year',
  )
  assert.deepEqual(
    doubted.map(({ severity, found }: { severity: string; found: string }) => [severity, found]),
    [['doubt', '上年 2400，本年 4800']],
  )
  const refused = await step('garden-0', id, 'submit', 'filler')
  assert.equal(refused.body.refusal?.code, 'filing.doubts-left')

  const path = `/api/filings/${id}/explanations`
  const why = { check: 'kindergarten-conditions.area-year', line: 0, says: '本年新建教学楼一栋' }
  assert.equal((await hamlet.ask(county, 'PUT', path, why)).body.refusal?.code, 'filing.not-yours')
  assert.equal((await hamlet.ask('garden-0', 'PUT', path, why)).status, 200)
  await write('garden-0', id, { 'floor-area': '5200' })
  assert.equal(
    (await step('garden-0', id, 'submit', 'filler')).body.refusal?.code,
    'filing.doubts-left',
    'the word was said of 4800, not of 5200',
  )
  assert.equal((await hamlet.ask('garden-0', 'PUT', path, why)).status, 200)
  assert.equal((await step('garden-0', id, 'submit', 'filler')).status, 200)
  const list = (await hamlet.ask(county, 'GET', `/api/filing-doubts?form=${form}&period=${year}`)).body
  assert.deepEqual(
    list.map(({ kind, says }: { kind: string; says: string }) => [kind, says]),
    [['explained', why.says]],
  )
  assert.equal((await hamlet.ask('garden-0', 'PUT', path, why)).body.refusal?.code, 'filing.locked')
  await nothingDoubted(id)
})

/** What was approved one year before. */
function lastYear(subject: number, area: number): Promise<void> {
  const period = String(Number(year) - 1)
  return approvedBefore(hamlet, { county: gardens[0]!.county, form, period, subject }, { 'floor-area': area })
}

/** Where nothing is doubted, nothing can be explained. */
async function nothingDoubted(id: number): Promise<void> {
  assert.equal((await step('garden-0', id, 'withdraw', 'filler')).status, 200)
  await write('garden-0', id, { 'floor-area': '2500' })
  const why = { check: 'kindergarten-conditions.area-year', line: 0, says: '不用说明' }
  const { body } = await hamlet.ask('garden-0', 'PUT', `/api/filings/${id}/explanations`, why)
  assert.equal(body.refusal?.code, 'filing.nothing-doubted')
}

test('one kindergarten far from all others of its county is doubted, the others are not', async () => {
  for (let other = 0; other < 10; other += 1) await elsewhere(900_001 + other, 900 + other * 10)
  const id = await open(1)
  const doubts = async () =>
    (await shown('garden-1', id)).remarks.filter(
      ({ check }: { check?: string }) => check === 'kindergarten-conditions.outdoor-outlier',
    )
  await write('garden-1', id, { 'outdoor-area': '90000' })
  assert.equal((await doubts()).length, 1)
  assert.match((await doubts())[0].says, /本园 90000/)
  await write('garden-1', id, { 'outdoor-area': '980' })
  assert.deepEqual(await doubts(), [])
})

/** What another kindergarten of the county filed. */
async function elsewhere(subject: number, area: number): Promise<void> {
  const { rows } = await hamlet.owner.query<{ id: number }>(
    `insert into returns.filing (county_id, form_id, version, period, subject_kind, subject_id, institution_id, opened_by)
     values ($1, $2, 2, $3, 'institution', $4::bigint, $4, '测试') returning filing_id as id`,
    [gardens[0]!.county, form, year, subject],
  )
  await hamlet.owner.query(
    `insert into returns.answer (county_id, filing_id, institution_id, field, value, origin, written_by)
     values ($1, $2, $3, 'outdoor-area', $4::jsonb, 'hand', '测试')`,
    [gardens[0]!.county, rows[0]!.id, subject, area],
  )
}

test('a cell marked by the county is seen by the filler, answered once, and stays in the filing', async () => {
  const id = await open(2)
  const path = `/api/filings/${id}/marks`
  const asked = await hamlet.ask(county, 'POST', path, {
    line: 0,
    field: 'outdoor-area',
    why: '与航拍图不符',
  })
  assert.equal(asked.status, 200, JSON.stringify(asked.body))
  assert.equal(
    (await hamlet.ask('garden-1', 'POST', path, { line: 0, field: 'outdoor-area', why: '？？' })).status,
    404,
  )
  assert.equal(
    (await hamlet.ask(county, 'POST', path, { line: 0, field: 'no-such', why: '不存在' })).status,
    404,
  )
  assert.equal((await shown('garden-2', id)).marks[0].why, '与航拍图不符')
  const answer = `${path}/${asked.body.markId}/resolution`
  assert.equal((await hamlet.ask('garden-2', 'POST', answer, { says: '含租用操场' })).status, 200)
  assert.equal(
    (await hamlet.ask(county, 'POST', answer, { says: '再答一次' })).body.refusal?.code,
    'filing.mark-answered',
  )
  const [mark] = (await shown(county, id)).marks
  assert.deepEqual([mark.resolution, mark.resolvedBy], ['含租用操场', `${gardens[2]!.name} 数据员`])
})

test('those who have not handed in are reminded once a day, see it when they come, and no longer once they have', async () => {
  const board = async () => (await hamlet.ask(county, 'GET', `/api/filings?form=${form}&period=${year}`)).body
  const owing = (await board()).rows.filter(
    (row: { firstSubmittedAt: unknown }) => row.firstSubmittedAt === null,
  )
  const turn = { formId: form, period: year }
  assert.equal(
    (await hamlet.ask('garden-2', 'POST', '/api/filing-reminders', turn)).body.refusal?.code,
    'filing.not-yours',
  )
  const first = await hamlet.ask(county, 'POST', '/api/filing-reminders', turn)
  assert.deepEqual(first.body, { reminded: owing.length, already: 0 })
  const again = await hamlet.ask('city', 'POST', '/api/filing-reminders', {
    ...turn,
    subjectIds: [owing[0].subjectId],
  })
  assert.deepEqual(again.body, { reminded: 0, already: 1 })
  const mine = async () => (await hamlet.ask('garden-2', 'GET', '/api/filing-reminders')).body
  assert.deepEqual(
    (await mine()).map(({ name, yours }: { name: string; yours: boolean }) => [name, yours]),
    [[gardens[2]!.name, true]],
  )
  assert.ok((await board()).rows.some((row: { remindedAt: unknown }) => row.remindedAt !== null))
  const id = await open(2)
  await write('garden-2', id, answers)
  assert.equal((await step('garden-2', id, 'submit', 'filler')).status, 200)
  assert.deepEqual(await mine(), [])
})

test('approvers see what is different since the last approval', async () => {
  const id = await open(2)
  await approve(id)
  await step('city', id, 'reopen', 'city', { reason: '面积有误' })
  await write('garden-2', id, { 'floor-area': '2450' })
  const seen = await shown(county, id)
  assert.equal(seen.approved.once['floor-area'], 2400)
  assert.equal(seen.cells.find(({ field }: { field: string }) => field === 'floor-area').value, 2450)
})

test('what is said of cells before a return is kept, shared and merged among those who look, unseen by the filler until it goes back', async () => {
  const id = await open(2)
  assert.equal((await step('garden-2', id, 'submit', 'filler')).status, 200)
  const say = (account: string, field: string, written: string, saw: string | null = null) =>
    hamlet.ask(account, 'PUT', `/api/filings/${id}/remarks`, { cells: [{ line: 0, field, written, saw }] })
  assert.equal((await say(county, 'floor-area', '早了')).body.refusal?.code, 'filing.not-in-hand')
  await step(county, id, 'accept', 'county')
  assert.equal((await say('garden-2', 'floor-area', '改')).body.refusal?.code, 'filing.not-in-hand')
  await say(county, 'outdoor-area', '与航拍图不符')
  await say(county, 'outdoor-area', '请附测绘图', '与航拍图不符')
  const offline = await say(`${county}-second`, 'outdoor-area', '少一张照片', '与航拍图不符')
  assert.equal(offline.body.saved[0].value, '请附测绘图；少一张照片')
  await say(county, 'built-on', '写错了')
  await say(county, 'built-on', '', '写错了')
  assert.match((await say(county, 'nothing', '没有这一格')).body.wrong[0].says, /没有这一项/)

  const planned = async (account: string) => (await shown(account, id)).planned
  assert.deepEqual(
    (await planned(county)).map(({ field, says }: { field: string; says: string }) => [field, says]),
    [['outdoor-area', '请附测绘图；少一张照片']],
  )
  const history = async (account: string, field: string) =>
    (await hamlet.ask(account, 'GET', `/api/filings/${id}/remarks?line=0&field=${field}`)).body.map(
      ({ says, endedAs }: { says: string; endedAs: string | null }) => [says, endedAs],
    )
  assert.deepEqual([await planned('garden-2'), await history('garden-2', 'outdoor-area')], [undefined, []])
  assert.equal((await step(county, id, 'approve', 'county')).body.refusal?.code, 'filing.remarks-left')

  const cells = [{ line: 0, field: 'floor-area', says: '核对房产证' }]
  assert.equal((await step(county, id, 'return', 'county', { reason: '见各处', cells })).status, 200)
  const seen = await shown('garden-2', id)
  assert.deepEqual(
    seen.steps.at(-1).cells.map(({ says }: { says: string }) => says),
    ['核对房产证', '请附测绘图；少一张照片'],
  )
  assert.deepEqual(await history('garden-2', 'outdoor-area'), [['请附测绘图；少一张照片', 'sent']])
  assert.deepEqual(await history(county, 'outdoor-area'), [
    ['请附测绘图；少一张照片', 'sent'],
    ['请附测绘图', 'replaced'],
    ['与航拍图不符', 'replaced'],
  ])
  assert.deepEqual(await history(county, 'built-on'), [['写错了', 'dropped']])
})
