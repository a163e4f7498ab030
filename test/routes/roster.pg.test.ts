import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import exceljs from 'exceljs'
import { sql } from 'kysely'
import { loadDemoChildren } from '../../src/demo/demo-children.ts'
import { exchange } from '../../src/features/exchange/index.ts'
import { people } from '../../src/features/people/index.ts'
import { jobRoutes } from '../../src/platform/jobs/job-routes.ts'
import { checkDigit } from '../../src/records/people/identity/resident-id.ts'
import { rosterHeaders } from '../../src/records/people/roster.ts'
import { type Answer, type ServedHamlet, servedHamlet } from './served-hamlet.ts'

const yexian = 410_422
const weidong = 410_403
const officer = `county-${yexian}`
let hamlet: ServedHamlet
let school: { code: string; name: string; institutionId: number }
let otherSchool: typeof school

before(async () => {
  hamlet = await servedHamlet([...exchange.routes, ...people.routes, ...(jobRoutes as never[])])
  await loadDemoChildren(hamlet.books.db, hamlet.books.vault, 7, '2024-09-01')
  const { rows: schools } = await hamlet.books.db.transaction(
    { counties: [yexian], asOf: '2024-09-01' },
    async (tx) =>
      sql<typeof school>`
        select code, name, institution_id as "institutionId" from book.institution
         where kind = 'primary-school' order by institution_id`.execute(tx),
  )
  school = schools[0]!
  otherSchool = schools[1]!
})
after(() => hamlet.close())

const headers = Object.values(rosterHeaders)
type Fields = Partial<Record<keyof typeof rosterHeaders, string | number>>

function numberOf(serial: number): string {
  const first = `99042220180301${String(serial).padStart(3, '0')}`
  return `${first}${checkDigit(first)}`
}

function pupil(serial: number, more: Fields = {}): Fields {
  return {
    pupilName: '欧阳小测',
    documentKind: '居民身份证',
    document: numberOf(serial),
    phone: '10011112222',
    address: '合成数据路 1 号',
    code: school.code,
    name: school.name,
    grade: '一年级',
    classNo: 1,
    ...more,
  }
}

const guardian = {
  guardianName: '欧阳大测',
  relation: '母亲',
  guardianDocumentKind: '护照',
  guardianDocument: 'E99887766',
}

async function workbook(rows: readonly Fields[]): Promise<Buffer> {
  const book = new exceljs.Workbook()
  const sheet = book.addWorksheet('学生名册')
  sheet.addRow(headers)
  for (const row of rows)
    sheet.addRow(Object.keys(rosterHeaders).map((key) => row[key as keyof Fields] ?? null))
  return Buffer.from(await book.xlsx.writeBuffer())
}

async function jobOver(account: string, jobId: string): Promise<Answer['body']> {
  for (;;) {
    const { body } = await hamlet.ask(account, 'GET', `/api/jobs/${jobId}`)
    if (body.finishedAt) return body
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

async function upload(account: string, bytes: Buffer): Promise<Answer['body']> {
  const form = new FormData()
  form.set('kind', 'pupils')
  form.set('file', new Blob([new Uint8Array(bytes)]), '名册.xlsx')
  const started = await hamlet.ask(account, 'POST', '/api/exchange/imports', form)
  assert.equal(started.status, 200, started.body?.text)
  assert.equal((await jobOver(account, started.body.jobId)).state, 'done')
  return (await hamlet.ask(account, 'GET', `/api/exchange/imports/${started.body.importId}`)).body
}

async function confirm(account: string, importId: string, more: object = {}): Promise<Answer['body']> {
  const decision = { docNumber: '叶教体〔2024〕7号', decidedOn: '2024-09-20', ...more }
  const answer = await hamlet.ask(account, 'POST', `/api/exchange/imports/${importId}/confirmation`, decision)
  return answer.status === 200 ? jobOver(account, answer.body.jobId) : answer.body
}

async function stateOfBook(): Promise<string> {
  const { rows } = await hamlet.owner.query(`
    select (select count(*) from people.person) || '/' || (select count(*) from people.enrolment_record) || '/' ||
      (select count(*) from people.guardian_link) || '/' || (select count(*) from registry.act) || '/' ||
      (select md5(string_agg(person::text, ',' order by person_id)) from people.person) as state`)
  return rows[0].state
}

const problemsOf = async (importId: string, account = officer) =>
  (await hamlet.ask(account, 'GET', `/api/exchange/imports/${importId}/problems?limit=500`)).body.problems

test('only a county and the schools take rosters in, and nobody takes one out here', async () => {
  const form = new FormData()
  form.set('kind', 'pupils')
  form.set('file', new Blob(['x']), '名册.csv')
  const city = await hamlet.ask('city', 'POST', '/api/exchange/imports', form)
  assert.equal(city.body.refusal.code, 'exchange.not-your-kind')
  assert.equal((await hamlet.ask('city', 'GET', '/api/exchange/templates/pupils')).status, 404)
  assert.equal((await hamlet.ask(officer, 'GET', '/api/exchange/templates/pupils')).status, 200)
  for (const [method, path] of [
    ['GET', 'exports/pupils'],
    ['POST', 'exports/pupils'],
  ] as const)
    assert.equal(
      (await hamlet.ask(officer, method, `/api/exchange/${path}`)).body.refusal.code,
      'exchange.persons-by-list',
    )
})

test('taken in: sealed persons, rolls and a guardian of two children once; who did it stands in every row', async () => {
  const rows = [pupil(1, guardian), pupil(3, { ...guardian, pupilName: '欧阳二测' }), pupil(5)]
  const imported = await upload(officer, await workbook(rows))
  assert.deepEqual([imported.state, imported.counts.fresh, imported.counts.errors], ['judged', 3, 0])
  const before = await hamlet.owner.query('select count(*)::int as n from people.person')
  const done = await confirm(officer, imported.importId)
  assert.equal(done.result.refusal, undefined)
  const after = await hamlet.owner.query('select count(*)::int as n from people.person')
  assert.equal(after.rows[0].n - before.rows[0].n, 4)
  const { rows: acts } = await hamlet.owner.query(
    `select recorded_by, doc_number, detail from registry.act where kind = 'import' and detail->>'kind' = 'pupils'`,
  )
  assert.equal(acts.length, 1)
  const { rows: entered } = await hamlet.owner.query(
    `select lower(valid)::text as since, count(*)::int as rolls from people.enrolment_record
      where recorded_by = $1 group by 1`,
    [acts[0].recorded_by],
  )
  assert.deepEqual(entered, [{ since: '2024-09-01', rolls: 3 }])
  const found = await hamlet.ask(officer, 'POST', '/api/people/pupils/search', { text: numberOf(3) })
  assert.equal(found.body.rows[0].name, '欧阳二测')
  const file = (await hamlet.ask(officer, 'GET', `/api/people/pupils/${found.body.rows[0].personId}`)).body
  assert.deepEqual(
    file.guardians.map(({ name, relation }: { name: string; relation: string }) => `${name} ${relation}`),
    ['欧阳大测 mother'],
  )
})

test('again the same: nothing changes', async () => {
  const rows = [pupil(1, guardian), pupil(3, { ...guardian, pupilName: '欧阳二测' }), pupil(5)]
  const state = await stateOfBook()
  const imported = await upload(officer, await workbook(rows))
  assert.equal(imported.counts.same, 3)
  await confirm(officer, imported.importId)
  assert.equal(await stateOfBook(), state)
  // Everyone whose file was compared, pupils and guardians, finds it once: writing shows nothing more.
  const { rows: looks } = await hamlet.owner.query(
    `select account, count(*)::int as looks, count(distinct person_id)::int as people from people.access_record
      where act = 'compare' group by 1`,
  )
  assert.deepEqual(looks, [{ account: officer, looks: 4, people: 4 }])
  const found = await hamlet.ask(officer, 'POST', '/api/people/pupils/search', { text: numberOf(5) })
  const seen = await hamlet.ask(officer, 'GET', `/api/people/pupils/${found.body.rows[0].personId}/accesses`)
  assert.ok(seen.body.some(({ act }: { act: string }) => act === 'compare'))
})

test('moved to another class and corrected: from the day on, the old class remains as it was', async () => {
  const rows = [pupil(1, { grade: '二年级', classNo: 2, phone: '10033334444' })]
  const imported = await upload(officer, await workbook(rows))
  assert.equal(imported.counts.corrected, 1)
  const refused = await confirm(officer, imported.importId)
  assert.equal(refused.refusal.code, 'exchange.corrections-unconfirmed')
  const { body } = await hamlet.ask(officer, 'GET', `/api/exchange/imports/${imported.importId}/corrections`)
  assert.ok(
    body.corrections.every(({ from, to }: Record<string, string>) => !/1001111|1003333/.test(from! + to!)),
  )
  assert.equal(
    (await confirm(officer, imported.importId, { acceptCorrections: true })).result.refusal,
    undefined,
  )
  const again = await upload(officer, await workbook(rows))
  assert.equal(again.counts.same, 1)
})

test('one wrong row of many: nothing is taken in, the cell and the reason are told, the number is not', async () => {
  const wrong = pupil(9)
  const bad = `${String(wrong.document).slice(0, 17)}${wrong.document!.toString().endsWith('1') ? '2' : '1'}`
  const imported = await upload(officer, await workbook([pupil(7), { ...wrong, document: bad }]))
  const state = await stateOfBook()
  const [problem] = await problemsOf(imported.importId)
  assert.deepEqual([problem.path, problem.code], ['C3', 'pupil.document'])
  assert.ok(!JSON.stringify(await problemsOf(imported.importId)).includes(bad))
  assert.equal((await confirm(officer, imported.importId)).refusal.code, 'exchange.has-errors')
  assert.equal(await stateOfBook(), state)
  const marked = await hamlet.ask(officer, 'GET', `/api/exchange/imports/${imported.importId}/error-workbook`)
  const book = new exceljs.Workbook()
  await book.xlsx.load(marked.bytes as unknown as exceljs.Buffer)
  assert.match(String(book.worksheets[0]!.getRow(3).values), /校验位/)
})

test('a county sees its own schools, a clerk the own one; a child of another roll stays there', async () => {
  const foreign = await upload(`county-${weidong}`, await workbook([pupil(11)]))
  assert.equal((await problemsOf(foreign.importId, `county-${weidong}`))[0].code, 'institution.unknown')
  const own = (await hamlet.ask('school', 'GET', '/api/people/pupils')).body.rows[0]
  const clerkSchool = own.institutionId === school.institutionId ? otherSchool : school
  const beyond = await upload(
    'school',
    await workbook([pupil(11, { code: clerkSchool.code, name: clerkSchool.name })]),
  )
  assert.match((await problemsOf(beyond.importId, 'school'))[0].code, /^institution\.(not-yours|unknown)$/)
  const taken = await upload(
    officer,
    await workbook([pupil(5, { code: otherSchool.code, name: otherSchool.name })]),
  )
  assert.equal((await problemsOf(taken.importId))[0].code, 'pupil.on-other-roll')
})

test('no name, number, telephone or address stands in clear: not in the files, not in any table', async () => {
  const folder = join(hamlet.data, 'files')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile())
  assert.ok(files.length >= 5)
  const secrets = ['欧阳', numberOf(1), 'E99887766', '10011112222', '合成数据路 1 号']
  const zip = (bytes: Buffer) => bytes.subarray(0, 2).toString() === 'PK'
  for (const { parentPath, name } of files) assert.ok(!zip(readFileSync(join(parentPath, name))), name)
  const { rows } = await hamlet.owner.query<{ table: string }>(
    `select quote_ident(schemaname) || '.' || quote_ident(tablename) as table from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  for (const { table } of rows)
    for (const secret of secrets) {
      const hit = await hamlet.owner.query(`select 1 from ${table} as t where t::text like $1 limit 1`, [
        `%${secret}%`,
      ])
      assert.equal(hit.rowCount, 0, `${secret} in ${table}`)
    }
})

test('a sheet whose first line is no header leaves nothing of it behind', async () => {
  const book = new exceljs.Workbook()
  book.addWorksheet('a').addRows([
    ['欧阳小测', numberOf(21)],
    ['欧阳二测', numberOf(23)],
  ])
  const imported = await upload(officer, Buffer.from(await book.xlsx.writeBuffer()))
  assert.equal(imported.state, 'mapping')
  const { rows } = await hamlet.owner.query('select pending_import::text as t from exchange.pending_import')
  assert.ok(rows.every(({ t }) => !t.includes('欧阳') && !t.includes(numberOf(21))))
})

test('the list a second person agreed to is the template: taken in again it changes nothing', async () => {
  const asked = await hamlet.ask(officer, 'POST', '/api/people/exports', {
    county: yexian,
    plain: true,
    reason: '开学核对名册',
  })
  assert.equal(asked.body.state, 'asked')
  const path = `/api/people/exports/${asked.body.requestId}`
  const granted = await hamlet.ask('city-basic-education', 'POST', `${path}/decision`, { grant: true })
  assert.equal(granted.status, 200, granted.body?.text)
  const taken = await hamlet.ask(officer, 'GET', `${path}/file`)
  assert.equal(taken.status, 200)
  const state = await stateOfBook()
  const imported = await upload(officer, taken.bytes)
  assert.deepEqual(await problemsOf(imported.importId), [])
  assert.deepEqual([imported.counts.same, imported.counts.rows], [asked.body.persons, asked.body.persons])
  await confirm(officer, imported.importId)
  assert.equal(await stateOfBook(), state)
})
