import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import exceljs from 'exceljs'
import { targets } from '../../src/features/targets/index.ts'
import { askedTargets, day } from './asked-targets.for-tests.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

const yexian = 410_422
const weidong = 410_403
const city = 410_400
let hamlet: ServedHamlet

before(async () => {
  hamlet = await servedHamlet(targets.routes)
})
after(() => hamlet.close())

const { board, cell, detail, provenance } = askedTargets(() => hamlet)

test('not signed in, wrong role, malformed, not yours, not there', async () => {
  assert.equal((await hamlet.ask(undefined, 'GET', '/api/targets')).status, 401)
  assert.equal((await hamlet.ask('school', 'GET', '/api/targets')).status, 403)
  assert.equal((await hamlet.ask('city', 'GET', '/api/targets?asOf=2024-13-01')).status, 400)
  assert.equal((await hamlet.ask('city', 'GET', '/api/targets/T99')).status, 404)
  const foreign = await provenance('T4', weidong, 'year=2024', `county-${yexian}`)
  assert.equal(foreign.status, 404)
  assert.equal((await provenance('T4', city, 'year=2024', `county-${yexian}`)).status, 404)
  assert.equal((await provenance('T4', weidong, 'year=2024', `county-${weidong}`)).status, 200)
})

test('the board holds twelve targets for the city and each county, and every one says something', async () => {
  const found = await board()
  assert.deepEqual(
    found.targets.map(({ targetId }: { targetId: string }) => targetId),
    ['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8', 'T9', 'T10', 'T11', 'T12'],
  )
  assert.deepEqual(
    found.places.map(({ unitId }: { unitId: number }) => unitId),
    [city, weidong, yexian],
  )
  for (const { cells } of found.targets) for (const each of cells) assert.notEqual(each.words, '')
})

test('a county officer sees the own county and no city, with the very same figures', async () => {
  const whole = await board()
  const own = await board(`county-${yexian}`)
  assert.deepEqual(
    own.places.map(({ unitId }: { unitId: number }) => unitId),
    [yexian],
  )
  for (const id of ['T3', 'T4', 'T5', 'T9', 'T10'])
    assert.deepEqual(cell(own, id, yexian), cell(whole, id, yexian))
})

test('coverage and public share equal a count by hand from the registers', async () => {
  const { rows } = await hamlet.owner.query(`
    select e.county_id as unit, sum(pupils)::integer as all,
           sum(pupils) filter (where sector = 'public')::integer as public,
           sum(pupils) filter (where sector = 'public' or public_interest)::integer as interest
      from registry.enrolment e join registry.institution i
        on i.institution_id = e.institution_id and i.valid @> date '2024-09-01' and i.known_to = 'infinity'
     where school_year = 2024 and grade like 'K%' and e.known_to = 'infinity' group by 1 order by 1`)
  const t4 = await detail('T4')
  const t5 = await detail('T5')
  const of = (from: typeof t4, unit: number) =>
    from.places
      .find(({ unitId }: { unitId: number }) => unitId === unit)
      .series[0].points.find(({ year }: { year: number }) => year === 2024)
  for (const row of rows) {
    assert.deepEqual([of(t4, row.unit).numerator, of(t4, row.unit).denominator], [row.interest ?? 0, row.all])
    assert.deepEqual([of(t5, row.unit).numerator, of(t5, row.unit).denominator], [row.public ?? 0, row.all])
  }
  const sum = (part: string) => rows.reduce((total, row) => total + (row[part] ?? 0), 0)
  assert.deepEqual([of(t4, city).numerator, of(t4, city).denominator], [sum('interest'), sum('all')])
  assert.equal(of(t4, city).value, sum('interest') / sum('all'))
})

test('history runs over all years of the books; the path to 2027 is a straight line only as an assumption', async () => {
  const t5 = await detail('T5')
  const place = t5.places[0]
  assert.deepEqual(
    place.series[0].points.map(({ year }: { year: number }) => year),
    [2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024],
  )
  assert.deepEqual(
    place.path.map(({ year }: { year: number }) => year),
    [2023, 2024, 2025, 2026, 2027],
  )
  const [from, , , , to] = place.path
  assert.equal(from.value, place.series[0].points.find(({ year }: { year: number }) => year === 2023).value)
  assert.equal(to.value, 0.6)
  assert.match(t5.assumption, /假设/)
})

test('the nation’s and the province’s lines stand beside the city’s, and readings say what is counted', async () => {
  const t5 = await detail('T5')
  const target = t5.lines.filter(({ key }: { key: string }) => key === 'public-enrolment-share.target')
  assert.deepEqual(
    target.map(({ layer, binding }: { layer: string; binding: boolean }) => [layer, binding]),
    [
      ['平顶山市', true],
      ['河南省', false],
      ['国家', false],
    ],
  )
  assert.ok(t5.lines.some(({ value }: { value: number }) => value === 0.5))
  const counted = new Map(
    t5.readings.map((each: { id: string; counted: boolean }) => [each.id, each.counted]),
  )
  assert.equal(counted.get('legal-category'), true)
  assert.equal(counted.get('education-department'), false)
  assert.equal(counted.get('strive'), true)
})

test('what the books do not hold is Missing with who owes it, and never 0', async () => {
  const found = await board()
  assert.equal(cell(found, 'T2', yexian).words, '1/4', 'groups alone are known')
  for (const id of ['T6', 'T7', 'T8', 'T9', 'T11', 'T12'])
    assert.equal(cell(found, id, yexian).words, '缺数据', id)
  const owed = (id: string) =>
    found.owed.filter((each: { targetId: string }) => each.targetId === id).map(({ owedBy }: never) => owedBy)
  assert.deepEqual(owed('T12'), ['县（市、区）教育主管部门会同残疾人联合会'])
  assert.deepEqual(owed('T9'), ['县统计局'])
  const t9 = await detail('T9')
  const points = t9.places[0].series[0].points
  assert.ok(points.find(({ year }: { year: number }) => year === 2024).numerator > 0)
  assert.equal(points.find(({ year }: { year: number }) => year === 2024).value, null)
  assert.notEqual(points.find(({ year }: { year: number }) => year === 2020).value, null, 'census year')
})

test('a figure’s provenance lists rows that add up to it, with their documents', async () => {
  const { body } = await provenance('T5', city, 'year=2024')
  const number = (text: string | undefined) => Number((text ?? '0').replaceAll(',', ''))
  const part = (which: string) => number(new RegExp(`^${which}：.*＝ ([\\d,]+)`, 'm').exec(body.formula)?.[1])
  const sum = (which: string) =>
    body.rows.reduce(
      (total: number, { value }: { value: string }) =>
        total + number(new RegExp(`${which} ([\\d,]+)`).exec(value)?.[1]),
      0,
    )
  assert.equal(body.rowCount, body.rows.length)
  assert.equal(sum('分子'), part('分子'))
  assert.equal(sum('分母'), part('分母'))
  assert.match(body.rows[0].source, /合成〔\d+〕\d+号/)
  assert.equal(body.parameters[0].quote, '公办园在园幼儿占比力争达到60%以上')
  assert.equal(body.asOf, '2024-09-01')
  assert.equal(body.planVersion, hamlet.books.plan.version)
})

test('every target’s current figure opens, and what is counted from rows is their sum', async () => {
  for (const { id } of hamlet.books.plan.targets) {
    const { currentYear, unitId, series } = (await detail(id)).places.at(-1)
    const { status, body } = await provenance(id, unitId, `year=${currentYear}`)
    assert.equal(status, 200, id)
    const point = series[0].points.find(({ year }: { year: number }) => year === currentYear)
    if (!['T1', 'T4', 'T5', 'T9', 'T10'].includes(id)) continue
    const sum = body.rows.reduce(
      (total: number, { value }: { value: string }) =>
        total + Number((/分子 ([\d,]+)/.exec(value)?.[1] ?? '0').replaceAll(',', '')),
      0,
    )
    assert.equal(sum, point.numerator, id)
  }
})

test('a day on which a parameter is overdue refuses with its name', async () => {
  const found = await hamlet.ask('city', 'GET', '/api/targets?asOf=2029-01-01')
  assert.equal(found.status, 422)
  assert.match(found.body.text, /复核/)
})

test('the workbook holds the four tables and says the data are generated', async () => {
  const { status, bytes } = await hamlet.ask('city', 'GET', `/api/targets/export?asOf=${day}`)
  assert.equal(status, 200)
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.read(Readable.from(bytes))
  assert.deepEqual(
    workbook.worksheets.map(({ name }) => name),
    ['进度', '各年数值', '定义与依据', '缺数据'],
  )
  for (const sheet of workbook.worksheets) assert.match(String(sheet.getCell('A2').value), /合成数据/)
})

test('a day before any returns: nothing is known, nothing is 0, and the page still answers', async () => {
  const found = await board('city', '2010-09-01')
  for (const id of ['T4', 'T5', 'T9']) assert.equal(cell(found, id, city).words, '缺数据', id)
  assert.equal(cell(found, 'T3', city).words, '0/4')
  assert.equal(cell(found, 'T10', city).words, '不能算')
  assert.match(cell(found, 'T10', city).sentence, /应建特殊教育学校的县人口.*2010-09-01/)
  assert.equal((await hamlet.ask('city', 'GET', '/api/targets/T5?asOf=2010-09-01')).status, 200)
})
