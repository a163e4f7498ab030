import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { supervision } from '../../src/features/supervision/index.ts'
import { file } from '../plan/world-pen.for-tests.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

let hamlet: ServedHamlet
let county: number
let other: number
let schools: { id: number; name: string; code: string }[]

before(async () => {
  hamlet = await servedHamlet(supervision.routes)
  const { rows } = await hamlet.owner.query(`
    select county_id as county, institution_id::float8 as id, name, code from registry.institution
     where upper_inf(valid) and known_to = 'infinity' order by county_id, institution_id`)
  county = rows[0].county
  other = rows.find((row) => row.county !== county).county
  schools = rows.filter((row) => row.county === county)
})
after(() => hamlet.close())

/** Enters an inspector of the county into its roll; without schools of an area, a single line of ties. */
async function inspect(
  name: string,
  of: { kind?: string; worksAt?: number; avoid?: number; area?: number[]; to?: string },
) {
  await hamlet.books.db.transaction({ counties: [county] }, (tx) =>
    file(
      { tx, plan: hamlet.books.plan },
      'school-inspector',
      { county },
      {
        ...{ name, kind: of.kind ?? 'full-time', from: '2023-09-01' },
        ...(of.worksAt && { 'works-at': of.worksAt }),
        ...(of.to && { to: of.to }),
      },
      [
        ...(of.area ?? []).map((school) => ({ school, tie: 'area' })),
        ...(of.avoid ? [{ school: of.avoid, tie: 'avoid' }] : []),
      ],
    ),
  )
}

const rule = { share: 0.5, inspectorsEach: 1, stages: ['preschool', 'primary', 'junior', 'senior'] }
const wanted = (more: object = {}) => ({
  ...{ counties: [county], title: '秋季开学检查', seed: '0824361', seedSource: '2024-09-01 3D开奖号', rule },
  ...more,
})
const hold = (account: string, more: object = {}) => hamlet.ask(account, 'POST', '/api/draws', wanted(more))
const shown = async (account: string, id: number) =>
  (await hamlet.ask(account, 'GET', `/api/draws/${id}`)).body
const staffing = async () =>
  (await hamlet.ask('city-supervision', 'GET', '/api/inspectors')).body.counties.find(
    ({ countyId }: { countyId: number }) => countyId === county,
  )

test('without a roll of inspectors nobody can be drawn, and the staffing is unknown, not none', async () => {
  const refused = await hold(`county-${county}`)
  assert.equal(refused.body.refusal?.code, 'supervision.no-inspectors', JSON.stringify(refused.body))
  const unknown = await staffing()
  assert.deepEqual([unknown.fullTime, unknown.enough, unknown.withoutInspector], [null, null, null])
})

test('drawn by the published seed alone: every lot can be computed by hand, and nobody goes where he works', async () => {
  const [first, second] = schools
  await inspect('甲', { worksAt: first!.id, area: schools.slice(0, 2).map(({ id }) => id) })
  await inspect('乙', { kind: 'part-time', avoid: second!.id, area: [second!.id] })
  await inspect('丙', { to: '2023-12-31' })
  const held = await hold(`county-${county}`, { rule: { ...rule, share: 1, inspectorsEach: 2 } })
  assert.equal(held.status, 200, JSON.stringify(held.body))
  const draw = await shown('city-supervision', held.body.drawIds[0])
  assert.equal(draw.recomputed, true)
  assert.equal(draw.number, 1)
  const lotOf = (code: string) => createHash('sha256').update(`0824361|${code}`).digest('hex')
  assert.ok(draw.lots.length > 3)
  assert.ok(draw.lots.every(({ code, lot }: { code: string; lot: string }) => lot === lotOf(code)))
  const sentTo = (id: number) =>
    draw.lots.find(({ institutionId }: { institutionId: number }) => institutionId === id).inspectors
  assert.deepEqual([sentTo(first!.id), sentTo(second!.id)], [['乙'], ['甲']])
  assert.equal(sentTo(schools[2]!.id).length, 2)
  assert.deepEqual(
    draw.inspectors.map(({ name }: { name: string }) => name),
    ['甲', '乙'],
    'whose days are over is not sent',
  )
})

test('where one of several counties has no inspectors none is drawn, not even those before it', async () => {
  const numbers = async () =>
    (await hamlet.ask('city-supervision', 'GET', '/api/draws')).body.rows.map(
      ({ countyId, number }: { countyId: number; number: number }) => [countyId, number],
    )
  const refused = await hold('city-supervision', { counties: [county, other] })
  assert.equal(refused.body.refusal?.code, 'supervision.no-inspectors', JSON.stringify(refused.body))
  assert.deepEqual(await numbers(), [[county, 1]])
})

test('of each stratum the lowest lots are drawn; the list stays as it was when the roll changes; draws are numbered', async () => {
  const held = await hold(`county-${county}`)
  const id = held.body.drawIds[0]
  const before = await shown('inspector', id)
  assert.equal(before.number, 2)
  for (const { stratum, schools: of, drawn } of before.strata) {
    assert.equal(drawn, Math.ceil(of / 2), stratum)
    const lots = before.lots.filter((lot: { stratum: string }) => lot.stratum === stratum)
    const highest = Math.max(...lots.map((lot: { drawn: boolean }, at: number) => (lot.drawn ? at : -1)))
    assert.equal(highest, drawn - 1, 'the drawn stand first')
    const byLot = lots.map(({ lot }: { lot: string }) => lot)
    assert.deepEqual([...byLot.slice(0, drawn)].sort(), [...byLot].sort().slice(0, drawn))
  }
  await inspect('丁', {})
  assert.deepEqual(await shown('inspector', id), before)
  const list = (await hamlet.ask('inspector', 'GET', '/api/draws')).body
  assert.deepEqual([list.mayDraw, list.rows.map(({ number }: { number: number }) => number)], [false, [2, 1]])
  const book = await hamlet.ask('inspector', 'GET', `/api/draws/${id}/export`)
  assert.equal(book.bytes.subarray(0, 2).toString(), 'PK')
})

test('what was kept is seen to be changed when it no longer gives the same', async () => {
  const held = await hold(`county-${county}`)
  const id = held.body.drawIds[0]
  await hamlet.owner.query(
    "update draws.draw set given = jsonb_set(given, '{rule,share}', '0.9') where draw_id = $1",
    [id],
  )
  assert.equal((await shown('city-supervision', id)).recomputed, false)
})

test('a county draws in its own name only; schools do not read beforehand who comes', async () => {
  assert.equal((await hold(`county-${other}`)).body.refusal?.code, 'supervision.not-yours')
  assert.equal((await hold('school')).status, 403)
  assert.equal((await hold('inspector')).status, 403)
  assert.equal((await hamlet.ask('school', 'GET', '/api/draws')).status, 403)
  const [row] = (await hamlet.ask(`county-${county}`, 'GET', '/api/draws')).body.rows
  assert.equal((await hamlet.ask(`county-${other}`, 'GET', `/api/draws/${row.drawId}`)).status, 404)
})

test('the staffing board tells schools for each inspector against the line, areas too large and who is in nobody’s', async () => {
  const board = (await hamlet.ask('city-supervision', 'GET', '/api/inspectors')).body
  assert.deepEqual([board.schoolsPerInspector, board.schoolsPerArea], [5, 20])
  const of = await staffing()
  assert.deepEqual([of.fullTime, of.partTime], [2, 1])
  assert.equal(of.schools, schools.length)
  assert.equal(of.schoolsPerInspector, schools.length / 3)
  assert.equal(of.enough, schools.length <= 15)
  assert.equal(of.needed, Math.ceil(schools.length / 5))
  assert.equal(of.withoutInspector, schools.length - 2)
  assert.deepEqual(of.largeAreas, [])
  await inspect('戊', { area: schools.slice(0, 21).map(({ id }) => id) })
  assert.deepEqual((await staffing()).largeAreas, schools.length > 20 ? ['戊'] : [])
  assert.equal((await hamlet.ask('inspector', 'GET', '/api/inspectors')).status, 403)
})

test('whoever is entered into the roll while a draw waits for the books stands in its list', async () => {
  const waiting = async () =>
    (await hamlet.owner.query("select from pg_locks where locktype = 'advisory' and not granted")).rowCount
  let held: ReturnType<typeof hold> | undefined
  await hamlet.books.db.transaction({ counties: [county] }, async (tx) => {
    await file(
      { tx, plan: hamlet.books.plan },
      'school-inspector',
      { county },
      { name: '己', kind: 'part-time', from: '2023-09-01' },
      [],
    )
    held = hold(`county-${county}`)
    while ((await waiting()) === 0) await setTimeout(10)
  })
  const draw = await shown('city-supervision', (await held!).body.drawIds[0])
  assert.ok(draw.inspectors.some(({ name }: { name: string }) => name === '己'))
})
