import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { afterRestore } from '../../src/app/after-restore.ts'
import { migrationFolders } from '../../src/app/migration-folders.ts'
import { booksOf } from '../../src/app/open-site.ts'
import { loadDemoChildren } from '../../src/demo/demo-children.ts'
import { people } from '../../src/features/people/index.ts'
import { openSession } from '../../src/platform/access/session.ts'
import { type EmptyDatabase, temporaryCluster } from '../../src/platform/backup/empty-database.ts'
import { restoreBackup } from '../../src/platform/backup/restore-backup.ts'
import { openRestored } from '../../src/platform/backup/restored-mark.ts'
import { type WrittenBackup, writeBackup } from '../../src/platform/backup/write-backup.ts'
import { buildServer } from '../../src/platform/http/serve.ts'
import { untraced } from '../../src/platform/http/trace.ts'
import { applyRetention } from '../../src/records/people/apply-retention.ts'
import { subjectHash } from '../../src/records/people/erase-subject.ts'
import {
  erasureFile,
  erasureListLock,
  findErasures,
  heedErasures,
  keepErasures,
} from '../../src/records/people/erasure-book.ts'
import { type ServedHamlet, servedHamlet } from '../routes/served-hamlet.ts'

const yexian = 410_422
const officer = `county-${yexian}`
const folder = mkdtempSync(join(tmpdir(), 'kuoyou-erased-'))
let hamlet: ServedHamlet
let older: WrittenBackup
let child: number

const lists = () => hamlet.books.audit.places.folders
const pupils = async (): Promise<{ total: number; rows: { personId: number }[] }> =>
  (await hamlet.ask(officer, 'GET', '/api/people/pupils')).body

before(async () => {
  hamlet = await servedHamlet(people.routes)
  await loadDemoChildren(hamlet.books.db, hamlet.books.vault, 7, '2024-09-01')
  older = await writeBackup({ pool: hamlet.owner, to: folder, platform: 'test' })
  child = (await pupils()).rows[0]!.personId
  const path = `/api/people/pupils/${child}/erasure`
  assert.equal((await hamlet.ask(officer, 'POST', path, { reason: 'request' })).status, 200)
  await keepErasures(hamlet.books.db, lists(), 1)
})
after(async () => {
  await hamlet.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The older backup in an empty database; `anchors` is what the new data folder finds in its two places. */
async function restored(
  prepare: (data: string) => void,
  look: (empty: EmptyDatabase, data: string) => Promise<void>,
): Promise<void> {
  const empty = await temporaryCluster()
  const data = mkdtempSync(join(folder, 'data-'))
  prepare(data)
  try {
    await restoreBackup({
      backup: older.folder,
      pool: empty.db.pool,
      folders: migrationFolders,
      after: afterRestore(empty.db, { source: older.folder, data }),
    })
    await look(empty, data)
  } finally {
    await empty.drop()
  }
}

const stands = async ({ db }: EmptyDatabase, personId = child) =>
  (await db.pool.query('select 1 from people.subject_salt where person_id = $1', [personId])).rowCount === 1
/** The keys lie outside the database and its backup; the operator puts them back. */
const withKeys = (data: string) => cpSync(join(hamlet.data, 'keys'), join(data, 'keys'), { recursive: true })
const withList = (data: string) => {
  withKeys(data)
  mkdirSync(join(data, 'anchors'))
  cpSync(erasureFile(lists()[0]), erasureFile(join(data, 'anchors')))
}

test('an erasure stands in both places, as digests alone, and in the audit as a digest', async () => {
  const hash = subjectHash(yexian, child).toString('hex')
  for (const place of lists()) {
    assert.equal(findErasures([place])?.[0]?.subjectHash, hash)
    assert.doesNotMatch(readFileSync(erasureFile(place), 'utf8'), new RegExp(`\\b${child}\\b`))
  }
  const { rows } = await hamlet.owner.query(
    "select subjects::text, to_jsonb(e)::text as whole from audit.entry as e where act like '%erasure%'",
  )
  assert.equal(rows.length, 1)
  assert.ok(rows[0].subjects.includes(hash))
  assert.doesNotMatch(rows[0].whole, /"name"|99\d{15}/)
})

test('an erasure that did not come to hold puts nobody on the list', async () => {
  const stays = (await pupils()).rows[0]!.personId
  const untraceable = await buildServer({
    routes: people.routes,
    context: hamlet.books,
    version: 'test',
    tracing: { ...untraced, within: () => Promise.reject(new Error('no trace, no act')) },
    onFault: () => {},
  })
  const answer = await untraceable.inject({
    method: 'POST',
    url: `/api/people/pupils/${stays}/erasure`,
    headers: {
      cookie: `kuoyou_session=${await openSession(hamlet.owner, officer)}`,
      'sec-fetch-site': 'same-origin',
    },
    payload: { reason: 'request' },
  })
  await untraceable.close()
  assert.equal(answer.statusCode, 500)
  const hash = subjectHash(yexian, stays).toString('hex')
  assert.ok(!findErasures(lists())?.some((each) => each.subjectHash === hash))
  assert.ok((await pupils()).rows.some(({ personId }) => personId === stays))
})

test('an older backup does not bring the child back: gone before anyone can look', async () => {
  const before = (await pupils()).total
  await restored(withList, async (empty, data) => {
    assert.equal(await stands(empty), false)
    assert.ok(await booksOf({ db: empty.db }, data))
    const { rows } = await empty.db.pool.query(
      'select count(*) as left from people.enrolment_record where county_id = $1',
      [yexian],
    )
    assert.equal(rows[0].left, before)
    assert.equal((await empty.db.pool.query('select 1 from people.erasure')).rowCount, 1)
  })
})

test('without a list the restored database stays closed, until told', async () => {
  await restored(withKeys, async (empty, data) => {
    assert.equal(await stands(empty), true)
    await assert.rejects(booksOf({ db: empty.db }, data), /还没有照已删名单再删一遍.*retention reapply/)
    await openRestored(empty.db.pool, '操作人声明没有名单')
    assert.ok(await booksOf({ db: empty.db }, data))
  })
})

test('an older state brought in behind the platform’s back is put right at the next start', async () => {
  await restored(withKeys, async (empty) => {
    assert.equal(await heedErasures(empty.db, lists()), 1)
    assert.equal(await stands(empty), false)
    assert.equal(await heedErasures(empty.db, lists()), 0)
  })
})

test('who is given the number of an erased person after a restore is somebody else and stays', async () => {
  await restored(withKeys, async (empty) => {
    const numbers = await empty.db.pool.query("select nextval('people.person_serial') as next")
    const given = await hamlet.owner.query("select nextval('people.person_serial') as next")
    assert.ok(numbers.rows[0].next > given.rows[0].next, 'numbers go on beyond any given meanwhile')
    await empty.db.pool.query(
      "update people.subject_salt set salt = decode(repeat('ab', 16), 'hex') where person_id = $1",
      [child],
    )
    assert.equal(await heedErasures(empty.db, lists()), 0)
    assert.equal(await stands(empty), true)
  })
})

test('a line that a power cut left unfinished is written again; a spoilt one is named', async () => {
  const place = join(folder, 'torn')
  await keepErasures(hamlet.books.db, [place])
  const whole = readFileSync(erasureFile(place), 'utf8')
  writeFileSync(erasureFile(place), whole.slice(0, 40))
  await keepErasures(hamlet.books.db, [place])
  assert.equal(readFileSync(erasureFile(place), 'utf8'), whole)
  const saltless = JSON.stringify({ ...JSON.parse(whole.split('\n')[0]!), saltHash: null })
  writeFileSync(erasureFile(place), `${saltless}\n`)
  assert.equal(findErasures([place])?.length, 1)
  writeFileSync(erasureFile(place), `${whole.slice(0, 40)}\n`)
  assert.throws(() => findErasures([place]), /第 1 行不是已删名单的一行/)
  const nobody = join(folder, 'nobody')
  await keepErasures(hamlet.books.db, [nobody], 1)
  assert.ok(existsSync(erasureFile(nobody)))
})

test('the list is written by one process at a time, and whole lines in it are never cut', async () => {
  const place = join(folder, 'shared')
  const other = await hamlet.owner.connect()
  await other.query('begin')
  await other.query('select pg_advisory_xact_lock($1)', [erasureListLock])
  const writing = keepErasures(hamlet.books.db, [place])
  await wait(300)
  assert.ok(!existsSync(erasureFile(place)), 'waits for the other process')
  await other.query('commit')
  other.release()
  await writing
  const line = readFileSync(erasureFile(place), 'utf8')
  const theirs = `${JSON.stringify({ ...JSON.parse(line), subjectHash: 'a'.repeat(64) })}\n`
  writeFileSync(erasureFile(place), theirs)
  await keepErasures(hamlet.books.db, [place])
  assert.equal(readFileSync(erasureFile(place), 'utf8'), theirs + line)
})

test('what falls due while the clock travels is gone from rows, salts, search and conditions, and stands on the list', async () => {
  const [due, kept] = (await pupils()).rows
  const { db } = hamlet.books
  const leave = (personId: number, on: string) =>
    hamlet.owner.query(
      `update people.enrolment_record set valid = daterange(lower(valid), $2::date) where person_id = $1`,
      [personId, on],
    )
  await leave(due!.personId, '2025-07-01')
  await leave(kept!.personId, '2025-07-02')
  assert.equal((await applyRetention(db, [yexian], '2028-06-30'))['left-pupils'], 0)
  const { rows: named } = await hamlet.owner.query(
    'select name_index from people.person where person_id = $1',
    [due!.personId],
  )
  assert.equal((await applyRetention(db, [yexian], '2028-07-01'))['left-pupils'], 1)
  const tables = [
    'people.person',
    'people.subject_salt',
    'people.enrolment_record',
    'people_sealed.condition',
  ]
  for (const table of tables) {
    const { rowCount } = await hamlet.owner.query(`select 1 from ${table} where person_id = $1`, [
      due!.personId,
    ])
    assert.equal(rowCount, 0, table)
  }
  const found = await hamlet.owner.query(
    'select 1 from people.person where name_index = $1 and person_id = $2',
    [named[0].name_index, due!.personId],
  )
  assert.equal(found.rowCount, 0)
  await keepErasures(db, lists(), 1)
  assert.ok(
    findErasures(lists())!.some(
      (each) => each.subjectHash === subjectHash(yexian, due!.personId).toString('hex'),
    ),
  )
})
