import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import exceljs from 'exceljs'
import { filing } from '../../src/features/filing/index.ts'
import { createAccount } from '../../src/platform/access/account.ts'
import { type Answer, type ServedHamlet, servedHamlet } from './served-hamlet.ts'

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
  // One office that keeps the books of all kindergartens of the county.
  await createAccount(hamlet.owner, {
    account: 'gardens',
    name: '联合园 数据员',
    role: 'school-clerk',
    counties: [rows[0]!.county],
    institutions: gardens.map(({ id }) => id),
    demonstration: true,
  })
  year = hamlet.books.site.generatedUntil!.slice(0, 4)
})
after(() => hamlet.close())

const download = async (account: string) => {
  const { status, bytes } = await hamlet.ask(
    account,
    'GET',
    `/api/filing-workbooks?form=${form}&period=${year}`,
  )
  assert.equal(status, 200)
  return opened(bytes)
}

async function opened(bytes: Buffer): Promise<exceljs.Workbook> {
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.load(bytes as unknown as exceljs.Buffer)
  return workbook
}

/** The column under a header, and the header's row. */
function columnOf(sheet: exceljs.Worksheet, words: string): { column: number; row: number } {
  for (let row = 1; row < 6; row += 1) {
    let column = 0
    sheet.getRow(row).eachCell((cell, at) => {
      if (cell.text.replace(/（.*）$/, '') === words) column = at
    })
    if (column > 0) return { column, row }
  }
  throw new Error(`no column ${words}`)
}

function put(
  workbook: exceljs.Workbook,
  at: number,
  answers: Readonly<Record<string, string | number>>,
): void {
  const sheet = workbook.worksheets[0]!
  for (const [words, value] of Object.entries(answers)) {
    const { column, row } = columnOf(sheet, words)
    sheet.getCell(row + 1 + at, column).value = value
  }
}

async function upload(account: string, workbook: exceljs.Workbook): Promise<Answer> {
  const bytes = Buffer.from(await workbook.xlsx.writeBuffer())
  const mark = '----filing'
  const field = (name: string, value: string) =>
    `--${mark}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const head = `${field('form', form)}${field('period', year)}--${mark}\r\ncontent-disposition: form-data; name="file"; filename="tian.xlsx"\r\ncontent-type: application/octet-stream\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${mark}--\r\n`)])
  return hamlet.ask(account, 'POST', '/api/filing-workbooks', payload, {
    'content-type': `multipart/form-data; boundary=${mark}`,
  })
}

const answersStored = async () =>
  (
    await hamlet.owner.query<{ id: number; field: string; value: unknown }>(
      `select subject_id::float8 as id, field, value from returns.answer join returns.filing using (county_id, filing_id)
        where form_id = $1 order by 1, 2`,
      [form],
    )
  ).rows

const right = {
  园舍建成年份: 2015,
  园舍建筑面积: '２,４００．５',
  户外活动场地面积: 900,
  玩教具配备: '达到',
  有无园舍安全隐患: '否',
}

test('the workbook has every kindergarten of the county, what is known, drop-downs from a hidden sheet and the mark of generated data', async () => {
  const workbook = await download(county)
  const [sheet, codes] = workbook.worksheets
  assert.match(sheet!.getCell('A1').text, /合成数据/)
  assert.equal(codes!.state, 'veryHidden')
  const { column, row } = columnOf(sheet!, '单位编号')
  assert.deepEqual(
    gardens.map((_, at) => sheet!.getCell(row + 1 + at, column).value),
    gardens.map(({ id }) => String(id)),
  )
  const children = columnOf(sheet!, '在园幼儿数').column
  assert.ok(Number(sheet!.getCell(row + 1, children).value) > 0)
  const toys = sheet!.getCell(row + 1, columnOf(sheet!, '玩教具配备').column)
  assert.equal(toys.dataValidation?.type, 'list')
})

test('one wrong cell: nothing is written, and the own file comes back with the cell marked and the reason beside', async () => {
  const workbook = await download('gardens')
  put(workbook, 0, right)
  put(workbook, 1, { ...right, 玩教具配备: '还行', 园舍建成年份: 1800 })
  const answer = await upload('gardens', workbook)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  assert.equal(answer.body.total, 2, JSON.stringify(answer.body.problems))
  assert.deepEqual([answer.body.filings, answer.body.cells], [0, 0])
  assert.deepEqual(await answersStored(), [])
  const path = `/api/filing-workbooks/${answer.body.markedFileId}`
  const [sheet] = (await opened((await hamlet.ask('gardens', 'GET', path)).bytes)).worksheets
  const { column, row } = columnOf(sheet!, '玩教具配备')
  assert.equal((sheet!.getCell(row + 2, column).fill as exceljs.FillPattern).fgColor?.argb, 'FFFF8A80')
  assert.match(
    sheet!.getCell(row + 2, columnOf(sheet!, '问题说明').column).text,
    /只能从达到、部分达到、未达到中选/,
  )
  assert.equal((await hamlet.ask(county, 'GET', path)).status, 404, 'the file of another')
})

test('a right file is written whole, and handed back unchanged it changes nothing', async () => {
  const workbook = await download('gardens')
  for (const at of gardens.keys()) put(workbook, at, right)
  const answer = await upload('gardens', workbook)
  assert.deepEqual(
    [answer.body.filings, answer.body.cells, answer.body.total],
    [gardens.length, gardens.length * 5, 0],
    JSON.stringify(answer.body),
  )
  const stored = await answersStored()
  assert.deepEqual(
    stored.filter(({ field }) => field === 'floor-area').map(({ value }) => value),
    gardens.map(() => 2400.5),
  )
  assert.equal((await upload('gardens', await download('gardens'))).body.cells, 0)
  assert.deepEqual(await answersStored(), stored)
})

test('a cell written on the platform after the file was taken out is not overwritten, and neither is anything else', async () => {
  const workbook = await download('gardens')
  put(workbook, 0, { 户外活动场地面积: 950 })
  put(workbook, 1, { 户外活动场地面积: 951 })
  const { body } = await hamlet.ask('gardens', 'POST', '/api/filings', {
    formId: form,
    period: year,
    subjectId: gardens[0]!.id,
  })
  await hamlet.ask('gardens', 'PUT', `/api/filings/${body.filingId}/answers`, {
    cells: [{ line: 0, field: 'outdoor-area', written: '960', saw: 900 }],
  })
  const answer = await upload('gardens', workbook)
  assert.match(answer.body.problems[0].text, /下载之后，联合园 数据员已在平台上改过/)
  assert.equal(answer.body.total, 1)
  const areas = (await answersStored()).filter(({ field }) => field === 'outdoor-area')
  assert.deepEqual(
    areas.slice(0, 2).map(({ value }) => value),
    [960, 900],
  )
})

test('a filing handed in between the reading of a file and its writing takes nothing, and neither does any other', async () => {
  const workbook = await download('gardens')
  for (const at of gardens.keys()) put(workbook, at, { 户外活动场地面积: 970 })
  const before = await answersStored()
  const colleague = await hamlet.owner.connect()
  const last = gardens.at(-1)!.id
  try {
    await colleague.query('begin')
    await colleague.query(
      `update returns.filing set phase = 'submitted', at_level = 'county', revision = revision + 1,
         first_submitted_at = now() where form_id = $1 and subject_id = $2`,
      [form, last],
    )
    const uploading = upload('gardens', workbook)
    for (const end = Date.now() + 60_000; !(await somebodyWaits()) && Date.now() < end; ) await wait(20)
    await colleague.query('commit')
    const answer = await uploading
    assert.equal(answer.status, 422, JSON.stringify(answer.body))
    assert.match(answer.body.text, /就在写入的时候/)
  } finally {
    colleague.release()
  }
  assert.deepEqual(await answersStored(), before)
  await hamlet.owner.query(
    `update returns.filing set phase = 'draft', at_level = null where form_id = $1 and subject_id = $2`,
    [form, last],
  )
})

const somebodyWaits = async () =>
  (
    await hamlet.owner.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
  ).rowCount !== 0

test('who does not fill a form cannot write it by a workbook, and rows of others are named', async () => {
  const workbook = await download(county)
  put(workbook, 0, { 户外活动场地面积: 1000 })
  const answer = await upload(county, workbook)
  assert.match(answer.body.problems[0].text, /您不是填报单位的人员|现在不能改|不能改/)
  const foreign = await download('gardens')
  foreign.worksheets[0]!.getCell(columnOf(foreign.worksheets[0]!, '单位编号').row + 1, 1).value = '123456789'
  assert.match((await upload('gardens', foreign)).body.problems[0].text, /单位编号“123456789”不在/)
})
