import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import exceljs from 'exceljs'
import { coverage } from '../../src/features/coverage/index.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

const city = 410400
const weidong = 410403
const yexian = 410422
const day = '2025-09-01'

let hamlet: ServedHamlet
before(async () => {
  hamlet = await servedHamlet(coverage.routes)
})
after(() => hamlet.close())

const board = async (account = 'city', asOf = day) =>
  (await hamlet.ask(account, 'GET', `/api/duties?asOf=${asOf}`)).body
const gaps = (duty: string, unit: number, more = '', account = 'city') =>
  hamlet.ask(account, 'GET', `/api/duties/${duty}?asOf=${day}&unit=${unit}${more}`)

interface Row {
  dutyId: string
  reading: { id: string } | null
  refused: string | null
  cells: { unitId: number; total: number; covered: number; words: string; sentence: string }[]
}

test('not signed in, wrong role, malformed, not yours, not there', async () => {
  assert.equal((await hamlet.ask(undefined, 'GET', '/api/duties')).status, 401)
  assert.equal((await hamlet.ask('school', 'GET', '/api/duties')).status, 403)
  assert.equal((await hamlet.ask('city', 'GET', '/api/duties?asOf=2024-13-01')).status, 400)
  assert.equal((await gaps('no-such-duty', city)).status, 404)
  assert.equal((await gaps('rural-school-helped', weidong, '', `county-${yexian}`)).status, 404)
  assert.equal((await gaps('rural-school-helped', city, '', `county-${yexian}`)).status, 404)
  assert.equal((await gaps('rural-school-helped', yexian, '&reading=no-such')).status, 404)
})

test('the board holds all duties for the city and each county; both readings of the same words have a row', async () => {
  const { duties, places } = await board()
  assert.equal(new Set(duties.map(({ dutyId }: Row) => dutyId)).size, hamlet.books.plan.coverage.size)
  assert.deepEqual(
    places.map(({ unitId }: { unitId: number }) => unitId),
    [city, weidong, yexian],
  )
  const readings = duties
    .filter(({ dutyId }: Row) => dutyId === 'township-central-kindergarten')
    .map(({ reading }: Row) => reading?.id)
  assert.deepEqual(readings, ['townships-only', 'with-streets'])
  for (const { dutyId, refused, cells } of duties as Row[]) {
    // how low a public share is low, nobody has entered
    if (dutyId === 'senior-public-share') assert.match(refused ?? '', /尚未录入/)
    else assert.equal(refused, null)
    for (const each of cells) assert.ok(each.words !== '' && !/undefined|null/.test(each.sentence))
    const [whole, ...counties] = cells
    assert.equal(
      whole?.total,
      counties.reduce((sum, { total }) => sum + total, 0),
    )
  }
})

test('a county officer sees the own county and no city, with the very same counts', async () => {
  const own = await board(`county-${yexian}`)
  assert.deepEqual(
    own.places.map(({ unitId }: { unitId: number }) => unitId),
    [yexian],
  )
  const whole = await board()
  const cellsOf = (of: { duties: Row[] }) =>
    of.duties.map(({ cells }) => cells.find(({ unitId }) => unitId === yexian))
  assert.deepEqual(cellsOf(own), cellsOf(whole))
})

test('a gap is named with its county, why, and what to do; the count opens to what lies under it', async () => {
  const { body } = await gaps('rural-school-helped', yexian)
  assert.ok(body.gapCount > 0)
  assert.equal(body.gaps[0].why, '没有登记与城镇学校的帮扶协议')
  assert.equal(body.gaps[0].county, '叶县')
  assert.match(body.remedy, /登记/)
  assert.match(body.quote, /确保每所乡村学校都有城镇学校对口帮扶/)
  const under = await hamlet.ask(
    'city',
    'GET',
    `/api/duties/rural-school-helped/provenance?asOf=${day}&unit=${yexian}`,
  )
  assert.equal(under.status, 200)
  assert.equal(under.body.value, body.cell.words)
  assert.equal(under.body.rowCount, body.gapCount)
  assert.equal(under.body.basis[0].paper, 'pds-2024-35')
})

test('what nobody has filed is said to be unknown, and who owes it', async () => {
  const { body } = await gaps('parent-committee', yexian)
  assert.equal(body.cell.light, 'unknown')
  assert.ok(body.gaps.every(({ known }: { known: boolean }) => !known))
  const { body: under } = await hamlet.ask(
    'city',
    'GET',
    `/api/duties/parent-committee/provenance?asOf=${day}&unit=${yexian}`,
  )
  assert.equal(under.missing[0].owedBy, '学校')
})

test('before the paper was issued a parameter is not valid: the row says so and judges nobody', async () => {
  const { duties } = await board('city', '2020-09-01')
  const row = duties.find(({ dutyId }: Row) => dutyId === 'township-central-kindergarten')
  assert.match(row.refused, /没有有效数值/)
})

test('an inspector is shown the schools of the district only', async () => {
  const { body, status } = await gaps('rural-school-helped', weidong, '', 'inspector')
  const own = status === 200 ? body : (await gaps('rural-school-helped', yexian, '', 'inspector')).body
  const all = (await gaps('digital-campus', own.cell.unitId)).body
  const few = (await gaps('digital-campus', own.cell.unitId, '', 'inspector')).body
  assert.ok(few.cell.total > 0 && few.cell.total < all.cell.total)
})

test('the workbook holds every count, every gap and the words of the paper', async () => {
  const { status, bytes } = await hamlet.ask('city', 'GET', `/api/duties/export?asOf=${day}`)
  assert.equal(status, 200)
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.read(Readable.from(bytes))
  assert.deepEqual(
    workbook.worksheets.map(({ name }) => name),
    ['各县情况', '缺口名单', '依据'],
  )
  for (const sheet of workbook.worksheets) assert.match(String(sheet.getCell('A2').value), /合成数据/)
  // 27 rows of duties that can be judged, by each reading, in two counties, under two captions, a blank line at most and a head.
  const rows = workbook.getWorksheet('各县情况')!.actualRowCount
  assert.equal(rows, 3 + 2 * 27)
})
