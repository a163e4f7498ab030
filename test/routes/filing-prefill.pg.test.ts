import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import exceljs from 'exceljs'
import { filing } from '../../src/features/filing/index.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

interface Cell {
  readonly line: number
  readonly field: string
  readonly value: number | string
  readonly origin: string
}

let hamlet: ServedHamlet
let school: { readonly county: number; readonly id: number }
let garden: { readonly county: number; readonly id: number }
let year: number
/** The classes of the school as the rolls have them: grade and number, in order. */
let classes: string[]

before(async () => {
  hamlet = await servedHamlet(filing.routes)
  year = Number(hamlet.books.site.generatedUntil!.slice(0, 4))
  const of = async (account: string) =>
    (
      await hamlet.owner.query(
        'select counties[1] as county, institutions[1]::float8 as id from access.grant where account = $1',
        [account],
      )
    ).rows[0]
  school = await of('school')
  garden = await of('kindergarten')
  const { rows } = await hamlet.owner.query<{ grade: string; classes: number }>(
    `select grade, classes from registry.enrolment
      where institution_id = $1 and school_year = $2 and known_to = 'infinity' order by grade`,
    [school.id, year],
  )
  classes = rows.flatMap((row) =>
    Array.from({ length: row.classes }, (_, at) => `${row.grade.toLowerCase()} ${at + 1}`),
  )
  assert.ok(classes.length > 1)
})
after(() => hamlet.close())

const open = async (account: string, formId: string, period: string, subjectId: number) => {
  const { status, body } = await hamlet.ask(account, 'POST', '/api/filings', { formId, period, subjectId })
  assert.equal(status, 200, JSON.stringify(body))
  return body.filingId as number
}
const shown = async (account: string, id: number) =>
  (await hamlet.ask(account, 'GET', `/api/filings/${id}`)).body
const download = (formId: string, period: string) =>
  hamlet.ask('school', 'GET', `/api/filing-workbooks?form=${formId}&period=${period}`)

/** Grade and number of each line, and the one place both were found. */
function classesOf(cells: readonly Cell[]): { lines: string[]; origins: string[] } {
  const keys = cells.filter(({ field }) => field === 'grade' || field === 'class')
  const lines = Map.groupBy(keys, ({ line }) => line)
  return {
    lines: [...lines.values()].map(
      (of) =>
        `${of.find(({ field }) => field === 'grade')?.value} ${of.find(({ field }) => field === 'class')?.value}`,
    ),
    origins: [...new Set(keys.map(({ origin }) => origin))],
  }
}

/** What a return said when it was approved, as the books have it. */
async function approved(
  formId: string,
  at: typeof school,
  period: string,
  lines: readonly object[],
): Promise<void> {
  const place = [at.county, formId, period, at.id]
  const { version } = hamlet.books.plan.forms.get(formId)!
  const { rows } = await hamlet.owner.query<{ id: number }>(
    `insert into returns.filing (county_id, form_id, version, period, subject_kind, subject_id, institution_id, phase, opened_by)
     values ($1, $2, $5, $3, 'institution', $4::bigint, $4, 'approved', '测试') returning filing_id as id`,
    [...place, version],
  )
  for (const [line, answers] of lines.entries())
    await hamlet.owner.query(
      `insert into returns.entry (county_id, form_id, period, subject_id, institution_id, filing_id, version, subject_kind, line, answers)
       values ($1, $2, $3, $4::bigint, $4, $5, $6, 'institution', $7, $8)`,
      [...place, rows[0]!.id, version, line, answers],
    )
}

async function linesOf(
  bytes: Buffer,
): Promise<{ sheet: exceljs.Worksheet; rows: Record<string, exceljs.Cell>[] }> {
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.load(bytes as unknown as exceljs.Buffer)
  const sheet = workbook.worksheets.find(({ name }) => name === '各班课表')!
  const heads = new Map<number, string>()
  sheet.getRow(1).eachCell((cell, at) => {
    heads.set(at, cell.text.replace(/（.*）$/, ''))
  })
  const rows: Record<string, exceljs.Cell>[] = []
  for (let row = 2; sheet.getCell(row, 1).text !== ''; row += 1)
    rows.push(Object.fromEntries([...heads].map(([at, words]) => [words, sheet.getCell(row, at)])))
  return { sheet, rows }
}

test('the workbook of a timetable nobody has opened has a line for each class of the rolls, in grey; handed back it opens the filing so', async () => {
  const period = `${year}-1`
  const { rows } = await linesOf((await download('timetable', period)).bytes)
  assert.deepEqual(
    rows.map((row) => row.班号?.text),
    classes.map((each) => each.split(' ')[1]),
  )
  const fill = rows[0]!.班号!.fill as exceljs.FillPattern
  assert.equal(fill.fgColor?.argb, 'FFEDEDED')
  assert.equal(rows[0]!.体育课!.text, '')
})

test('a timetable opens with the classes of the rolls, each told from where; the load meter counts them as there', async () => {
  const load = async () => (await hamlet.ask('school', 'GET', '/api/filing-load')).body.own[0].load
  const empty = await load()
  const id = await open('school', 'timetable', `${year}-1`, school.id)
  const { cells, rows } = await shown('school', id)
  assert.deepEqual(classesOf(cells), { lines: classes, origins: ['book'] })
  assert.equal(rows.origin, '在校生台账')
  assert.deepEqual(await load(), empty, 'what is found at opening was counted as there before')
  assert.ok(empty.shown > 2 * 2 * classes.length, 'two terms, grade and number of each class')
})

test('what was written without a connection before the rows were there comes back beside them, and nothing of either is lost', async () => {
  const [first] = classes[0]!.split(' ')
  const filing = await open('school', 'timetable', `${year}-1`, school.id)
  const offline = [
    { line: 1, field: 'grade', written: '六年级', saw: null },
    { line: 1, field: 'sport', written: '4', saw: null },
  ]
  const { body } = await hamlet.ask('school', 'PUT', `/api/filings/${filing}/answers`, { cells: offline })
  assert.deepEqual(body.saved, [{ line: 1, field: 'sport', value: 4 }])
  assert.deepEqual(
    body.unmerged.map(({ field, yours, now }: { field: string; yours: string; now: string }) => [
      field,
      yours,
      now,
    ]),
    [['grade', 'p6', first]],
  )
})

test('the year after, each class has what was approved of that very class, and the rows of the rolls; both are told apart', async () => {
  const lines = [
    { 'national-books': 'yes' },
    { grade: 'p2', class: 1, sport: 5, complete: 'yes' },
    { grade: 'p1', class: 1, sport: 4, complete: 'no', lacking: '劳动' },
    { grade: 'p1', class: 59, sport: 3 },
  ]
  await hamlet.owner.query(
    'delete from returns.answer_change; delete from returns.answer; delete from returns.filing',
  )
  await approved('timetable', school, `${year - 1}-2`, lines)
  const rows = (await linesOf((await download('timetable', `${year}-1`)).bytes)).rows
  assert.deepEqual(
    (rows[0]!.体育课!.fill as exceljs.FillPattern).fgColor?.argb,
    'FFDCEBF7',
    'blue: a period before',
  )
  const id = await open('school', 'timetable', `${year}-1`, school.id)
  const { cells } = (await shown('school', id)) as { cells: Cell[] }
  assert.deepEqual(classesOf(cells).lines, classes, 'no line for a class that is no more')
  const carried = cells
    .filter(({ origin }) => origin === 'before')
    .map(({ line, field, value }) => [line, field, value])
  assert.deepEqual(
    carried
      .filter(([, field]) => field === 'sport' || field === 'lacking' || field === 'national-books')
      .sort(),
    [
      [0, 'national-books', 'yes'],
      [classes.indexOf('p1 1') + 1, 'lacking', '劳动'],
      [classes.indexOf('p1 1') + 1, 'sport', 4],
      [classes.indexOf('p2 1') + 1, 'sport', 5],
    ].sort(),
  )
})

test('a grade shows its classes and pupils from the rolls: more class committees than classes are refused, in the page as on the server', async () => {
  await hamlet.owner.query(
    "delete from returns.answer_change; delete from returns.answer; delete from returns.filing where form_id = 'school-education-year'",
  )
  const id = await open('school', 'school-education-year', String(year), school.id)
  const { rows } = await shown('school', id)
  const [grade] = rows.rows as { 'grade-classes': number; 'grade-pupils': number }[]
  const write = async (committees: number) =>
    (
      await hamlet.ask('school', 'PUT', `/api/filings/${id}/answers`, {
        cells: [
          {
            ...{ line: 1, field: 'class-committees', written: String(committees) },
            saw:
              (await shown('school', id)).cells.find(({ field }: Cell) => field === 'class-committees')
                ?.value ?? null,
          },
        ],
      })
    ).body.remarks.filter(
      ({ check }: { check?: string }) => check === 'school-education-year.class-committees',
    )
  assert.deepEqual(await write(grade!['grade-classes']), [])
  assert.equal((await write(grade!['grade-classes'] + 1)).length, 1)
  const wrong = await hamlet.ask('school', 'PUT', `/api/filings/${id}/answers`, {
    cells: [{ line: 1, field: 'grade-pupils', written: '1', saw: null }],
  })
  assert.match(wrong.body.wrong[0].says, /没有可填的字段/)
})

test('a filing is held against the approved filing of another return, and told whose figure it is', async () => {
  const id = await open('kindergarten', 'kindergarten-admission', String(year), garden.id)
  const write = async (saw: number | null) => {
    const { body } = await hamlet.ask('kindergarten', 'PUT', `/api/filings/${id}/answers`, {
      cells: [{ line: 0, field: 'intake-planned', written: String((saw ?? 19) + 1), saw }],
    })
    return body.remarks.filter(
      ({ check }: { check?: string }) => check === 'kindergarten-admission.after-hazard',
    )
  }
  assert.deepEqual(await write(null), [], 'nothing is approved of the other return')
  await approved('kindergarten-conditions', garden, String(year), [
    { 'has-hazard': 'yes', 'hazard-grade': 'serious' },
  ])
  const [remark] = await write(20)
  assert.equal(remark.severity, 'doubt')
  assert.match(remark.says, /《幼儿园办园条件年度表》\d{4} 年审核通过的隐患等级 重大/)
  const why = { check: 'kindergarten-admission.after-hazard', line: 0, says: '隐患已于八月底消除' }
  assert.equal((await hamlet.ask('kindergarten', 'PUT', `/api/filings/${id}/explanations`, why)).status, 200)
  const { facts, explanations } = await shown('kindergarten', id)
  assert.equal(facts['kindergarten-conditions.hazard-grade'].value, 'serious', 'the page judges by it too')
  assert.deepEqual(
    explanations.map(({ found }: { found: object }) => found),
    [{ 'intake-planned': 21, 'kindergarten-conditions.hazard-grade': 'serious' }],
    'a word is kept with what the figure was compared with',
  )
})
