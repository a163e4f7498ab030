import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import yauzl from 'yauzl'
import { nameDemonstrationUsers } from '../../src/app/demonstration-accounts.ts'
import { loadDemoChildren } from '../../src/demo/demo-children.ts'
import { people } from '../../src/features/people/index.ts'
import { createAccount } from '../../src/platform/access/account.ts'
import { writeGrant } from '../../src/platform/access/grants.ts'
import { checkDigit } from '../../src/records/people/identity/resident-id.ts'
import { type ServedHamlet, servedHamlet } from './served-hamlet.ts'

const yexian = 410_422
const weidong = 410_403
const officer = `county-${yexian}`
const day = '2024-09-01'
let hamlet: ServedHamlet

before(async () => {
  hamlet = await servedHamlet(people.routes)
  await nameDemonstrationUsers(hamlet.books.db.pool)
  await loadDemoChildren(hamlet.books.db, hamlet.books.vault, 7, day)
})
after(() => hamlet.close())

interface Row {
  readonly personId: number
  readonly countyId: number
  readonly name: string
  readonly document: string
  readonly institutionId: number
  readonly grade: string
}
const get = (account: string | undefined, url: string) => hamlet.ask(account, 'GET', url)
const post = (account: string | undefined, url: string, body: object = {}) =>
  hamlet.ask(account, 'POST', url, body)
const list = async (
  account: string,
  query = '',
): Promise<{ total: number; rows: Row[]; schools: { institutionId: number; pupils: number }[] }> =>
  (await get(account, `/api/people/pupils?${query}`)).body
const first = async (account: string) => (await list(account)).rows[0] as Row
const codeOf = ({ body }: { body: { refusal?: { code: string } } }) => body.refusal?.code

test('strangers, other offices, malformed and foreign requests are turned away', async () => {
  const foreign = (await list('city-basic-education', `county=${weidong}`)).rows[0]!
  const urls = [
    '/api/people/pupils',
    `/api/people/pupils/${foreign.personId}`,
    '/api/people/exports',
    '/api/people/audit-pack',
  ]
  for (const url of urls) {
    assert.equal((await get(undefined, url)).status, 401, url)
    assert.equal((await get('city', url)).status, 403, url)
  }
  assert.equal((await get(officer, '/api/people/pupils?grade=nursery')).status, 400)
  assert.equal((await get(officer, `/api/people/pupils?county=${weidong}`)).status, 404)
  const path = `/api/people/pupils/${foreign.personId}`
  assert.equal((await get(officer, path)).status, 404)
  assert.equal((await get(officer, `${path}/accesses`)).status, 404)
  assert.equal((await post(officer, `${path}/unmask`, { field: 'phone', purpose: 'transfer' })).status, 404)
  const search = { county: weidong, text: foreign.name }
  assert.equal((await post(officer, '/api/people/pupils/search', search)).status, 404)
  assert.equal((await post(officer, '/api/people/pupils/search', { text: '' })).status, 400)
  assert.equal((await post(officer, `${path}/unmask`, { field: 'phone' })).status, 400)
  assert.equal((await post(officer, `${path}/unmask`, { field: 'phone', purpose: 'curiosity' })).status, 400)
  assert.equal((await post(officer, `${path}/conditions`, { purpose: 'special-support' })).status, 404)
  assert.equal((await post(officer, `${path}/erasure`, { reason: 'request' })).status, 404)
  assert.equal((await post('school', `${path}/erasure`, { reason: 'request' })).status, 403)
  assert.equal(
    (await post(officer, '/api/people/exports', { county: weidong, plain: false, reason: '核对名单' }))
      .status,
    404,
  )
})

test('each keeper sees the own counties, a clerk the own school; every number is masked', async () => {
  const all = await list('city-basic-education')
  const [one, other] = [await list(officer), await list(`county-${weidong}`)]
  assert.equal(all.total, one.total + other.total)
  assert.ok(one.total > 30)
  assert.ok(
    all.rows.every(({ document }) => /^99\d\*{11}[\dX]{4}$/.test(document)),
    all.rows[0]?.document,
  )
  const own = await list('school')
  assert.equal(new Set(own.rows.map(({ institutionId }) => institutionId)).size, 1)
  assert.deepEqual(
    own.schools.map(({ pupils }) => pupils),
    [own.total],
  )
  const elsewhere = all.rows
    .concat(one.rows)
    .find(({ institutionId }) => institutionId !== own.rows[0]!.institutionId)!
  assert.equal((await get('school', `/api/people/pupils/${elsewhere.personId}`)).status, 404)
  assert.equal((await list('school', `institution=${elsewhere.institutionId}`)).total, 0)
})

test('a person’s page opens masked; a field opens for a purpose; both stand under 谁看过这个孩子', async () => {
  const { personId, name } = await first(officer)
  const path = `/api/people/pupils/${personId}`
  const { body } = await get(officer, path)
  assert.match(body.masked.phone, /^100\*{4}\d{4}$/)
  assert.match(body.masked.birth, /^\d{4}-\*\*-\*\*$/)
  assert.equal(body.underFourteen, true)
  assert.ok(body.guardians.length > 0 && body.records.length > 0 && body.may.includes('unmask'))
  const opened = await post(officer, `${path}/unmask`, { field: 'document', purpose: 'correct-record' })
  assert.match(opened.body.plain, /^99\d{15}[\dX]$/)
  assert.equal(opened.body.minutes, 5)
  assert.equal(checkDigit(opened.body.plain.slice(0, 17)), opened.body.plain[17])
  const looks = (await get(officer, `${path}/accesses`)).body
  assert.deepEqual(
    looks.slice(0, 3).map(({ act, field, purpose, account }: never) => [act, field, purpose, account]),
    [
      ['unmask', 'document', 'correct-record', officer],
      ['view', null, null, officer],
      ['list', null, null, officer],
    ],
  )
  const found = (await post(officer, '/api/people/pupils/search', { text: opened.body.plain })).body
  assert.deepEqual(
    found.rows.map((row: Row) => row.personId),
    [personId],
  )
  await post('city-basic-education', '/api/people/pupils/search', { county: yexian, text: name })
  const [latest] = (await get(officer, `${path}/accesses`)).body
  assert.deepEqual([latest.act, latest.account], ['list', 'city-basic-education'])
})

test('sealed conditions open before named users only', async () => {
  const conditions = (account: string, personId: number) =>
    post(account, `/api/people/pupils/${personId}/conditions`, { purpose: 'special-support' })
  const rows = (await list(officer)).rows
  const answers = []
  for (const { personId } of rows) answers.push(...(await conditions(officer, personId)).body)
  assert.equal(answers.length, 1)
  assert.equal(answers[0].kind, 'disability')
  for (const { personId } of rows)
    assert.deepEqual((await conditions('city-basic-education', personId)).body, [])
})

const numberOf = (serial: number) => {
  const made = `99042220170315${String(serial).padStart(3, '0')}`
  return made + checkDigit(made)
}

test('a pupil is entered with what was set right; wrong numbers and a second roll are refused in words', async () => {
  const { institutionId } = await first('school')
  const body = {
    institutionId,
    grade: 'P1',
    documentKind: 'resident',
    document: numberOf(990),
    name: '买买提•艾力',
    from: day,
  }
  const enter = (more: object = {}, account = 'school') =>
    post(account, '/api/people/pupils', { ...body, ...more })
  const done = await enter({ document: numberOf(990).replace('99', '９９') })
  assert.equal(done.status, 200)
  assert.equal(done.body.corrections.length, 2)
  assert.equal((await post('school', '/api/people/pupils/search', { text: '买买提·艾力' })).body.total, 1)
  assert.equal(codeOf(await enter()), 'people.already-on-roll')
  assert.equal(
    codeOf(await enter({ document: Number(numberOf(991).replace('X', '0')) })),
    'people.id-as-number',
  )
  assert.equal(
    codeOf(await enter({ document: numberOf(992).slice(0, 16).padEnd(18, '0') })),
    'people.id-check-digit',
  )
  assert.equal(codeOf(await enter({ document: numberOf(993), name: '王1' })), 'people.name-characters')
  assert.equal(codeOf(await enter({ document: numberOf(994), from: '1950-09-01' })), 'people.school-not-open')
  const elsewhere = await first(officer)
  assert.equal((await enter({ institutionId: elsewhere.institutionId, document: numberOf(995) })).status, 404)
  assert.equal((await enter({ document: numberOf(995) }, 'city-basic-education')).status, 403)
})

test('a guardian’s consent is recorded, withdrawn, and recorded again', async () => {
  const rows = (await list(officer)).rows
  const files = await Promise.all(
    rows.slice(0, 60).map(({ personId }) => get(officer, `/api/people/pupils/${personId}`)),
  )
  const file = files.map(({ body }) => body).find(({ consents }) => consents.length === 0)
  const path = `/api/people/pupils/${file.personId}/consents`
  const body = {
    guardianId: file.guardians[0].personId,
    noticeVersion: file.notice.version,
    channel: 'in-person',
  }
  const given = await post(officer, path, body)
  assert.equal(given.status, 200)
  assert.equal(codeOf(await post(officer, path, body)), 'people.consent-already-given')
  assert.equal((await post(officer, `${path}/${given.body.consentId}/withdrawal`)).status, 200)
  assert.equal(
    codeOf(await post(officer, `${path}/${given.body.consentId}/withdrawal`)),
    'people.consent-not-there',
  )
  assert.equal((await post(officer, path, body)).status, 200)
})

/** The parts of a workbook as text, by name. */
function partsOf(bytes: Buffer): Promise<Map<string, string>> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error)
      const parts = new Map<string, string>()
      zip.on('end', () => resolve(parts))
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, (failed, stream) => {
          if (failed) return reject(failed)
          const chunks: Buffer[] = []
          stream.on('data', (chunk: Buffer) => chunks.push(chunk))
          stream.on('end', () => {
            parts.set(entry.fileName, Buffer.concat(chunks).toString())
            zip.readEntry()
          })
        })
      })
      zip.readEntry()
    })
  })
}

test('few masked people are taken out at once: the file says who, when and its number everywhere, and everyone on it has it on record', async () => {
  const { schools } = await list(officer)
  const asked = await post(officer, '/api/people/exports', {
    county: yexian,
    grade: 'P2',
    classNo: 1,
    plain: false,
    reason: '核对学籍',
  })
  assert.equal(asked.body.state, 'granted')
  assert.ok(schools.length > 0)
  const file = await get(officer, `/api/people/exports/${asked.body.requestId}/file`)
  const parts = await partsOf(file.bytes)
  const sheet = parts.get('xl/worksheets/sheet1.xml')!
  const { trace, persons } = asked.body
  assert.equal(sheet.split(`<t>${trace}</t>`).length - 1 + sheet.split(trace).length > persons, true)
  for (const tag of ['oddHeader', 'oddFooter'])
    assert.match(sheet, new RegExp(`<${tag}>[^<]*叶县教体局（${officer}）[^<]*${trace}`))
  assert.match(parts.get('docProps/core.xml')!, new RegExp(`keywords>[^<]*${officer}[^<]*${trace}`))
  assert.doesNotMatch(sheet, /99\d{15}[\dX]/)
  const done = (await get(officer, '/api/people/exports')).body.find(
    ({ requestId }: never) => requestId === asked.body.requestId,
  )
  assert.equal(done.rows, persons)
  assert.ok(sheet.includes(done.sha256) || parts.get('xl/sharedStrings.xml')?.includes(done.sha256))
  const onIt = (await list(officer, 'grade=P2&classNo=1')).rows[0]!
  const looks = (await get(officer, `/api/people/pupils/${onIt.personId}/accesses`)).body
  assert.deepEqual(
    looks.slice(0, 2).map(({ act, field }: never) => [act, field]),
    [
      ['list', null],
      ['export', 'list-alone'],
    ],
  )
  const traced = await hamlet.owner.query(
    "select distinct account from audit.entry where outcome = 'done' and facts->>'trace' = $1",
    [trace],
  )
  assert.deepEqual(traced.rows, [{ account: officer }])
})

test('many people, or numbers in plain, wait for a second person; nobody decides the own request', async () => {
  const ask = (more: object) =>
    post(officer, '/api/people/exports', { county: yexian, plain: false, reason: '核对学籍', ...more })
  const asked = await ask({ plain: true, grade: 'P1' })
  assert.equal(asked.body.state, 'asked')
  const path = `/api/people/exports/${asked.body.requestId}`
  assert.equal(codeOf(await get(officer, `${path}/file`)), 'people.export-not-granted')
  assert.equal(codeOf(await post(officer, `${path}/decision`, { grant: true })), 'people.export-own-request')
  assert.equal((await post('school', `${path}/decision`, { grant: true })).status, 403)
  assert.equal((await post(`county-${weidong}`, `${path}/decision`, { grant: true })).status, 404)
  assert.equal(
    (await post('city-basic-education', `${path}/decision`, { grant: true })).body.state,
    'granted',
  )
  assert.equal(
    codeOf(await post('city-basic-education', `${path}/decision`, { grant: false })),
    'people.export-already-decided',
  )
  assert.equal((await get('city-basic-education', `${path}/file`)).status, 404)
  const sheet = (await partsOf((await get(officer, `${path}/file`)).bytes)).get('xl/worksheets/sheet1.xml')!
  assert.equal(
    [...sheet.matchAll(/>99\d{15}[\dX]</g)].length,
    2 * asked.body.persons,
    'pupils and their guardians',
  )
  const refused = await ask({ plain: true, grade: 'P3' })
  await post('city-basic-education', `/api/people/exports/${refused.body.requestId}/decision`, {
    grant: false,
  })
  assert.equal(
    codeOf(await get(officer, `/api/people/exports/${refused.body.requestId}/file`)),
    'people.export-not-granted',
  )
  assert.equal(codeOf(await ask({ grade: 'S3' })), 'people.export-nobody')
  const own = (await get('school', '/api/people/exports')).body
  assert.deepEqual(own, [])
})

test('opened one by one or in short lists, a hundred children a day need nobody else; one more does', async () => {
  const officer = 'city-basic-education'
  const { rows } = await list(officer, `county=${yexian}`)
  const { rows: more } = await list(officer, `county=${weidong}`)
  const [last, ...others] = [...rows, ...more]
  await hamlet.owner.query(
    `insert into people.access_record (county_id, person_id, account, account_name, act, field)
     select county, person, $3, '市局', 'unmask', 'phone' from unnest($1::integer[], $2::bigint[]) as seen (county, person)`,
    [
      Array(100).fill(yexian),
      [
        ...others.map(({ personId }) => personId),
        ...Array.from({ length: 100 }, (_, i) => 900_000 + i),
      ].slice(0, 100),
      officer,
    ],
  )
  const unmask = (personId: number) =>
    post(officer, `/api/people/pupils/${personId}/unmask`, { field: 'phone', purpose: 'transfer' })
  assert.equal((await unmask(others[0]!.personId)).status, 200, 'a child seen today already')
  assert.equal(codeOf(await unmask(last!.personId)), 'people.seen-alone-too-many')
  const asked = await post(officer, '/api/people/exports', {
    county: yexian,
    grade: last!.grade,
    plain: false,
    reason: '核对学籍',
  })
  assert.equal(asked.body.state, 'asked')
  await hamlet.owner.query("update people_export.request set state = 'granted' where request_id = $1", [
    asked.body.requestId,
  ])
  const file = await get(officer, `/api/people/exports/${asked.body.requestId}/file`)
  assert.equal(codeOf(file), 'people.seen-alone-too-many')
  await hamlet.owner.query("update people.access_record set at = at - interval '1 day' where account = $1", [
    officer,
  ])
  assert.equal((await unmask(last!.personId)).status, 200, 'another day')
})

test('of what may be seen alone in a day nothing is given twice, however many ask side by side', async () => {
  const { rows } = await list(officer)
  await hamlet.owner.query("update people.access_record set at = at - interval '2 days' where account = $1", [
    officer,
  ])
  await hamlet.owner.query(
    `insert into people.access_record (county_id, person_id, account, account_name, act, field)
     select $1, 900000 + n, $2, '县局', 'unmask', 'phone' from generate_series(1, 97) as n`,
    [yexian, officer],
  )
  const answers = await Promise.all(
    rows
      .slice(0, 12)
      .map(({ personId }) =>
        post(officer, `/api/people/pupils/${personId}/unmask`, { field: 'phone', purpose: 'transfer' }),
      ),
  )
  assert.equal(answers.filter(({ status }) => status === 200).length, 3)
  assert.equal(answers.filter((answer) => codeOf(answer) === 'people.seen-alone-too-many').length, 9)
})

test('whoever has one stage erases a child of it whole, the years in other stages too', async () => {
  const account = 'primary-officer'
  await createAccount(hamlet.owner, { account, name: '小学干部', demonstration: true })
  const grant = { role: 'county-bureau', counties: [yexian], institutions: [], stages: ['primary'] }
  await writeGrant(hamlet.owner, {
    account,
    ...grant,
    document: '',
    reason: '试验',
    grantedBy: 'first-start',
  })
  const { rows } = await list(account)
  const { personId, institutionId } = rows.find(({ grade }) => grade === 'P1')!
  await hamlet.owner.query(
    `insert into people.enrolment_record (county_id, person_id, institution_id, grade, valid, recorded_by)
     values ($1, $2, $3, 'K3', '[2000-09-01,2001-09-01)', 'x')`,
    [yexian, personId, institutionId],
  )
  const path = `/api/people/pupils/${personId}`
  assert.equal((await post(account, `${path}/erasure`, { reason: 'request' })).status, 200)
  for (const table of ['person', 'enrolment_record', 'subject_salt']) {
    const left = await hamlet.owner.query(`select 1 from people.${table} where person_id = $1`, [personId])
    assert.equal(left.rowCount, 0, table)
  }
})

test('the audit pack counts minors, looks, consents and erasures, and names nobody', async () => {
  const rows = (await list(officer)).rows
  const gone = rows.at(-1)!
  assert.equal(
    (await post(officer, `/api/people/pupils/${gone.personId}/erasure`, { reason: 'request' })).status,
    200,
  )
  assert.equal((await get(officer, `/api/people/pupils/${gone.personId}`)).status, 404)
  const parts = await partsOf((await get(officer, '/api/people/audit-pack')).bytes)
  const text = [...parts.values()].join('')
  for (const word of [
    '未满14周岁',
    'people.person.document_sealed',
    '查看原文',
    '2024-1',
    '监护人或本人要求',
  ])
    assert.ok(text.includes(word), word)
  assert.ok(!text.includes(`>${rows[0]!.name}<`))
  const { total } = await list(officer)
  assert.match(parts.get('xl/worksheets/sheet2.xml')!, new RegExp(`>${total}<`))
})
