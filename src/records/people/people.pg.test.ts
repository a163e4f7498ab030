import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { TestDatabase } from '../../../test/house/database-for-tests.ts'
import { statementsOf } from '../../../test/house/statements-of.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { aesSuite } from '../../platform/vault/aes-suite.ts'
import { createKeyFile, openKeyFile } from '../../platform/vault/key-file.ts'
import { addNewKeys, reseal } from '../../platform/vault/rotate-keys.ts'
import { openVault, type Vault } from '../../platform/vault/vault.ts'
import { done, lushan, refusedWith, school, smallWorld, yexian } from '../registry/small-world.for-tests.ts'
import { applyRetention } from './apply-retention.ts'
import { readConditions, writeCondition } from './conditions.ts'
import { giveConsent, listConsents, withdrawConsent } from './consents.ts'
import { eraseSubject, listErasures, reapplyErasures, subjectHash } from './erase-subject.ts'
import { findByDocument, listPupils } from './find-people.ts'
import { forUpkeep } from './for-upkeep.ts'
import { checkDigit } from './identity/resident-id.ts'
import { movePupils } from './move-pupils.ts'
import type { NewPerson } from './person.ts'
import { findPerson, readField } from './read-person.ts'
import { type Handler, listAccesses, recordAccess } from './record-access.ts'
import { sealedTables } from './sealed-tables.ts'
import { unmaskField } from './unmask-field.ts'
import {
  endEnrolmentRecord,
  writeEnrolmentRecords,
  writeGuardianLinks,
  writePeople,
  writeStaffPosts,
} from './write-people.ts'

const folder = mkdtempSync(join(tmpdir(), 'kuoyou-people-'))
const day = '2024-10-01'
type Who = Handler & { institutions?: readonly number[] }
const officer: Who = { account: 'county', name: '叶县教体局' }
const clerk: Who = { account: 'clerk', name: '任店镇中心小学', institutions: [school.rendianCentral] }
const numberOf = (serial: number, born = '20150315') => {
  const first = `990422${born}${String(serial).padStart(3, '0')}`
  return first + checkDigit(first)
}

let live: TestDatabase
let vault: Vault
/** By name: ids of the children, their guardian, a teacher. */
const ids: Record<string, number> = {}

const scope = (counties: readonly number[] = [yexian], asOf = day) => ({ counties, asOf })
const as = <T>(who: Who, work: (tx: Tx) => Promise<T>, counties?: readonly number[], asOf?: string) =>
  live.service.transaction(
    {
      ...scope(counties, asOf),
      actor: who.account,
      ...(who.institutions && { institutions: who.institutions }),
    },
    work,
  )

const child = (name: string, serial: number, more: Partial<NewPerson> = {}): NewPerson => ({
  countyId: yexian,
  documentKind: 'resident',
  document: numberOf(serial),
  name,
  bornOn: '2015-03-15',
  sex: 'female',
  phone: '13812341234',
  address: '平顶山市叶县任店镇前营村1号',
  ...more,
})

before(async () => {
  live = await smallWorld()
  createKeyFile(join(folder, 'master.key'), aesSuite)
  vault = openVault(live.db.pool, openKeyFile(join(folder, 'master.key')), aesSuite)
  await as(officer, async (tx) => {
    const people = [
      child('王小明', 100),
      child('𠮷娜·艾力', 101),
      child('王强', 102, { document: numberOf(102, '19850101'), bornOn: '1985-01-01' }),
      child('李老师', 103, { document: numberOf(103, '19800101'), bornOn: '1980-01-01' }),
      child('大个子', 104, { document: numberOf(104, '20100101'), bornOn: '2010-01-01' }),
    ]
    const [xiaoming, na, father, teacher, tall] = await writePeople(tx, vault, people, '测试')
    Object.assign(ids, { xiaoming, na, father, teacher, tall })
    const record = { countyId: yexian, grade: 'P3', classNo: 1, from: '2022-09-01' }
    await writeEnrolmentRecords(
      tx,
      [
        { ...record, personId: xiaoming!, institutionId: school.rendianCentral },
        { ...record, personId: na!, institutionId: school.yexianFirst },
        { ...record, personId: tall!, institutionId: school.kunyangJunior, grade: 'J3' },
      ],
      '测试',
    )
    const link = { countyId: yexian, guardianId: father!, relation: 'father' as const, from: '2022-09-01' }
    await writeGuardianLinks(tx, [{ ...link, childId: xiaoming! }], '测试')
    await writeStaffPosts(
      tx,
      [
        {
          countyId: yexian,
          personId: teacher!,
          institutionId: school.rendianCentral,
          post: '语文教师',
          from: '2010-09-01',
        },
      ],
      '测试',
    )
  })
  await as(
    officer,
    async (tx) => {
      const [other] = await writePeople(tx, vault, [child('赵外县', 105, { countyId: lushan })], '测试')
      ids.other = other!
      const record = { countyId: lushan, personId: other!, institutionId: school.lushanFirst, grade: 'P1' }
      await writeEnrolmentRecords(tx, [{ ...record, from: '2022-09-01' }], '测试')
    },
    [lushan],
  )
})
after(async () => {
  await live.close()
  rmSync(folder, { recursive: true })
})

const list = (who: Who, text?: string, counties?: readonly number[]) =>
  as(who, (tx) => listPupils(tx, vault, { text, limit: 100 }), counties)
const names = async (who: Who, text?: string, counties?: readonly number[]) =>
  (await list(who, text, counties)).rows.map(({ name }) => name)

test('a list shows names and masked numbers, of the county and, for a school, of its own pupils only', async () => {
  const { total, rows } = await list(officer)
  assert.equal(total, 3)
  assert.deepEqual(
    rows.find(({ name }) => name === '王小明')?.document,
    `990***********${numberOf(100).slice(-4)}`,
  )
  assert.deepEqual(await names(clerk), ['王小明'])
  assert.deepEqual(await names(officer, undefined, [lushan]), ['赵外县'])
})

test('a child is found by the whole number, the whole name or the first initials, never beyond the scope', async () => {
  for (const text of [numberOf(100), numberOf(100).toLowerCase(), '王小明', 'wx', ' 王 小明'])
    assert.deepEqual(await names(officer, text), ['王小明'], text)
  for (const dot of ['·', '•', '・', ' · '])
    assert.deepEqual(await names(officer, `𠮷娜${dot}艾力`), ['𠮷娜·艾力'], dot)
  for (const text of [numberOf(105), numberOf(999), numberOf(100).slice(0, 17), '赵外县', '小明', '%', '_'])
    assert.deepEqual(await names(officer, text), [], text)
  assert.deepEqual(await names(clerk, numberOf(101)), [])
})

test('who is out of sight and who does not exist are looked up by the same work', async () => {
  for (const [who, hidden] of [
    [officer, numberOf(105)],
    [clerk, numberOf(101)],
  ] as const) {
    const work = (text: string) =>
      statementsOf(async () => assert.deepEqual(await names(who, text), [], who.account))
    const unknown = await work(numberOf(998))
    assert.ok(unknown.length > 2, unknown.join('\n'))
    assert.deepEqual(await work(hidden), unknown)
  }
})

test('the person is there for the own county and school, with guardian; masked throughout', async () => {
  const file = await as(clerk, (tx) => findPerson(tx, vault, ids.xiaoming!))
  assert.deepEqual(file?.masked, {
    document: `990***********${numberOf(100).slice(-4)}`,
    birth: '2015-**-**',
    phone: '138****1234',
    address: '平顶山市叶县****',
  })
  assert.deepEqual(file?.guardians, [{ personId: ids.father, name: '王强', relation: 'father' }])
  assert.equal(file?.records[0]?.institution, '任店镇中心小学')
  assert.ok(await as(clerk, (tx) => findPerson(tx, vault, ids.father!)))
  assert.ok(await as(clerk, (tx) => findPerson(tx, vault, ids.teacher!)))
  assert.equal(await as(clerk, (tx) => findPerson(tx, vault, ids.na!)), undefined)
  assert.equal(await as(officer, (tx) => findPerson(tx, vault, ids.other!)), undefined)
})

test('a field opens for a purpose, and who opened it is on record', async () => {
  const asked = { personId: ids.xiaoming!, field: 'phone', purpose: 'contact-guardian' } as const
  const opened = await as(clerk, (tx) => unmaskField(tx, vault, clerk, asked))
  assert.deepEqual(done(opened!), { plain: '13812341234', minutes: 5 })
  const [look] = await as(officer, (tx) => listAccesses(tx, yexian, ids.xiaoming!))
  assert.deepEqual(
    [look?.account, look?.act, look?.field, look?.purpose],
    ['clerk', 'unmask', 'phone', 'contact-guardian'],
  )
  assert.equal((await as(officer, (tx) => listAccesses(tx, yexian, ids.xiaoming!))).length, 1)
  assert.equal(
    await as(clerk, (tx) => unmaskField(tx, vault, clerk, { ...asked, personId: ids.na! })),
    undefined,
  )
})

test('the record of looks is written once and never changed', async () => {
  for (const statement of [
    sql`update people.access_record set purpose = null`,
    sql`delete from people.access_record`,
  ])
    await assert.rejects(
      as(officer, (tx) => statement.execute(tx)),
      /permission denied/,
    )
})

test('a document stands once in a county; a child is in one place on any day', async () => {
  await assert.rejects(
    as(officer, (tx) => writePeople(tx, vault, [child('王小明', 100)], '测试')),
    /person_one_document/,
  )
  const found = await as(officer, (tx) => findByDocument(tx, vault, yexian, [numberOf(100), numberOf(999)]))
  assert.deepEqual([...found], [[numberOf(100), ids.xiaoming]])
  const second = { countyId: yexian, personId: ids.xiaoming!, institutionId: school.yexianFirst, grade: 'P3' }
  await assert.rejects(
    as(officer, (tx) => writeEnrolmentRecords(tx, [{ ...second, from: '2023-01-01' }], '测试')),
    /enrolment_record_one_place/,
  )
  await assert.rejects(
    as(clerk, (tx) => writeEnrolmentRecords(tx, [{ ...second, from: '2030-01-01' }], '测试')),
    /row-level security/,
  )
})

test('a guardian consents for a child under 14, once, and may withdraw', async () => {
  const consent = {
    countyId: yexian,
    childId: ids.xiaoming!,
    guardianId: ids.father!,
    noticeVersion: '2024-1',
    channel: 'paper',
    receivedBy: '测试',
    day,
  } as const
  const give = (more: object = {}) => as(officer, (tx) => giveConsent(tx, vault, { ...consent, ...more }))
  const given = done(await give())
  refusedWith(await give(), 'people.consent-already-given')
  refusedWith(await give({ noticeVersion: '1999' }), 'people.notice-unknown')
  refusedWith(await give({ childId: ids.na }), 'people.consent-not-guardian')
  refusedWith(await give({ childId: ids.tall }), 'people.consent-not-needed')
  // The day before and the day of the 14th birthday.
  refusedWith(await give({ childId: ids.na, day: '2029-03-14' }), 'people.consent-not-guardian')
  refusedWith(await give({ childId: ids.na, day: '2029-03-15' }), 'people.consent-not-needed')
  const withdraw = () =>
    as(officer, (tx) => withdrawConsent(tx, yexian, ids.xiaoming!, given.consentId, '测试'))
  assert.ok(done(await withdraw()).withdrawnAt)
  refusedWith(await withdraw(), 'people.consent-not-there')
  done(await give())
  assert.equal((await as(officer, (tx) => listConsents(tx, yexian, ids.xiaoming!))).length, 2)
})

test('sealed conditions open before named users only, until their day, and each look is on record', async () => {
  const asked = { countyId: yexian, personId: ids.xiaoming!, purpose: 'special-support' } as const
  const condition = { kind: 'disability', detail: '听力二级', since: '2023-09-01' } as const
  await as(officer, (tx) => writeCondition(tx, vault, yexian, ids.xiaoming!, condition, '测试'))
  const read = () => as(officer, (tx) => readConditions(tx, vault, officer, asked))
  assert.deepEqual(await read(), [])
  await assert.rejects(
    as(officer, (tx) =>
      sql`insert into people_sealed.named_user values (${yexian}, 'county', 'county', '自己', '2099-01-01')`.execute(
        tx,
      ),
    ),
    /permission denied/,
  )
  const name = (until: string) =>
    live.db.pool.query(
      `insert into people_sealed.named_user values ($1, 'county', '安全管理员', '特殊教育专干', $2)
         on conflict (county_id, account) do update set until = excluded.until`,
      [yexian, until],
    )
  await name('2099-01-01')
  assert.deepEqual(await read(), [condition])
  const [look] = await as(officer, (tx) => listAccesses(tx, yexian, ids.xiaoming!))
  assert.deepEqual([look?.act, look?.purpose], ['view-sealed', 'special-support'])
  await name('2020-01-01')
  assert.deepEqual(await read(), [])
  await name('2099-01-01')
})

/** Every table of the book as text, as a dump would hold it. */
async function dump(): Promise<string> {
  const { rows } = await live.db.pool.query(
    "select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('people', 'people_sealed', 'vault')",
  )
  let text = ''
  for (const { name } of rows) {
    const held = await live.db.pool.query(
      `select t::text, encode(convert_to(t::text, 'UTF8'), 'escape') from ${name} t`,
    )
    text += JSON.stringify(held.rows)
  }
  return text
}

test('a dump of the database holds no number, name, phone or condition that could be read', async () => {
  const text = await dump()
  assert.ok(text.length > 5_000)
  const hex = (plain: string) => Buffer.from(plain).toString('hex')
  for (const plain of [
    numberOf(100),
    numberOf(101),
    '13812341234',
    '王小明',
    '前营村',
    '2015-03-15',
    '听力',
    'disability',
  ])
    assert.ok(!text.includes(plain) && !text.includes(hex(plain)), plain)
})

test('the keys rotate under the whole book: everything opens and is found as before', async () => {
  const upkeep = forUpkeep(live.db)
  const all = { counties: [yexian, lushan] }
  assert.equal(await addNewKeys(vault, ['C3', 'C4']), false)
  assert.deepEqual(await names(officer, numberOf(100)), ['王小明'])
  const { values } = await reseal(upkeep, vault, all, sealedTables)
  assert.equal(values, 6 * 5 + 1)
  assert.equal((await reseal(upkeep, vault, all, sealedTables)).values, 0)
  for (const dataClass of ['C3', 'C4']) await vault.keys.destroyOld(dataClass)
  assert.deepEqual(await names(officer, numberOf(100)), ['王小明'])
  const phone = await as(officer, (tx) => readField(tx, vault, ids.xiaoming!, 'phone'))
  assert.equal(phone?.plain, '13812341234')
  const asked = { countyId: yexian, personId: ids.xiaoming!, purpose: 'special-support' } as const
  assert.equal((await as(officer, (tx) => readConditions(tx, vault, officer, asked))).length, 1)
})

const counts = async () => {
  const { rows } = await live.db.pool.query(`
    select (select count(*) from people.person)::int as people, (select count(*) from people.subject_salt)::int as salts,
      (select count(*) from people_sealed.condition)::int as conditions, (select count(*) from people.erasure)::int as erasures`)
  return rows[0]
}

test('after three years off the roll a child is gone, and then its guardian; a restore does not bring it back', async () => {
  assert.deepEqual(await applyRetention(live.db, [yexian, lushan], '2035-09-01'), {
    'left-pupils': 0,
    'former-staff': 0,
    'unlinked-guardians': 0,
  })
  assert.equal(await as(officer, (tx) => endEnrolmentRecord(tx, yexian, ids.xiaoming!, '2024-07-10')), true)
  const early = await applyRetention(live.db, [yexian], '2027-07-09')
  assert.equal(early['left-pupils'], 0)
  const backup = (
    await live.db.pool.query('select * from people.person where person_id = $1', [ids.xiaoming])
  ).rows[0]
  const salt = (
    await live.db.pool.query('select * from people.subject_salt where person_id = $1', [ids.xiaoming])
  ).rows[0]
  const run = await applyRetention(live.db, [yexian], '2027-07-10')
  assert.deepEqual(run, { 'left-pupils': 1, 'former-staff': 0, 'unlinked-guardians': 1 })
  assert.deepEqual(await counts(), { people: 4, salts: 4, conditions: 0, erasures: 2 })
  assert.deepEqual(await names(officer, numberOf(100)), [])
  const looks = await as(officer, (tx) => listAccesses(tx, yexian, ids.xiaoming!))
  assert.ok(looks.length > 0)

  const restored = [backup, salt].map((row) => ({ row, columns: Object.keys(row) }))
  for (const [i, table] of ['people.person', 'people.subject_salt'].entries()) {
    const { row, columns } = restored[i]!
    await live.db.pool.query(
      `insert into ${table} (${columns}) values (${columns.map((_, at) => `$${at + 1}`)})`,
      columns.map((column) => row[column]),
    )
  }
  assert.equal((await counts()).people, 5)
  const erased = await listErasures(live.db, [yexian, lushan])
  assert.equal(erased.length, 2)
  assert.doesNotMatch(JSON.stringify(erased), /990422\d{12}|王|personId/)
  assert.equal(await reapplyErasures(live.db, [yexian, lushan], erased), 1)
  assert.equal((await counts()).people, 4)
  assert.equal(await reapplyErasures(live.db, [yexian, lushan], erased), 0)
})

test('a guardian’s request erases a child at once', async () => {
  await forUpkeep(live.db).transaction(scope(), (tx) =>
    eraseSubject(tx, { countyId: yexian, personId: ids.na! }, 'request', '叶县教体局'),
  )
  assert.deepEqual(await names(officer), ['大个子'])
})

test('a look at several people is recorded for each', async () => {
  await as(officer, (tx) =>
    recordAccess(tx, officer, { countyId: yexian, personIds: [ids.tall!, ids.teacher!], act: 'export' }),
  )
  for (const id of [ids.tall!, ids.teacher!])
    assert.equal((await as(officer, (tx) => listAccesses(tx, yexian, id)))[0]?.act, 'export')
})

test('a pupil who leaves on a later day changes class and still leaves on that day', async () => {
  const rolls = async () =>
    (
      await live.db.pool.query(
        `select class_no as "classNo", lower(valid) as "from", upper(valid) as "to" from people.enrolment_record
          where person_id = $1 order by valid`,
        [ids.tall],
      )
    ).rows.map(({ classNo, from, to }) => [classNo, from, to])
  const move = (classNo: number, from: string, since: string) =>
    as(officer, (tx) => {
      const place = { personId: ids.tall!, institutionId: school.kunyangJunior, grade: 'J3', classNo }
      return movePupils(tx, yexian, [{ ...place, from, since }], '测试')
    })
  const [began, leaves] = ['2022-09-01', '2026-07-01']
  assert.equal(await as(officer, (tx) => endEnrolmentRecord(tx, yexian, ids.tall!, leaves)), true)
  await move(2, '2025-09-01', began)
  const first = [1, began, '2025-09-01']
  assert.deepEqual(await rolls(), [first, [2, '2025-09-01', leaves]])
  await move(3, '2025-03-01', '2025-09-01')
  assert.deepEqual(await rolls(), [first, [3, '2025-09-01', leaves]])
  await move(4, '2026-09-01', '2025-09-01')
  assert.deepEqual(await rolls(), [first, [3, '2025-09-01', leaves], [4, '2026-09-01', null]])
})

test('who was erased before salts were kept is found by number in an older backup; who was given the number later stays', async () => {
  const old = {
    countyId: yexian,
    subjectHash: subjectHash(yexian, ids.tall!).toString('hex'),
    saltHash: null,
    reason: 'request',
    erasedBy: '测试',
  } as const
  const reapplied = (erasedAt: string) => reapplyErasures(live.db, [yexian], [{ ...old, erasedAt }])
  assert.equal(await reapplied('2020-01-01T00:00:00+08:00'), 0)
  assert.equal(await reapplied('2100-01-01T00:00:00+08:00'), 1)
  assert.deepEqual(await names(officer, numberOf(104, '20100101')), [])
  const listed = await listErasures(live.db, [yexian])
  assert.ok(listed.some((each) => each.subjectHash === old.subjectHash && each.saltHash === null))
})
