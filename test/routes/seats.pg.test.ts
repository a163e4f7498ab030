import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import exceljs from 'exceljs'
import { seats } from '../../src/features/seats/index.ts'
import { publishBaseForecast, recomputeForecast } from '../../src/features/seats/publish-forecast.ts'
import { closeInstitution } from '../../src/records/registry/acts/close-institution.ts'
import { beginWriting } from '../../src/records/registry/begin-writing.ts'
import { recordAct } from '../../src/records/registry/record-act.ts'
import { fileEnrolment } from '../../src/records/registry/write-enrolment.ts'
import { recomputeMatches } from '../../src/records/series/recompute-matches.ts'
import { type Answer, type ServedHamlet, servedHamlet } from './served-hamlet.ts'

const city = 410_400
const weidong = 410_403
const yexian = 410_422
const kunyang = 410_422_002
const xiali = 410_422_201
const officer = `county-${yexian}`
const day = '2024-09-01'
const allStages = ['preschool', 'primary', 'junior', 'senior', 'vocational', 'special']
const years = [2025, 2026, 2027, 2028, 2029, 2030, 2031, 2032, 2033, 2034, 2035]

interface Cell {
  readonly year: number
  readonly sign: string
  readonly gap: number | null
  readonly low: number | null
  readonly high: number | null
  readonly demand: { readonly mean: number; readonly lo80: number; readonly hi80: number } | null
  readonly rooms: number | null
  readonly approved: number | null
  readonly ruling: number | null
}
interface Row {
  readonly unit: { readonly unitId: number; readonly name: string }
  readonly cells: readonly Cell[]
}

let hamlet: ServedHamlet
let seriesId: number

before(async () => {
  hamlet = await servedHamlet(seats.routes)
})
after(() => hamlet.close())

const get = (account: string | undefined, path: string) => hamlet.ask(account, 'GET', `/api/seats/${path}`)
const post = (account: string | undefined, path: string, body: object = {}) =>
  hamlet.ask(account, 'POST', `/api/seats/${path}`, body)
const board = async (query = '', account = 'city') => (await get(account, `board?${query}`)).body
const rowOf = (found: { rows: readonly Row[] }, unitId: number): Row => {
  const row = found.rows.find(({ unit }) => unit.unitId === unitId)
  assert.ok(row, `a row of ${unitId}`)
  return row
}
const meansOf = (row: Row) => row.cells.map(({ demand }) => demand?.mean)
const noticesOf = (found: { notices: { kind: string }[] }) => found.notices.map(({ kind }) => kind).sort()

function refusedWith(answer: Answer, code: string) {
  assert.equal(answer.status, 422, JSON.stringify(answer.body).slice(0, 300))
  assert.equal(answer.body.refusal.code, code)
  assert.match(answer.body.text, /[一-龥].*—.*—请/)
}

/** Waits for a job as the page does, and returns what it came to. */
async function finished({ status, body }: Answer, owner: string) {
  assert.equal(status, 200, JSON.stringify(body))
  for (;;) {
    const job = await hamlet.books.jobs.find(body.jobId, owner)
    if (job?.finishedAt) {
      assert.equal(job.state, 'done', job.problem ?? '')
      return job.result as { seriesId: number; scenarios: number }
    }
    await wait(50)
  }
}

const matches = (id: number) =>
  hamlet.books.db.transaction({ counties: [city, weidong, yexian] }, (tx) =>
    recomputeMatches(tx, id, (published) => recomputeForecast(hamlet.books, published)),
  )

const assumptions = {
  births: 'mid',
  townDrift: 0,
  capacityBasis: 'rooms',
  classSize: 'standard',
  housing: [] as object[],
  seniorShares: [] as object[],
  overrides: [] as object[],
}
const scenario = (more: Partial<typeof assumptions> = {}, name = '新城入住') => ({
  name,
  note: '',
  assumptions: { ...assumptions, ...more },
})
const housing = (unitId: number, year = 2026) => ({
  unitId,
  year,
  stage: 'primary',
  dwellings: 2000,
  pupilsPer100: 30,
  reason: '规划局交付计划',
})

test('before anything is computed the board says so, and what needs figures is refused', async () => {
  const found = await board()
  assert.equal(found.published, null)
  assert.deepEqual([noticesOf(found), found.rows, found.years], [['none'], [], []])
  assert.match(found.answer, /还没有测算/)
  refusedWith(await get('city', `provenance?unit=${city}&stage=primary&year=2027`), 'seats.not-computed')
  refusedWith(await get('city', 'export'), 'seats.not-computed')
  refusedWith(await get('city', 'compare?one=low&other=high'), 'seats.not-computed')
  assert.deepEqual((await get('city', 'warnings')).body, [])
})

test('the base forecast is published once: a part per county and the totals', async () => {
  seriesId = await publishBaseForecast(hamlet.books, { asOf: day, report: () => {} })
  const { rows } = await hamlet.owner.query(
    'select county_id as id from series.published where series_id = $1 order by 1',
    [seriesId],
  )
  assert.deepEqual(
    rows.map(({ id }) => id),
    [city, weidong, yexian],
  )
})

const ladder = [
  { path: 'board', wrong: 'stage=kita', foreign: `unit=${weidong}` },
  { path: 'series', query: `unit=${yexian}`, wrong: 'stage=primary', foreign: `unit=${weidong}` },
  { path: 'warnings', wrong: 'unit=x', foreign: `unit=${weidong}` },
  { path: 'missing', wrong: 'scenario=s0', foreign: `unit=${weidong}` },
  { path: 'map', wrong: 'year=1066', foreign: `unit=${weidong}` },
  { path: 'institutions', wrong: 'basis=bed', foreign: `unit=${weidong}` },
  {
    path: 'provenance',
    query: `unit=${yexian}&stage=primary&year=2027`,
    wrong: `unit=${yexian}`,
    foreign: `unit=${weidong}&stage=primary&year=2027`,
  },
  { path: 'export', wrong: 'asOf=2024-13-01', foreign: `unit=${weidong}` },
  {
    path: 'compare',
    query: 'one=low&other=high',
    wrong: 'one=low',
    foreign: `one=low&other=high&unit=${weidong}`,
  },
]

for (const { path, query = '', wrong, foreign } of ladder) {
  test(`${path}: not signed in, a clerk, malformed, another county, done`, async () => {
    assert.equal((await get(undefined, `${path}?${query}`)).status, 401)
    assert.equal((await get('school', `${path}?${query}`)).status, 403)
    const malformed = await get(officer, `${path}?${wrong}`)
    assert.equal(malformed.status, 400)
    assert.match(malformed.body.text, /请求有 \d+ 处填写问题/)
    assert.equal((await get(officer, `${path}?${foreign}`)).status, 404)
    assert.equal((await get(officer, `${path}?${query}`)).status, 200)
    assert.equal((await get('city', `${path}?${foreign}`)).status, 200)
  })
}

test('a day that is in no calendar is a wrong request, not a fault', async () => {
  for (const asOf of ['2024-02-31', '2023-02-29', '2024-13-01', '20240901']) {
    assert.equal((await get('city', `board?asOf=${asOf}`)).status, 400, asOf)
    assert.equal((await get('city', `compare?one=low&other=high&asOf=${asOf}`)).status, 400, asOf)
    assert.equal((await post('city', 'recompute', { asOf })).status, 400, asOf)
  }
  const overdue = await get('city', 'board?asOf=2029-01-01')
  assert.equal(overdue.status, 422)
  assert.match(overdue.body.text, /复核/)
})

test('one school: its clerk sees it and no other; too far ahead is refused; the band holds the figure', async () => {
  const { rows } = await hamlet.owner.query(
    "select institutions[1] as own from access.grant where account = 'school'",
  )
  const path = `institutions/${rows[0].own}`
  assert.equal((await get(undefined, path)).status, 401)
  assert.equal((await get('school', `institutions/${rows[0].own + 1}`)).status, 404)
  assert.equal((await get(officer, path)).status, 404, 'a school of another county')
  assert.equal((await get('school', 'institutions/none')).status, 400)
  refusedWith(await get('school', `${path}?until=2040`), 'seats.beyond-school-horizon')
  const { status, body } = await get('school', path)
  assert.equal(status, 200)
  assert.deepEqual((await get('city', path)).body, body)
  for (const { history, forecast } of body.stages) {
    assert.equal(history.at(-1).year, 2024)
    assert.deepEqual(
      forecast.map(({ year }: { year: number }) => year),
      years.slice(0, body.horizonYears),
    )
    for (const { mean, lo80, hi80 } of forecast) assert.ok(0 <= lo80 && lo80 <= mean && mean <= hi80)
  }
})

test('every cell: gap is demand less the ruling seats, a sign only when the whole band lies beyond them', async () => {
  const signs = new Set<string>()
  for (const stage of allStages) {
    for (const unit of [city, weidong, yexian]) {
      const found = await board(`stage=${stage}&unit=${unit}`)
      for (const { cells } of found.rows as Row[]) {
        assert.deepEqual(
          cells.map(({ year }) => year),
          found.years,
        )
        for (const { sign, gap, low, high, demand, ruling } of cells) {
          signs.add(sign)
          if (!demand || ruling === null) continue
          assert.ok(demand.lo80 <= demand.mean && demand.mean <= demand.hi80)
          const edges = [demand.mean, demand.lo80, demand.hi80].map((pupils) => pupils - ruling)
          assert.deepEqual([gap, low, high], edges)
          const beyond = demand.lo80 > ruling ? 'shortage' : demand.hi80 < ruling ? 'surplus' : 'even'
          assert.equal(sign, beyond)
        }
      }
    }
  }
  assert.deepEqual([...signs].sort(), ['even', 'shortage', 'surplus'])
})

test('parts add up: townships to their county, counties to the city, in whole pupils and seats', async () => {
  let checked = 0
  for (const stage of allStages) {
    for (const unit of [city, weidong, yexian]) {
      const found = await board(`stage=${stage}&unit=${unit}`)
      const own = (found.rows as Row[]).find((row) => row.unit.unitId === unit)
      if (!own) continue
      const parts = (found.rows as Row[]).filter((row) => row !== own)
      own.cells.forEach((cell, at) => {
        const sum = (of: (part: Cell) => number | null | undefined) =>
          parts.reduce((total, { cells }) => total + (of(cells[at]!) ?? 0), 0)
        assert.equal(
          sum(({ demand }) => demand?.mean),
          cell.demand?.mean,
        )
        assert.equal(
          sum(({ approved }) => approved),
          cell.approved,
        )
        if (cell.rooms !== null)
          assert.equal(
            sum(({ rooms }) => rooms),
            cell.rooms,
          )
        checked++
      })
    }
  }
  assert.ok(checked > 100, `${checked} cells`)
})

test('a county officer reads the very figures the city reads for that county', async () => {
  for (const stage of allStages) {
    const own = await board(`stage=${stage}`, officer)
    assert.equal(own.parent.unitId, yexian)
    assert.deepEqual(own.rows, (await board(`stage=${stage}&unit=${yexian}`)).rows)
  }
})

test('births vary: low ≤ mid ≤ high once the unborn enter, the same before but for whole-pupil rounding', async () => {
  for (const [stage, entering] of [
    ['preschool', 2027],
    ['primary', 2030],
  ] as const) {
    for (const unit of [city, weidong, yexian]) {
      const [low, mid, high] = (await Promise.all(
        ['low', 'mid', 'high'].map(async (each) => {
          const found = await board(`stage=${stage}&scenario=${each}&unit=${unit}`)
          return meansOf(rowOf(found, unit))
        }),
      )) as [number[], number[], number[]]
      mid.forEach((pupils, at) => {
        const seen = `${stage} ${unit} ${years[at]}: ${low[at]} ${pupils} ${high[at]}`
        if (years[at]! >= entering) assert.ok(low[at]! <= pupils && pupils <= high[at]!, seen)
        else assert.ok(Math.abs(low[at]! - pupils) <= 1 && Math.abs(high[at]! - pupils) <= 1, seen)
      })
      assert.ok(low.at(-1)! < mid.at(-1)! && mid.at(-1)! < high.at(-1)!, `${stage} ${unit}`)
    }
  }
})

test('the basis changes the ruling seats and nothing else', async () => {
  const [rooms, approved, smaller] = await Promise.all(
    ['rooms', 'approved', 'smaller'].map((basis) => board(`stage=primary&unit=${yexian}&basis=${basis}`)),
  )
  const given = ({ rows }: { rows: Row[] }) =>
    rows.map(({ cells }) => cells.map((cell) => [cell.demand, cell.rooms, cell.approved]))
  const ruling = ({ rows }: { rows: Row[] }) =>
    rows.flatMap(({ cells }) => cells.map((cell) => cell.ruling as number))
  assert.deepEqual(given(rooms), given(approved))
  assert.deepEqual(given(rooms), given(smaller))
  assert.notDeepEqual(ruling(rooms), ruling(approved))
  assert.deepEqual(
    ruling(smaller),
    ruling(rooms).map((count, at) => Math.min(count, ruling(approved)[at]!)),
  )
  const flat = (found: { rows: Row[] }, of: (cell: Cell) => number | null) =>
    found.rows.flatMap(({ cells }) => cells.map(of))
  assert.deepEqual(
    ruling(rooms),
    flat(rooms, (cell) => cell.rooms),
  )
  assert.deepEqual(
    ruling(approved),
    flat(approved, (cell) => cell.approved),
  )
})

test('a stage without a class-size norm is counted by the approved figure, and says so', async () => {
  const found = await board(`stage=vocational&unit=${yexian}`)
  assert.deepEqual(noticesOf(found), ['no-norm'])
  for (const { ruling, approved } of rowOf(found, yexian).cells) assert.equal(ruling, approved)
})

test('history is what the registers hold, and the schools of a township make its seats', async () => {
  const { rows } = await hamlet.owner.query(`
    select school_year as year, sum(pupils)::integer as pupils from registry.enrolment
     where county_id = ${yexian} and grade like 'P%' and known_to = 'infinity' group by 1 order by 1`)
  const series = (await get(officer, `series?unit=${yexian}&stage=primary`)).body
  assert.deepEqual(series.history, rows)
  assert.deepEqual(
    series.record.map(({ horizon }: { horizon: number }) => horizon),
    [1, 2, 3, 4, 5],
  )
  const [near] = series.record
  assert.ok(
    near.ours >= 0 && near.naive >= 0 && near.coverage > 0 && near.coverage <= 1,
    JSON.stringify(near),
  )
  const { body } = await get(officer, `institutions?unit=${yexian}&stage=primary`)
  const sum = (field: string) =>
    body.institutions.reduce((total: number, each: Record<string, number>) => total + (each[field] ?? 0), 0)
  const now = series.years.find(({ year }: { year: number }) => year === 2024)
  assert.deepEqual([sum('seatsByRooms'), sum('approved')], [now.rooms, now.approved])
  assert.equal(sum('pupils'), series.history.at(-1).pupils)
})

test('warnings are the board’s, the nearest shortage first, each with its act', async () => {
  const { body } = await get('city', 'warnings')
  assert.equal(body[0].sign, 'shortage')
  for (const { unit, stage, sign, first, act, text } of body) {
    const row = rowOf(await board(`stage=${stage}`), unit.unitId)
    assert.equal(row.cells.find(({ year }) => year === first)?.sign, sign)
    assert.notEqual(act, '')
    assert.match(text, new RegExp(`^${unit.name}.*${first}`))
  }
  const signs = body.map(({ sign }: { sign: string }) => sign)
  assert.deepEqual(signs, [...signs].sort(), 'shortage before surplus')
})

test('the map says what the board says', async () => {
  const { body } = await get('city', 'map?stage=primary&year=2030')
  const found = await board('stage=primary')
  assert.equal(body.features.length, 2)
  for (const { properties } of body.features) {
    const cell = rowOf(found, Number(properties.key)).cells.find(({ year }) => year === 2030)
    assert.deepEqual([properties.sign, properties.gap], [cell?.sign, cell?.gap])
  }
})

test('what the county did without is listed with who owes it', async () => {
  const { body } = await get(officer, 'missing')
  assert.deepEqual(
    body.map(({ text, owedBy }: { text: string; owedBy: string }) => [text, owedBy]),
    [['叶县：2023 年分乡镇出生人数', '县卫生健康委']],
  )
})

test('a figure opens: formula, parameters with their words, and as many rows as it says', async () => {
  const open = async (measure: string) =>
    (await get(officer, `provenance?unit=${yexian}&stage=primary&year=2027&measure=${measure}`)).body
  const [gap, demand, supply] = await Promise.all(['gap', 'demand', 'supply'].map(open))
  for (const each of [gap, demand, supply]) {
    assert.equal(each.rows.length, each.rowCount)
    assert.notEqual(each.formula, '')
    assert.deepEqual([each.asOf, each.planVersion], [day, hamlet.books.plan.version])
    assert.match(each.inputsHash, /^[0-9a-f]{64}$/)
    for (const { source, value } of each.parameters) assert.ok(source !== '' && value !== '')
  }
  assert.equal(demand.rowCount, 9 + 3, 'nine years on the rolls, three expected')
  const { body } = await get(officer, `institutions?unit=${yexian}&stage=primary`)
  assert.ok(supply.rowCount > 0 && supply.rowCount <= body.institutions.length)
  assert.equal(gap.rowCount, demand.rowCount + supply.rowCount)
  const norm = supply.parameters.find(({ key }: { key: string }) => key === 'class-size.primary')
  assert.deepEqual([norm.value, norm.quote], ['45', '完全小学应为每班45人'])
  const cell = rowOf(await board(`unit=${yexian}`), yexian).cells.find(({ year }) => year === 2027)!
  assert.match(gap.value, new RegExp(`${Math.abs(cell.gap as number).toLocaleString('en-US')} 个$`))
})

test('the workbook has a line per unit and year, the same figures, and says the data are generated', async () => {
  const { status, bytes } = await get(officer, 'export?stage=primary')
  assert.equal(status, 200)
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.read(Readable.from(bytes))
  const sheet = workbook.getWorksheet('学位供需')!
  const found = await board(`stage=primary&unit=${yexian}`)
  const lines = found.rows.length * found.years.length
  assert.match(String(sheet.getCell('A2').value), /合成数据/)
  assert.match(String(sheet.getCell('A3').value), new RegExp(`共 ${lines} 行`))
  assert.equal(sheet.rowCount, 3 + 1 + lines)
  const first = found.rows[0] as Row
  const words = { shortage: '缺', surplus: '余', even: '≈' } as Record<string, string>
  first.cells.forEach((cell, at) => {
    const line = sheet.getRow(5 + at)
    assert.deepEqual(
      [1, 3, 4, 5, 6].map((column) => line.getCell(column).value),
      [String(first.unit.unitId), cell.year, words[cell.sign], cell.gap, cell.demand?.mean],
    )
  })
  const notes = workbook.getWorksheet('说明')!.getColumn(2).values.map(String)
  assert.ok(notes.some((note) => note.includes('合成数据')))
  assert.ok(notes.includes(found.published.inputsHash))
})

test('scenarios: who may, what is malformed, what cannot be assumed', async () => {
  assert.equal((await post(undefined, 'scenarios', scenario())).status, 401)
  assert.equal((await post('school', 'scenarios', scenario())).status, 403)
  const malformed = await post(officer, 'scenarios', { name: '一' })
  assert.equal(malformed.status, 400)
  assert.match(malformed.body.text, /填写问题/)
  const save = (more: Partial<typeof assumptions>) => post(officer, 'scenarios', scenario(more))
  refusedWith(await save({ housing: [housing(weidong * 1000 + 1)] }), 'seats.unit-outside')
  refusedWith(await save({ housing: [housing(yexian)] }), 'seats.housing-level')
  refusedWith(await save({ housing: [housing(kunyang, 2024)] }), 'seats.year-outside')
  const override = { unitId: kunyang, year: 2026, grade: 'P1', reason: '划片调整' }
  refusedWith(await save({ overrides: [override] }), 'seats.override-one')
  const foreign = await post(officer, 'scenarios', { ...scenario(), countyId: weidong })
  assert.equal(foreign.status, 404)
  assert.deepEqual((await get(officer, 'scenarios')).body, [])
})

test('a scenario is saved, computed, compared, revised and dropped', async () => {
  const saved = await post(officer, 'scenarios', scenario({ housing: [housing(kunyang)] }))
  assert.equal(saved.status, 200, JSON.stringify(saved.body))
  const { scenarioId, revision, computed, place } = saved.body
  assert.deepEqual([revision, computed, place], [1, null, '叶县'])
  const namesake = await post(officer, 'scenarios', scenario())
  assert.deepEqual(
    [namesake.status, namesake.body.refusal.code, namesake.body.refusal.facts.scenarioId],
    [409, 'seats.name-taken', scenarioId],
  )
  refusedWith(await get(officer, `compare?one=mid&other=s${scenarioId}`), 'seats.not-computed')
  assert.match((await board(`scenario=s${scenarioId}`, officer)).answer, /还没有测算这个情景方案/)

  for (const [method, path] of [
    ['PUT', `scenarios/${scenarioId}`],
    ['DELETE', `scenarios/${scenarioId}`],
    ['POST', `scenarios/${scenarioId}/compute`],
  ] as const) {
    const body = method === 'PUT' ? { ...scenario(), basedOn: 1 } : undefined
    const url = `/api/seats/${path}`
    assert.equal((await hamlet.ask(undefined, method, url, body)).status, 401, path)
    assert.equal((await hamlet.ask('school', method, url, body)).status, 403, path)
    assert.equal((await hamlet.ask(`county-${weidong}`, method, url, body)).status, 404, path)
    const nowhere = url.replace(String(scenarioId), 'none')
    assert.equal((await hamlet.ask(officer, method, nowhere, body)).status, 400, path)
  }

  const done = await finished(await post(officer, `scenarios/${scenarioId}/compute`), officer)
  const compared = (await get(officer, `compare?one=s${scenarioId}&other=mid`)).body
  assert.deepEqual([compared.one.name, compared.other.name], ['新城入住', '中方案'])
  const { body } = await get(officer, `compare?one=mid&other=s${scenarioId}`)
  assert.match(body.notices.join(), /本县单独测算/)
  const more = (unitId: number, year: number) =>
    body.rows
      .find((row: { unitId: number }) => row.unitId === unitId)
      .cells.find((cell: { year: number }) => cell.year === year)
  assert.ok(Math.abs(more(kunyang, 2025).difference) < 100, 'nothing yet')
  assert.ok(more(kunyang, 2026).difference > 450, `${more(kunyang, 2026).difference} of about 600`)
  assert.ok(more(yexian, 2026).difference > 450)
  const cell = more(kunyang, 2026)
  assert.equal(cell.difference, cell.other - cell.one)
  assert.ok((await matches(done.seriesId)).every((part) => part.matches))

  const revised = {
    ...scenario({ housing: [housing(kunyang, 2027)] }, '新城入住（推迟）'),
    basedOn: revision,
  }
  const put = await hamlet.ask(officer, 'PUT', `/api/seats/scenarios/${scenarioId}`, revised)
  assert.deepEqual([put.body.revision, put.body.computed.current], [2, false])
  assert.equal((await get('city', 'scenarios')).body.length, 1, 'the city sees its counties’')
  assert.deepEqual((await get(`county-${weidong}`, 'scenarios')).body, [])
  const gone = await hamlet.ask(officer, 'DELETE', `/api/seats/scenarios/${scenarioId}`)
  assert.deepEqual(gone.body, { deleted: true })
  assert.deepEqual((await get(officer, 'scenarios')).body, [])
})

test('the largest class allowed gives more seats than the standard one, and its provenance names that rule', async () => {
  const saved = await post(officer, 'scenarios', scenario({ classSize: 'below-large' }, '按最大班额'))
  const key = `s${saved.body.scenarioId}`
  await finished(await post(officer, `scenarios/${saved.body.scenarioId}/compute`), officer)
  const [largest, standard] = [await board(`scenario=${key}`, officer), await board('', officer)]
  const rooms = (found: { rows: Row[] }) => rowOf(found, yexian).cells.map((cell) => cell.rooms as number)
  rooms(largest).forEach((count, at) => {
    assert.ok(count > rooms(standard)[at]!)
  })
  const opened = await get(officer, `provenance?unit=${yexian}&stage=primary&year=2027&scenario=${key}`)
  const keys = opened.body.parameters.map(({ key: name }: { key: string }) => name)
  assert.ok(keys.includes('large-class.threshold') && !keys.includes('class-size.primary'), keys.join())
  const { body } = await get(officer, `institutions?unit=${yexian}&stage=primary&scenario=${key}`)
  const series = (await get(officer, `series?unit=${yexian}&stage=primary&scenario=${key}`)).body
  const sum = body.institutions.reduce(
    (total: number, each: { seatsByRooms: number }) => total + each.seatsByRooms,
    0,
  )
  assert.equal(sum, series.years.find(({ year }: { year: number }) => year === 2024).rooms)
})

test('computing anew: who may, which day, whose county', async () => {
  assert.equal((await post(undefined, 'recompute')).status, 401)
  assert.equal((await post('school', 'recompute')).status, 403)
  assert.equal((await post(officer, 'recompute', { county: weidong })).status, 404)
  assert.equal((await post(officer, 'recompute', { county: city })).status, 404)
  refusedWith(await post(officer, 'recompute', { asOf: '2024-09-02' }), 'seats.as-of-future')
})

/** Twice as many pupils in one school of 昆阳街道, and one kindergarten of 夏李乡 to be closed. */
async function amendYexian(): Promise<string> {
  const basis = { countyId: yexian, docNumber: '叶教〔2024〕12号', decidedOn: day, recordedBy: '试验' }
  return hamlet.books.db.transaction({ counties: [yexian], asOf: day }, async (tx) => {
    await beginWriting(tx, yexian)
    const actId = await recordAct(tx, { ...basis, kind: 'correct', effectiveOn: day })
    const { rows } = await hamlet.owner.query(`
      select e.county_id as "countyId", e.institution_id as "institutionId", school_year as "schoolYear", grade, pupils
        from registry.enrolment e join registry.institution i using (county_id, institution_id)
       where i.name = '叶县昆阳街道第一小学' and school_year = 2024 and e.known_to = 'infinity' and i.known_to = 'infinity'
         and upper_inf(i.valid)`)
    assert.ok(rows.length >= 6)
    const filed = await fileEnrolment(
      tx,
      actId,
      rows.map((row) => ({ ...row, pupils: row.pupils * 2 })),
    )
    assert.equal(filed.corrected, rows.length)
    const closing = await hamlet.owner.query(`
      select institution_id as id, name from registry.institution where unit_id between ${xiali} * 1000::bigint and ${xiali} * 1000::bigint + 999
         and kind = 'kindergarten' and upper_inf(valid) and known_to = 'infinity' order by 1 limit 1`)
    const closed = await closeInstitution(tx, { ...basis, effectiveOn: '2025-08-20' }, closing.rows[0].id)
    assert.ok(closed.ok, JSON.stringify(closed))
    return closing.rows[0].name as string
  })
}

test('a corrected book: the board says so, is computed anew for the county, and the city’s totals are behind', async () => {
  const views = [`stage=primary&unit=${yexian}`, `stage=preschool&unit=${yexian}`]
  const before = await Promise.all(views.map((view) => board(view)))
  const wholeBefore = await board('stage=primary')
  const closing = await amendYexian()

  const told = await Promise.all(views.map((view) => board(view, officer)))
  for (const [at, found] of told.entries()) {
    assert.deepEqual(noticesOf(found), ['books-changed'])
    assert.deepEqual(found.rows, before[at].rows, 'what was said stands until it is said anew')
  }
  assert.deepEqual(noticesOf(await board('stage=primary')), ['books-changed'])
  assert.deepEqual(noticesOf(await board('stage=primary', `county-${weidong}`)), [])
  const supply = `provenance?unit=${yexian}&stage=preschool&year=2027&measure=supply`
  const rowsBefore = (await get(officer, supply)).body.rows.map(({ label }: { label: string }) => label)
  assert.ok(rowsBefore.includes(closing), 'the rows are those the figure was computed from')

  const done = await finished(await post(officer, 'recompute'), officer)
  const [primary, preschool] = await Promise.all(views.map((view) => board(view, officer)))
  assert.deepEqual(noticesOf(primary), ['county-only'])
  assert.deepEqual(
    [primary.published.seriesId, primary.published.countyOnly, primary.published.saidBy],
    [done.seriesId, true, '叶县教体局'],
  )
  const first = (found: { rows: Row[] }, unit: number) => rowOf(found, unit).cells[0]!
  assert.ok(first(primary, kunyang).demand!.mean > first(before[0], kunyang).demand!.mean + 400)
  assert.ok(first(preschool, xiali).rooms! < first(before[1], xiali).rooms!, 'a closing already known')
  const rowsAfter = (await get(officer, supply)).body.rows.map(({ label }: { label: string }) => label)
  assert.deepEqual(
    rowsBefore.filter((label: string) => !rowsAfter.includes(label)),
    [closing],
  )

  const whole = await board('stage=primary')
  assert.deepEqual(noticesOf(whole), ['totals-behind'])
  assert.match(whole.notices[0].text, /叶县已单独重新测算/)
  assert.deepEqual(rowOf(whole, city), rowOf(wholeBefore, city))
  assert.deepEqual(rowOf(whole, weidong), rowOf(wholeBefore, weidong))
  assert.deepEqual(rowOf(whole, yexian), rowOf(primary, yexian))

  await finished(await post('city', 'recompute'), 'city')
  const anew = await board('stage=primary')
  assert.deepEqual(noticesOf(anew), [])
  assert.ok(first(anew, city).demand!.mean > first(wholeBefore, city).demand!.mean + 400)
})

test('what was published computes again to the last bit, whatever was corrected since', async () => {
  const { rows } = await hamlet.owner.query(
    'select distinct series_id as id from series.published order by 1',
  )
  assert.equal(rows.length, 5)
  for (const { id } of rows) {
    for (const { countyId, matches: same } of await matches(id))
      assert.ok(same, `series ${id} of ${countyId}`)
  }
})

test('a county without births: its board and the city’s name it; a stage nobody runs is said to be run by nobody', async () => {
  await hamlet.owner.query('delete from registry.birth where county_id = $1', [yexian])
  await hamlet.owner.query("delete from registry.premises where stage = 'vocational'")
  await hamlet.owner.query(
    "update registry.institution set stages = array_remove(stages, 'vocational') where cardinality(stages) > 1",
  )
  await hamlet.owner.query("delete from registry.institution where stages = array['vocational']")
  await hamlet.owner.query("delete from registry.enrolment where grade like 'V%'")
  await finished(await post('city', 'recompute'), 'city')
  for (const found of [await board(), await board('', officer)]) {
    const notice = found.notices.find(({ kind }: { kind: string }) => kind === 'births-missing')
    assert.match(notice?.text ?? '', /^叶县没有出生人口.*卫生健康部门/)
  }
  assert.ok(!noticesOf(await board('', `county-${weidong}`)).includes('births-missing'))
  const nobody = await board('stage=vocational')
  assert.deepEqual(nobody.rows, [])
  assert.match(nobody.answer, /没有办中等职业的机构/)
})
