import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import exceljs from 'exceljs'
import { sql } from 'kysely'
import { targets } from '../../src/features/targets/index.ts'
import { convertInstitution } from '../../src/records/registry/acts/convert-institution.ts'
import { beginWriting } from '../../src/records/registry/begin-writing.ts'
import { recordAct } from '../../src/records/registry/record-act.ts'
import { writeEnrolment } from '../../src/records/registry/write-enrolment.ts'
import { writePopulation } from '../../src/records/registry/write-population.ts'
import { publishSeries } from '../../src/records/series/publish-series.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

const yexian = 410_422
const weidong = 410_403
const city = 410_400
const day = '2024-09-01'
let hamlet: ServedHamlet

before(async () => {
  hamlet = await servedHamlet(targets.routes)
})
after(() => hamlet.close())

const board = async (account = 'city', asOf = day) =>
  (await hamlet.ask(account, 'GET', `/api/targets?asOf=${asOf}`)).body
const cell = (
  found: { targets: { targetId: string; cells: { unitId: number }[] }[] },
  id: string,
  unit: number,
) =>
  found.targets
    .find(({ targetId }) => targetId === id)
    ?.cells.find(({ unitId }) => unitId === unit) as never as {
    sign: string
    words: string
    sentence: string
    year: number
    differs: boolean
  }
const detail = async (id: string, account = 'city') =>
  (await hamlet.ask(account, 'GET', `/api/targets/${id}?asOf=${day}`)).body
const provenance = (id: string, unit: number, more: string, account = 'city') =>
  hamlet.ask(account, 'GET', `/api/targets/${id}/provenance?asOf=${day}&unit=${unit}&${more}`)

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

test('a new nature counts from its day on; earlier years stay as they were', async () => {
  const before = await detail('T5')
  const privately = await hamlet.owner.query(`
    select institution_id from registry.institution where county_id = ${yexian} and kind = 'kindergarten'
       and sector = 'private' and upper_inf(valid) and known_to = 'infinity' and lower(valid) < '2020-01-01'
     order by 1 limit 1`)
  const basis = {
    countyId: yexian,
    docNumber: '叶教〔2024〕9号',
    decidedOn: '2024-08-01',
    effectiveOn: '2024-08-20',
  }
  await hamlet.books.db.transaction({ counties: [yexian] }, async (tx) => {
    const done = await convertInstitution(
      tx,
      { ...basis, recordedBy: '试验' },
      privately.rows[0].institution_id,
      { sector: 'public' },
    )
    assert.ok(done.ok)
  })
  const after = await detail('T5')
  const points = (from: typeof before) =>
    from.places.find(({ unitId }: { unitId: number }) => unitId === yexian).series[0].points
  assert.deepEqual(points(after).slice(0, -1), points(before).slice(0, -1))
  assert.ok(points(after).at(-1).numerator > points(before).at(-1).numerator)
})

test('199,999 people owe no special school, 200,001 owe one; residents and registered are both told', async () => {
  const people = async (residents: number, registered: number) => {
    await hamlet.books.db.transaction({ counties: [yexian] }, async (tx) => {
      await beginWriting(tx, yexian)
      const actId = await recordAct(tx, {
        countyId: yexian,
        kind: 'import',
        docNumber: '试验',
        decidedOn: '2024-01-01',
        effectiveOn: '2024-01-01',
        recordedBy: '试验',
      })
      await sql`update registry.population set known_to = now()
        where unit_id = ${yexian} and on_day = '2024-06-30' and known_to = 'infinity'`.execute(tx)
      const row = {
        countyId: yexian,
        unitId: yexian,
        onDay: '2024-06-30',
        vintage: '2024-07-31',
        source: '试验',
      }
      const ages = { ageFrom: 0, ageTo: 120 }
      await writePopulation(tx, actId, [
        { ...row, ...ages, basis: 'resident', people: residents },
        { ...row, ...ages, basis: 'registered', people: registered },
      ])
    })
    return cell(await board(), 'T10', yexian)
  }
  await hamlet.owner.query(
    `delete from registry.institution where county_id = ${yexian} and kind = 'special-school'`,
  )
  const below = await people(199_999, 199_999)
  assert.deepEqual([below.sign, below.words, below.differs], ['idle', '不要求', false])
  const above = await people(200_001, 200_001)
  assert.deepEqual([above.sign, above.words], ['behind', '未覆盖'])
  const split = await people(199_999, 200_001)
  assert.deepEqual([split.words, split.differs], ['不要求', true])
  assert.match(split.sentence, /按另一读法：应覆盖 1 个，已覆盖 0 个/)
  const readings = (await detail('T10')).places.find(
    ({ unitId }: { unitId: number }) => unitId === yexian,
  ).series
  assert.deepEqual(
    readings.map(({ reading }: { reading: string }) => reading),
    ['resident', 'registered'],
  )
})

test('a year just begun does not yet speak: the last complete year does, and the late ones are named', async () => {
  const school = hamlet.city.counties
    .flatMap(({ acts }) => acts.flatMap(({ institutions }) => institutions))
    .find(({ kind, countyId, to }) => kind === 'kindergarten' && countyId === weidong && !to)!
  await hamlet.books.db.transaction({ counties: [weidong] }, async (tx) => {
    await beginWriting(tx, weidong)
    const actId = await recordAct(tx, {
      countyId: weidong,
      kind: 'import',
      docNumber: '试验',
      decidedOn: '2025-09-05',
      effectiveOn: '2025-09-01',
      recordedBy: '试验',
    })
    const { institutionId } = school
    await writeEnrolment(tx, actId, [
      { countyId: weidong, institutionId, schoolYear: 2025, grade: 'K1', pupils: 1 },
    ])
  })
  const found = await board('city', '2025-10-01')
  assert.equal(cell(found, 'T5', weidong).year, 2024)
  assert.deepEqual(
    found.filing.map(({ unitId, year, filed }: never) => [unitId, year, filed]),
    [
      [weidong, 2025, 1],
      [yexian, 2025, 0],
    ],
  )
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

test('a published seat series is the forecast and the list of gaps: two of five steps, of its year alone', async () => {
  assert.equal(cell(await board(), 'T1', yexian).words, '0/5')
  await hamlet.books.db.transaction({ counties: [yexian], asOf: day }, (tx) =>
    publishSeries(tx, {
      kind: 'seats',
      title: '学位供需测算',
      planVersion: hamlet.books.plan.version,
      engineVersion: 'test',
      asOf: day,
      knownAt: '2024-09-01 00:00:00+08',
      inputs: {},
      request: {},
      saidBy: '试验',
      values: [
        {
          countyId: yexian,
          unitId: yexian,
          measure: 'demand',
          stage: 'primary',
          grade: 'TOTAL',
          year: 2025,
          scenario: 'mid',
          mean: 1,
        },
      ],
    }),
  )
  const found = await board()
  assert.deepEqual([cell(found, 'T1', yexian).words, cell(found, 'T1', weidong).words], ['2/5', '0/5'])
  assert.equal(cell(found, 'T1', city).words, '2/10')
  assert.equal(cell(await board('city', '2025-09-01'), 'T1', yexian).words, '0/5')
  const { body } = await provenance('T1', yexian, 'year=2024')
  assert.match(body.rows[0].label, /学位供需测算/)
})

test('a day before any returns: nothing is known, nothing is 0, and the page still answers', async () => {
  const found = await board('city', '2010-09-01')
  for (const id of ['T4', 'T5', 'T9']) assert.equal(cell(found, id, city).words, '缺数据', id)
  assert.equal(cell(found, 'T3', city).words, '0/4')
  assert.equal(cell(found, 'T10', city).words, '不能算')
  assert.match(cell(found, 'T10', city).sentence, /应建特殊教育学校的县人口.*2010-09-01/)
  assert.equal((await hamlet.ask('city', 'GET', '/api/targets/T5?asOf=2010-09-01')).status, 200)
})
