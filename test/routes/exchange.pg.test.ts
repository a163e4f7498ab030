import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import exceljs from 'exceljs'
import { allRoutes } from '../../src/app/server.ts'
import { applyImport } from '../../src/features/exchange/import/apply-import.ts'
import { readFile } from '../../src/features/exchange/import/judge-file.ts'
import { exchange } from '../../src/features/exchange/index.ts'
import { importTables } from '../../src/features/exchange/tables/all-tables.ts'
import { importKinds } from '../../src/features/exchange/tables/import-table.ts'
import { jobRoutes } from '../../src/platform/jobs/job-routes.ts'
import { type Answer, type ServedHamlet, servedHamlet } from './served-hamlet.ts'

const yexian = 410_422
const weidong = 410_403
const officer = `county-${yexian}`
let hamlet: ServedHamlet

before(async () => {
  hamlet = await servedHamlet([...exchange.routes, ...(jobRoutes as never[])])
})
after(() => hamlet.close())

const decision = { docNumber: '叶教体〔2024〕7号', decidedOn: '2024-09-20' }

/** Everything the books hold, in one line: any entry written or ended changes it. */
async function stateOfBooks(): Promise<string> {
  const { rows } = await hamlet.owner.query(`
    select (select count(*) from registry.act) || '/' || (select count(*) from registry.enrolment) || '/' ||
      (select count(*) from registry.enrolment where known_to < 'infinity') || '/' ||
      (select count(*) from registry.institution) || '/' || (select count(*) from registry.premises) || '/' ||
      (select count(*) from registry.birth) || '/' || (select count(*) from registry.population) || '/' ||
      (select count(*) from registry.school_class) as state`)
  return rows[0].state
}

async function jobOver(account: string, jobId: string): Promise<Answer['body']> {
  for (;;) {
    const { body } = await hamlet.ask(account, 'GET', `/api/jobs/${jobId}`)
    if (body.finishedAt) return body
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

/** Uploads and waits until it is judged; answers where it stands. */
async function upload(
  account: string,
  kind: string,
  bytes: Buffer,
  name = '表.xlsx',
): Promise<Answer['body']> {
  const form = new FormData()
  form.set('kind', kind)
  form.set('file', new Blob([new Uint8Array(bytes)]), name)
  const started = await hamlet.ask(account, 'POST', '/api/exchange/imports', form)
  assert.equal(started.status, 200, started.body?.text)
  const job = await jobOver(account, started.body.jobId)
  assert.equal(job.state, 'done', job.problem)
  return (await hamlet.ask(account, 'GET', `/api/exchange/imports/${started.body.importId}`)).body
}

async function confirm(account: string, importId: string, more: object = {}): Promise<Answer> {
  const answer = await hamlet.ask(account, 'POST', `/api/exchange/imports/${importId}/confirmation`, {
    ...decision,
    ...more,
  })
  if (answer.status === 200) {
    const job = await jobOver(account, answer.body.jobId)
    assert.equal(job.state, 'done', job.problem)
    assert.equal(job.result.refusal, undefined)
  }
  return answer
}

const problemsOf = async (account: string, importId: string, query = '') =>
  (await hamlet.ask(account, 'GET', `/api/exchange/imports/${importId}/problems?${query}`)).body

async function exported(kind: string, query = '', account = officer): Promise<Buffer> {
  const answer = await hamlet.ask(account, 'GET', `/api/exchange/exports/${kind}?${query}`)
  assert.equal(answer.status, 200)
  return answer.bytes
}

async function sheetOf(bytes: Buffer, name?: string): Promise<exceljs.Worksheet> {
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.load(bytes as unknown as exceljs.Buffer)
  return name ? workbook.getWorksheet(name)! : workbook.worksheets[0]!
}

/** An export of the officer's pupils with some cells changed by address. */
async function changedExport(
  cells: Readonly<Record<string, exceljs.CellValue>>,
  kind = 'enrolment-by-grade',
) {
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.load((await exported(kind)) as unknown as exceljs.Buffer)
  for (const [address, value] of Object.entries(cells)) workbook.worksheets[0]!.getCell(address).value = value
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

test('strangers, malformed and foreign requests are turned away', async () => {
  for (const path of ['imports', 'receipts', 'exports', 'kinds', 'templates/births', 'exports/births'])
    assert.equal((await hamlet.ask(undefined, 'GET', `/api/exchange/${path}`)).status, 401, path)
  assert.equal((await hamlet.ask(officer, 'GET', '/api/exchange/templates/staff')).status, 400)
  assert.equal((await hamlet.ask(officer, 'GET', '/api/exchange/imports/1')).status, 400)
  assert.equal(
    (await hamlet.ask(officer, 'GET', `/api/exchange/exports/births?county=${weidong}`)).status,
    404,
  )
  assert.equal((await hamlet.ask('school', 'GET', '/api/exchange/exports/births')).status, 404)
  const own = await upload(officer, 'births', await exported('births'))
  for (const path of ['', '/problems', '/corrections', '/error-workbook'])
    assert.equal(
      (await hamlet.ask('city', 'GET', `/api/exchange/imports/${own.importId}${path}`)).status,
      404,
    )
  assert.equal((await confirm('city', own.importId)).status, 404)
  const form = new FormData()
  form.set('kind', 'births')
  form.set('file', new Blob(['x']), 'x.csv')
  const clerk = await hamlet.ask('school', 'POST', '/api/exchange/imports', form)
  assert.equal(clerk.body.refusal.code, 'exchange.not-your-kind')
  assert.equal(
    (await hamlet.ask(officer, 'POST', '/api/exchange/imports', {})).body.refusal.code,
    'exchange.no-file',
  )
})

test('every template the platform gives out is one of the kinds that are exported and imported again below', () => {
  const templates = allRoutes.filter(({ path }) => path.includes('template')).map(({ path }) => path)
  assert.deepEqual(templates, ['/api/exchange/templates/{kind}'])
  assert.deepEqual(Object.keys(importTables).toSorted(), importKinds.toSorted())
})

test('classes are filed, so that they too can be exported', async () => {
  const sheet = await sheetOf(await exported('enrolment-by-grade'))
  const [year, code, grade, boys, girls] = ['A', 'B', 'D', 'F', 'G'].map((column) =>
    String(sheet.getCell(`${column}14`).value),
  )
  const csv = `学年,机构标识码,年级,班号,男生,女生,学生数\n${year},${code},${grade},1,${boys},0,${boys}\n${year},${code},${grade},2,0,${girls},${girls}\n`
  const judged = await upload(officer, 'enrolment-by-class', Buffer.from(csv))
  assert.equal(judged.counts.errors, 0)
  const agreed = { acceptCorrections: true, reason: '测试' }
  assert.equal((await confirm(officer, judged.importId, agreed)).status, 200)
})

/** Rosters are taken out by a list that a second person agreed to: their round trip stands in `roster.pg.test.ts`. */
const openKinds = importKinds.filter((kind) => !importTables[kind].personal)

for (const kind of openKinds)
  for (const format of ['xlsx', 'csv', 'gb18030'])
    test(`${kind} as ${format}: exported and imported again, nothing changes`, async () => {
      const bytes = await exported(kind, `format=${format}`)
      const state = await stateOfBooks()
      const done = await upload(officer, kind, bytes, '没有扩展名')
      assert.ok(done.counts.rows > 0, `${kind}: nothing was exported`)
      assert.deepEqual(
        [done.counts.same, done.counts.errors, done.counts.doubts],
        [done.counts.rows, 0, 0],
        JSON.stringify((await problemsOf(officer, done.importId)).problems.slice(0, 3)),
      )
      assert.equal((await confirm(officer, done.importId)).status, 200)
      const { receipt } = (await hamlet.ask(officer, 'GET', `/api/exchange/imports/${done.importId}`)).body
      assert.deepEqual([receipt.rowsNew, receipt.rowsCorrected, receipt.acts], [0, 0, []])
      assert.equal(await stateOfBooks(), state)
    })

test('an export says how many rows it has, their check value and that the data are made up', async () => {
  const answer = await hamlet.ask(officer, 'GET', '/api/exchange/exports/enrolment-by-grade?format=csv')
  const lines = answer.bytes.toString('utf8').replace('\ufeff', '').trimEnd().split('\r\n')
  const { rows } = await hamlet.owner.query(
    `select count(*) as count from registry.enrolment where county_id = ${yexian} and known_to = 'infinity'
       and school_year = (select max(school_year) from registry.enrolment)`,
  )
  assert.match(lines[0]!, /合成数据/)
  const data = lines.slice(4)
  assert.equal(data.length, rows[0].count)
  const hash = createHash('sha256')
    .update(data.map((line) => `${line}\n`).join(''))
    .digest('hex')
  assert.match(lines[2]!, new RegExp(`共 ${data.length} 行.*${hash}`))
  const { body } = await hamlet.ask(officer, 'GET', '/api/exchange/exports')
  assert.equal(body[0].sha256, hash)
  assert.match(body[0].fileName, /^合成数据-/)
})

test('three wrong rows: nothing goes in, the own file comes back red with reasons, mended it goes in', async () => {
  const broken = { E6: { formula: 'F6+1', result: 3 }, H7: -4, D8: '一年纪' }
  const state = await stateOfBooks()
  const bytes = await changedExport(broken)
  const judged = await upload(officer, 'enrolment-by-grade', bytes)
  assert.equal(judged.state, 'judged')
  assert.equal(judged.counts.rejected, 3)
  const { problems, total } = await problemsOf(officer, judged.importId, 'severity=error')
  assert.deepEqual(
    problems.map(({ path, code }: never) => `${path} ${code}`),
    ['E6 cell.formula', 'H7 number.negative', 'D8 choice.unknown'],
  )
  assert.equal(total, 3)
  const refused = await confirm(officer, judged.importId)
  assert.deepEqual([refused.status, refused.body.refusal.code], [422, 'exchange.has-errors'])
  assert.equal(await stateOfBooks(), state)

  const back = await hamlet.ask(officer, 'GET', `/api/exchange/imports/${judged.importId}/error-workbook`)
  const sheet = await sheetOf(back.bytes)
  const red = (address: string) => (sheet.getCell(address).fill as exceljs.FillPattern)?.fgColor?.argb
  for (const address of Object.keys(broken)) assert.equal(red(address), 'FFFF8A80', address)
  assert.notEqual(red('H6'), 'FFFF8A80')
  const reasons = sheet.getRow(4).values as string[]
  const column = reasons.findIndex((text) => String(text).startsWith('问题说明'))
  assert.match(String(sheet.getCell(7, column).value), /^H7 “-4”是负数/)
  assert.equal(sheet.getCell(9, column).value, null)

  const mended = await upload(officer, 'enrolment-by-grade', await changedExport({}))
  assert.equal((await confirm(officer, mended.importId)).status, 200)
})

test('a correction needs consent, is written under an act with the document, and the old figure stays readable', async () => {
  const sheet = await sheetOf(await exported('enrolment-by-grade'))
  const at = (column: string) => sheet.getCell(`${column}10`).value as number
  const [boys, girls] = [at('F'), at('G')]
  const bytes = await changedExport({ F10: boys + 1, H10: boys + 1 + girls })
  const judged = await upload(officer, 'enrolment-by-grade', bytes)
  assert.deepEqual([judged.counts.corrected, judged.counts.same], [1, judged.counts.rows - 1])
  const { corrections } = (
    await hamlet.ask(officer, 'GET', `/api/exchange/imports/${judged.importId}/corrections`)
  ).body
  assert.deepEqual(
    corrections.map(({ what, from, to }: never) => [what, from, to]),
    [
      ['男生', `${boys}`, `${boys + 1}`],
      ['在校生数', `${boys + girls}`, `${boys + 1 + girls}`],
    ],
  )
  assert.equal(
    (await confirm(officer, judged.importId)).body.refusal.code,
    'exchange.corrections-unconfirmed',
  )
  const before = (await hamlet.owner.query('select clock_timestamp()::text as moment')).rows[0].moment
  const agreed = { acceptCorrections: true, reason: '复核点名册' }
  assert.equal((await confirm(officer, judged.importId, agreed)).status, 200)
  const { receipt } = (await hamlet.ask(officer, 'GET', `/api/exchange/imports/${judged.importId}`)).body
  assert.deepEqual(
    [receipt.rowsCorrected, receipt.acts.length, receipt.docNumber],
    [1, 1, decision.docNumber],
  )
  assert.equal(receipt.sha256, createHash('sha256').update(bytes).digest('hex'))
  assert.match(receipt.receiptNumber, /^DR\d{8}-\d{6}$/)
  const { rows } = await hamlet.owner.query(
    'select kind, doc_number, detail from registry.act where county_id = $1 and act_id = $2',
    [yexian, receipt.acts[0].actId],
  )
  assert.deepEqual(
    [rows[0].kind, rows[0].doc_number, rows[0].detail.receipt],
    ['import', decision.docNumber, receipt.receiptNumber],
  )
  const pupils = (knownAt?: string) =>
    hamlet.books.db.transaction({ counties: [yexian], ...(knownAt && { knownAt }) }, async (tx) => {
      const { sql } = await import('kysely')
      const found = await sql<{ pupils: number }>`
        select pupils from book.enrolment join book.institution_last using (county_id, institution_id)
         where code = ${sheet.getCell('B10').value as string} and school_year = ${at('A')}
           and grade = ${gradeCode(String(sheet.getCell('D10').value))}`.execute(tx)
      return found.rows[0]?.pupils
    })
  assert.equal(await pupils(), boys + 1 + girls)
  assert.equal(await pupils(before), boys + girls)
  assert.equal((await confirm(officer, judged.importId, agreed)).body.refusal.code, 'exchange.not-judged')
})

function gradeCode(word: string): string {
  const places = { 小班: 'K1', 中班: 'K2', 大班: 'K3', 初一: 'J1', 初二: 'J2', 初三: 'J3' } as Record<
    string,
    string
  >
  return places[word] ?? `P${'一二三四五六'.indexOf(word[0]!) + 1}`
}

test('only the good rows, when said so; the rejected are on the receipt', async () => {
  const sheet = await sheetOf(await exported('births'))
  const next = Number(sheet.getCell('C5').value)
  const judged = await upload(
    officer,
    'births',
    await changedExport({ E5: '2024-08-01', E6: '2024-08-01', D6: '很多', E7: '2199-01-01' }, 'births'),
  )
  assert.ok(next > 2000)
  assert.deepEqual([judged.counts.fresh, judged.counts.rejected], [1, 2])
  const state = await stateOfBooks()
  assert.equal((await confirm(officer, judged.importId)).body.refusal.code, 'exchange.has-errors')
  assert.equal(await stateOfBooks(), state)
  assert.equal((await confirm(officer, judged.importId, { onlyGood: true })).status, 200)
  const { receipt } = (await hamlet.ask(officer, 'GET', `/api/exchange/imports/${judged.importId}`)).body
  assert.deepEqual([receipt.rowsNew, receipt.rejectedRows, receipt.onlyGood], [1, [6, 7], true])
})

test('no document number, a day ahead: refused', async () => {
  const { importId } = await upload(officer, 'births', await exported('births'))
  assert.equal(
    (await confirm(officer, importId, { docNumber: ' ' })).body.refusal.code,
    'exchange.document-missing',
  )
  assert.equal(
    (await confirm(officer, importId, { decidedOn: '2199-01-01' })).body.refusal.code,
    'exchange.day-ahead',
  )
})

test('an officer cannot write another county’s pupils, a clerk not another school’s', async () => {
  const foreign = await exported('enrolment-by-grade', `county=${weidong}`, 'city')
  for (const account of [officer, 'school']) {
    const judged = await upload(
      account,
      'enrolment-by-grade',
      account === 'school' ? await exported('enrolment-by-grade', '', 'city') : foreign,
    )
    const codes = new Set(
      (await problemsOf(account, judged.importId, 'limit=500')).problems.map(({ code }: never) => code),
    )
    assert.ok(
      codes.has(account === 'school' ? 'institution.not-yours' : 'institution.unknown'),
      [...codes].join(),
    )
    if (account === officer) assert.equal(judged.counts.rejected, judged.counts.rows)
  }
  const own = await upload('school', 'enrolment-by-grade', await exported('enrolment-by-grade', '', 'school'))
  assert.ok(own.counts.rows > 0)
  assert.equal(own.counts.same, own.counts.rows)
})

test('columns are matched by hand once and remembered for the same header', async () => {
  const csv = Buffer.from('哪一年,哪个村,生了几个,哪天公布,谁说的\n2022,410422,31,2024-08-02,测试\n')
  const first = await upload(officer, 'births', csv, 'a.csv')
  assert.equal(first.state, 'mapping')
  const mapping = { year: 1, unitCode: 2, births: 3, vintage: 4, source: 5 }
  const path = `/api/exchange/imports/${first.importId}/mapping`
  assert.equal(
    (await hamlet.ask(officer, 'PUT', path, { pupils: 1 })).body.refusal.code,
    'exchange.mapping-unknown-field',
  )
  const { body } = await hamlet.ask(officer, 'PUT', path, mapping)
  await jobOver(officer, body.jobId)
  assert.equal(
    (await hamlet.ask(officer, 'GET', `/api/exchange/imports/${first.importId}`)).body.state,
    'judged',
  )
  const second = await upload(
    officer,
    'births',
    Buffer.concat([csv, Buffer.from('2021,410422,3,2024-08-02,测试\n')]),
    'b.csv',
  )
  assert.deepEqual([second.state, second.mapping], ['judged', mapping])
})

test('a file that is no table says so and gives no workbook back', async () => {
  const judged = await upload(officer, 'births', Buffer.from('%PDF-1.4'), '表.xlsx')
  assert.equal(judged.state, 'unreadable')
  assert.equal((await problemsOf(officer, judged.importId)).problems[0].code, 'file.wrong-kind')
  const back = await hamlet.ask(officer, 'GET', `/api/exchange/imports/${judged.importId}/error-workbook`)
  assert.equal(back.body.refusal.code, 'exchange.unreadable')
  assert.equal((await confirm(officer, judged.importId)).body.refusal.code, 'exchange.not-judged')
})

test('a template prefilled for the county goes back in once its white cells are filled', async () => {
  const { bytes } = await hamlet.ask(
    officer,
    'GET',
    '/api/exchange/templates/enrolment-by-grade?prefill=true',
  )
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.load(bytes as unknown as exceljs.Buffer)
  const sheet = workbook.worksheets[0]!
  assert.match(String(sheet.getCell('A1').value), /合成数据/)
  assert.ok(workbook.getWorksheet('填写说明'))
  let filled = 0
  sheet.eachRow((row, number) => {
    if (number <= 2) return
    const pupils = row.getCell(10).value ?? 0
    Object.entries({ 6: pupils, 7: 0, 8: pupils }).forEach(([column, value]) => {
      row.getCell(Number(column)).value = value
    })
    filled++
  })
  assert.ok(filled > 20)
  const judged = await upload(officer, 'enrolment-by-grade', Buffer.from(await workbook.xlsx.writeBuffer()))
  assert.deepEqual(
    [judged.state, judged.counts.errors],
    ['judged', 0],
    JSON.stringify((await problemsOf(officer, judged.importId)).problems.slice(0, 3)),
  )
  assert.equal(judged.counts.rows, filled)
  const agreed = { acceptCorrections: true, reason: '测试' }
  assert.equal((await confirm(officer, judged.importId, agreed)).status, 200)
  const { receipt } = (await hamlet.ask(officer, 'GET', `/api/exchange/imports/${judged.importId}`)).body
  assert.equal(receipt.rowsNew + receipt.rowsCorrected + receipt.rowsSame, filled)
})

test('whoever may not import is offered no kind to import, and what may be exported still is', async () => {
  const kindsOf = async (account: string, may: 'mayImport' | 'mayExport') =>
    (await hamlet.ask(account, 'GET', '/api/exchange/kinds')).body
      .filter((kind: Record<string, boolean>) => kind[may])
      .map(({ kind }: { kind: string }) => kind)
  for (const account of ['principal', 'inspector', 'finance'])
    assert.deepEqual(await kindsOf(account, 'mayImport'), [], account)
  assert.deepEqual(await kindsOf('principal', 'mayExport'), ['enrolment-by-grade', 'enrolment-by-class'])
  assert.ok((await kindsOf('finance', 'mayExport')).includes('births'))
  assert.ok((await kindsOf('school', 'mayImport')).includes('enrolment-by-grade'))
})

test('every template is empty, and says for every column how to fill it', async () => {
  for (const { kind, columns } of (await hamlet.ask(officer, 'GET', '/api/exchange/kinds')).body) {
    const { bytes } = await hamlet.ask(officer, 'GET', `/api/exchange/templates/${kind}`)
    const explained = (await sheetOf(bytes, '填写说明')).getColumn(1).values
    for (const { header } of columns) assert.ok(explained.includes(header), `${kind} ${header}`)
    assert.deepEqual(
      (await problemsOf(officer, (await upload(officer, kind, bytes)).importId)).problems.map(
        ({ code }: never) => code,
      ),
      ['file.no-rows'],
    )
  }
})

test('institutions: a new one opens on its day, a known one changes from the effective day, before it stays as it was', async () => {
  const sheet = await sheetOf(await exported('institutions'))
  const name = String(sheet.getCell('B5').value)
  const code = String(sheet.getCell('A5').value)
  const values = (sheet.getRow(5).values as exceljs.CellValue[]).slice(1)
  const fresh = [...values]
  Object.assign(fresh, {
    0: `${code.slice(0, 4)}999999`,
    1: '叶县导入测试学校',
    12: null,
    13: '2024-03-01',
    17: 99,
  })
  const header = (sheet.getRow(4).values as exceljs.CellValue[]).slice(1)
  const workbook = new exceljs.Workbook()
  const changed = [...values]
  Object.assign(changed, { 1: `${name}（新名）`, 17: 777 })
  workbook.addWorksheet('表').addRows([header, changed, fresh])
  const judged = await upload(officer, 'institutions', Buffer.from(await workbook.xlsx.writeBuffer()))
  assert.deepEqual(
    [judged.counts.fresh, judged.counts.corrected, judged.counts.errors],
    [1, 1, 0],
    JSON.stringify((await problemsOf(officer, judged.importId)).problems),
  )
  const answer = await confirm(officer, judged.importId, {
    acceptCorrections: true,
    reason: '测试',
    effectiveOn: '2024-06-01',
  })
  assert.equal(answer.status, 200, answer.body?.text)
  const on = (asOf: string) =>
    hamlet.books.db.transaction({ counties: [yexian], asOf }, async (tx) => {
      const { sql } = await import('kysely')
      const found = await sql<{ name: string; approved: number }>`
        select name, p.approved_capacity as approved from book.institution join book.premises as p using (county_id, institution_id)
         where code in (${code}, ${`${code.slice(0, 4)}999999`}) order by code`.execute(tx)
      return found.rows
    })
  const earlier = await on('2024-02-01')
  assert.equal(earlier[0]?.name, name)
  assert.ok(earlier.every((row) => row.approved !== 777 && row.approved !== 99))
  const later = await on('2024-09-01')
  assert.ok(later.some((row) => row.name === `${name}（新名）` && row.approved === 777))
  assert.ok(later.some((row) => row.name === '叶县导入测试学校' && row.approved === 99))
})

test('classes make up their grade: both are written', async () => {
  const sheet = await sheetOf(await exported('enrolment-by-grade'))
  const [year, code, grade, classes] = ['A', 'B', 'D', 'E'].map((column) =>
    String(sheet.getCell(`${column}12`).value),
  )
  const sizes = [20, ...Array.from({ length: Number(classes) }, () => 3)]
  const lines = sizes.map((size, index) => `${year},${code},${grade},${index + 1},${size},0,${size}`)
  const csv = `学年,机构标识码,年级,班号,男生,女生,学生数\n${lines.join('\n')}\n`
  const judged = await upload(officer, 'enrolment-by-class', Buffer.from(csv))
  assert.deepEqual([judged.counts.errors, judged.counts.rows], [0, sizes.length])
  assert.ok(judged.counts.fresh > 0 && judged.counts.corrected > 0)
  const agreed = { acceptCorrections: true, reason: '测试' }
  assert.equal((await confirm(officer, judged.importId, agreed)).status, 200)
  const again = await sheetOf(await exported('enrolment-by-grade'))
  assert.deepEqual(
    ['E12', 'H12', 'I12'].map((address) => again.getCell(address).value),
    [sizes.length, sizes.reduce((sum, size) => sum + size), 20],
  )
  const back = await upload(officer, 'enrolment-by-class', await exported('enrolment-by-class'))
  assert.equal(back.counts.same, back.counts.rows)
})

test('an error in the last of many rows: not one is written, all are told', async () => {
  const days = Array.from({ length: 20 }, (_, index) => `2024-07-${10 + index}`)
  const unique = days.flatMap((day) =>
    Array.from({ length: 20 }, (_, index) => `410422,${2004 + index},${index},${day},测试`),
  )
  const csv = `单位代码,年份,出生人数,发布日期,数据来源\n${unique.join('\n')}\n410422,2020,-1,2024-08-25,测试\n`
  const state = await stateOfBooks()
  const judged = await upload(officer, 'births', Buffer.from(csv))
  assert.deepEqual([judged.counts.fresh, judged.counts.rejected], [unique.length, 1])
  assert.equal((await confirm(officer, judged.importId)).body.refusal.code, 'exchange.has-errors')
  assert.equal(await stateOfBooks(), state)
})

test('stopped while it is being written: nothing stays', async () => {
  const bytes = Buffer.from('单位代码,年份,出生人数,发布日期,数据来源\n410422,2019,77,2024-08-06,测试\n')
  const file = { kind: 'births' as const, fileName: 'x.csv', bytes }
  const read = await readFile(file, () => {})
  const importer = { account: officer, name: '测试', role: 'county-bureau', counties: [yexian] }
  const application = {
    file,
    read,
    mapping: read.suggested,
    decision: { ...decision, onlyGood: false, acceptCorrections: false, reason: '试验用的小数' },
    today: '2024-10-01',
  }
  const state = await stateOfBooks()
  const stop = new AbortController()
  const stopping = applyImport(
    hamlet.books,
    importer,
    application,
    (_done, _total, note) => {
      if (note === '写入台账') stop.abort()
    },
    stop.signal,
  )
  await assert.rejects(stopping, { name: 'AbortError' })
  assert.equal(await stateOfBooks(), state)
  const whole = await applyImport(hamlet.books, importer, application, () => {})
  assert.ok(whole.ok && whole.value.rowsNew === 1)
})
