import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { filing } from '../../src/features/filing/index.ts'
import { createAccount } from '../../src/platform/access/account.ts'
import { approvedBefore } from './approved-before.for-tests.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

interface Garden {
  readonly county: number
  readonly id: number
  readonly name: string
}

let hamlet: ServedHamlet
let gardens: readonly [Garden, Garden]
let year: string

before(async () => {
  hamlet = await servedHamlet([...filing.routes])
  const { rows } = await hamlet.owner.query<Garden>(`
    select county_id as county, institution_id::float8 as id, name from registry.institution
     where kind = 'kindergarten' and upper_inf(valid) and known_to = 'infinity'
     order by county_id, institution_id`)
  const first = rows[0]!
  gardens = [first, rows.find(({ county, id }) => county === first.county && id !== first.id)!]
  await createAccount(hamlet.owner, {
    account: 'gardens',
    name: '两园数据员',
    role: 'school-clerk',
    counties: [first.county],
    institutions: gardens.map(({ id }) => id),
    demonstration: true,
  })
  year = hamlet.books.site.generatedUntil!.slice(0, 4)
})
after(() => hamlet.close())

const form = 'kindergarten-conditions'

async function sheet() {
  const { status, body } = await hamlet.ask(
    'gardens',
    'GET',
    `/api/filing-sheets?form=${form}&period=${year}`,
  )
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

async function rowOf({ id }: Garden) {
  return (await sheet()).rows.find(({ subjectId }: { subjectId: number }) => subjectId === id)
}

/** What stands in a cell of a row. */
async function standingIn(garden: Garden, field: string) {
  const { form: shown, rows } = await sheet()
  const fields = shown.parts.flatMap(({ fields }: { fields: { id: string }[] }) => fields)
  const at = fields.findIndex(({ id }: { id: string }) => id === field)
  return rows.find(({ subjectId }: { subjectId: number }) => subjectId === garden.id).values[at]
}

const write = (cells: readonly { subjectId: number; field: string; written: string; saw: unknown }[]) =>
  hamlet.ask('gardens', 'PUT', '/api/filing-sheets/answers', { form, period: year, cells })

const filled = {
  'built-on': '2015',
  'floor-area': '2400.5',
  'outdoor-area': '900',
  'toys-meet': '达到',
  'has-hazard': '否',
}

const rowFor = ({ id }: Garden, answers: Readonly<Record<string, string>>) =>
  Object.entries(answers).map(([field, written]) => ({ subjectId: id, field, written, saw: null }))

async function step(account: string, id: number, act: string, hand: string) {
  const { revision } = (await hamlet.ask(account, 'GET', `/api/filings/${id}`)).body
  const done = await hamlet.ask(account, 'POST', `/api/filings/${id}/steps`, { act, hand, revision })
  assert.equal(done.status, 200, `${act} ${JSON.stringify(done.body)}`)
}

test('a cell that another changed meanwhile comes back with both values and its row', async () => {
  const [garden] = gardens
  assert.equal((await write(rowFor(garden, filled))).body.saved.length, 5)
  const cell = { subjectId: garden.id, field: 'outdoor-area', written: '910', saw: 800 }
  const { body } = await write([cell])
  assert.deepEqual(body.saved, [])
  assert.deepEqual(body.unmerged, [
    { subjectId: garden.id, field: 'outdoor-area', yours: 910, now: 900, writtenBy: '两园数据员' },
  ])
  assert.equal(await standingIn(garden, 'outdoor-area'), 900)
})

test('what is asked of a cell stands in its row until it is answered', async () => {
  const [garden, other] = gardens
  const { filingId } = await rowOf(garden)
  const path = `/api/filings/${filingId}/marks`
  const county = `county-${garden.county}`
  const asked = await hamlet.ask(county, 'POST', path, { line: 0, field: 'floor-area', why: '与航拍图不符' })
  assert.equal(asked.status, 200, JSON.stringify(asked.body))
  const [mark, ...more] = (await rowOf(garden)).marks
  assert.deepEqual([mark.field, mark.why, more], ['floor-area', '与航拍图不符', []])
  assert.deepEqual((await rowOf(other)).marks, [])
  await hamlet.ask('gardens', 'POST', `${path}/${asked.body.markId}/resolution`, { says: '已核对，无误' })
  assert.deepEqual((await rowOf(garden)).marks, [])
})

test('a row that may not be written is named and stops no other row', async () => {
  const [garden, other] = gardens
  await step('gardens', (await rowOf(garden)).filingId, 'submit', 'filler')
  const late = { subjectId: garden.id, field: 'outdoor-area', written: '910', saw: 900 }
  const alone = (await write([late])).body.refusal
  assert.equal(alone.code, 'filing.locked')
  assert.match(alone.text, new RegExp(`^${garden.name}：.*现在不能改`))
  const { status, body } = await write([late, ...rowFor(other, filled)])
  assert.equal(status, 200)
  assert.deepEqual(body.wrong, [{ subjectId: garden.id, field: 'outdoor-area', says: alone.text }])
  assert.equal(body.saved.length, 5)
  assert.deepEqual(
    [await standingIn(garden, 'outdoor-area'), await standingIn(other, 'outdoor-area')],
    [900, 900],
  )
})

test('what was approved a year before stands beside the row it is of, in the order of the questions', async () => {
  const [garden, other] = gardens
  const period = String(Number(year) - 1)
  await approvedBefore(
    hamlet,
    { county: other.county, form, period, subject: other.id },
    { 'outdoor-area': 400 },
  )
  const { form: shown } = await sheet()
  const fields = shown.parts.flatMap(({ fields }: { fields: { id: string }[] }) => fields)
  assert.deepEqual(
    (await rowOf(other)).before,
    fields.map(({ id }: { id: string }) => (id === 'outdoor-area' ? 400 : null)),
  )
  assert.deepEqual((await rowOf(garden)).before, [])
})
