import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { afterRestore } from '../../src/app/after-restore.ts'
import { backupMarks } from '../../src/app/backup-contents.ts'
import { forecastOnce } from '../../src/app/forecast-once.ts'
import { migrationFolders } from '../../src/app/migration-folders.ts'
import { booksOf } from '../../src/app/open-site.ts'
import { openSession } from '../../src/platform/access/session.ts'
import { type BackupKey, backupKey } from '../../src/platform/backup/backup-key.ts'
import { backupAges, recordBackup, recordDrill } from '../../src/platform/backup/backup-log.ts'
import { type Manifest, readManifest, tableFile, writeManifest } from '../../src/platform/backup/manifest.ts'
import { restoreBackup } from '../../src/platform/backup/restore-backup.ts'
import { type WrittenBackup, writeBackup } from '../../src/platform/backup/write-backup.ts'
import { type Database, openDatabase } from '../../src/platform/db/open-database.ts'
import type { Books } from '../../src/records/books.ts'
import { databaseForTests, type TestDatabase } from '../house/database-for-tests.ts'
import { trustBackup } from './backup-and-restore.ts'

let world: TestDatabase
let folder: string
let backup: WrittenBackup
let open: WrittenBackup
let untouched: Awaited<ReturnType<typeof emptyDatabase>>
const key = backupKey(randomBytes(32))
const filesFolder = () => join(folder, 'stored')
const pool = () => world.db.pool

before(async () => {
  world = await databaseForTests('hamlet')
  folder = mkdtempSync(join(tmpdir(), 'kuoyou-backup-'))
  mkdirSync(join(filesFolder(), 'ab'), { recursive: true })
  writeFileSync(join(filesFolder(), 'ab', 'abcdef'), randomBytes(700_000))
  await forecastOnce((await booksOf({ db: world.service })) as Books, () => {})
  await openSession(pool(), 'city')
  untouched = await emptyDatabase()
  backup = await writeBackup({
    pool: pool(),
    to: join(folder, 'to'),
    platform: 'test',
    key,
    filesFolder: filesFolder(),
    marks: backupMarks,
  })
  open = await writeBackup({
    pool: pool(),
    to: join(folder, 'open'),
    platform: 'test',
    filesFolder: filesFolder(),
  })
})
after(async () => {
  await untouched.drop()
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Restores into a database made empty for it. */
async function restored<T>(
  from: { backup: string; key?: BackupKey | undefined },
  look: (pool: pg.Pool, manifest: Manifest) => Promise<T>,
): Promise<T> {
  const empty = await emptyDatabase()
  try {
    const files = mkdtempSync(join(folder, 'files-'))
    const manifest = await restoreBackup({
      ...from,
      pool: empty.pool,
      folders: migrationFolders,
      filesFolder: files,
      marks: backupMarks,
      after: afterRestore(empty.db, { source: 'test', data: folder }),
    })
    assert.deepEqual(readFileSync(join(files, 'ab/abcdef')), readFileSync(join(filesFolder(), 'ab/abcdef')))
    return await look(empty.pool, manifest)
  } finally {
    await empty.drop()
  }
}

async function emptyDatabase(): Promise<{ db: Database; pool: pg.Pool; drop(): Promise<void> }> {
  const name = `kuoyou_empty_${process.pid}_${Date.now().toString(36)}`
  await pool().query(`create database ${name} template template0 encoding 'UTF8'`)
  const { host, port, user, password } = pool().options
  const db = openDatabase({ host, port, user, password: password as string, database: name }, 4)
  return {
    db,
    pool: db.pool,
    drop: async () => {
      await db.close()
      await pool().query(`drop database ${name} with (force)`)
    },
  }
}

test('everything comes back: rows, sequences, keys, policies; sessions do not', async () => {
  await restored({ backup: backup.folder, key }, async (empty, manifest) => {
    assert.ok(manifest.tables.find(({ name }) => name === 'registry.enrolment')!.rows > 100)
    assert.ok(manifest.tables.find(({ name }) => name === 'access.session')!.rows > 0)
    assert.equal((await empty.query('select count(*) as count from access.session')).rows[0].count, 0)
    const catalogue = `select 'fk ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) as line from pg_constraint where contype = 'f'
      union all select 'forced ' || oid::regclass from pg_class where relforcerowsecurity
      union all select 'sequence ' || schemaname || '.' || sequencename || ' ' || coalesce(last_value, 0) from pg_sequences where sequencename <> 'person_serial' order by 1`
    assert.deepEqual((await empty.query(catalogue)).rows, (await pool().query(catalogue)).rows)
    const next = await empty.query(
      "insert into registry.act (county_id, kind, doc_number, decided_on, effective_on, recorded_by) select county_id, 'load', '', now(), now(), '' from registry.county limit 1 returning act_id",
    )
    const last = await pool().query('select max(act_id) as last from registry.act')
    assert.ok(next.rows[0].act_id > last.rows[0].last, 'a number is not given twice')
  })
})

test('what is written while the backup runs is whole or absent: no session comes back without its account', async () => {
  let going = true
  const backingUp = writeBackup({ pool: pool(), to: join(folder, 'busy'), platform: 'test' }).finally(() => {
    going = false
  })
  let written = 0
  for (; going; written += 1)
    await pool().query(
      `with added as (insert into access.account (account, name, demonstration) values ($1, '', true))
       insert into access.session (token_hash, account, expires_at) values (sha256($1::text::bytea), $1, now())`,
      [`busy-${written}`],
    )
  const { folder: busy } = await backingUp
  assert.ok(written > 10)
  const empty = await emptyDatabase()
  await restoreBackup({ backup: busy, pool: empty.pool, folders: migrationFolders })
  await empty.drop()
})

test('a database that holds anything is refused and left as it is', async () => {
  const marked = () => pool().query('select count(*) as count from registry.act')
  const before = (await marked()).rows[0].count
  await assert.rejects(
    restoreBackup({ backup: backup.folder, key, pool: pool(), folders: migrationFolders }),
    /只能恢复到空的数据库，这里已有 \d+ 张表.*没有动它们/,
  )
  assert.equal((await marked()).rows[0].count, before)
})

test('without the key, with another, or from no backup: one plain sentence each', async () => {
  await assert.rejects(readManifest(backup.folder, undefined), /加密的，没有密钥打不开。请用 --key/)
  await assert.rejects(readManifest(backup.folder, backupKey(randomBytes(32))), /密钥不对/)
  await assert.rejects(readManifest(folder, key), /不是一份完整的备份/)
  writeFileSync(join(folder, 'manifest'), 'something else\n')
  await assert.rejects(readManifest(folder, key), /不是扩优的备份文件/)
})

test('nothing of a sealed backup can be read: no name, no code, no plain table', () => {
  const bytes = readdirSync(join(backup.folder, 'tables')).map((name) =>
    readFileSync(join(backup.folder, 'tables', name)),
  )
  assert.ok(bytes.length > 20)
  for (const each of bytes) {
    // The first line is drawn at random and written in hexadecimal: any four digits may stand in it.
    const sealed = each.subarray(each.indexOf('\n') + 1)
    assert.ok(!each.includes('小学') && !sealed.includes('4104'))
  }
})

/** Damage of every kind, each done to a copy of the backup; all must be found before the first write. */
const damages: Readonly<Record<string, (copy: string) => void>> = {
  'one bit changed in a table': (copy) => changeBit(tableFile(copy, 'registry.enrolment')),
  'one bit changed in a stored file': (copy) => changeBit(join(copy, 'files/ab/abcdef')),
  'one bit changed in the manifest': (copy) => changeBit(join(copy, 'manifest')),
  'the end of a table cut off': (copy) => truncateSync(tableFile(copy, 'registry.act'), 200),
  'a table cut off between two pieces': (copy) => cutLastPiece(tableFile(copy, 'registry.enrolment')),
  'something added to a table': (copy) =>
    writeFileSync(
      tableFile(copy, 'registry.act'),
      Buffer.concat([readFileSync(tableFile(copy, 'registry.act')), randomBytes(40)]),
    ),
  'a table put in the place of another': (copy) =>
    cpSync(tableFile(copy, 'registry.unit'), tableFile(copy, 'registry.institution')),
  'a table missing': (copy) => rmSync(tableFile(copy, 'registry.unit')),
}

function changeBit(path: string): void {
  const bytes = readFileSync(path)
  const place = Math.floor(bytes.length * 0.7)
  bytes[place] = bytes[place]! ^ 4
  writeFileSync(path, bytes)
}

function cutLastPiece(path: string): void {
  const bytes = readFileSync(path)
  let at = bytes.indexOf(10) + 1
  for (;;) {
    const head = bytes.readUInt32BE(at)
    if (head >= 0x80000000) break
    at += 4 + head + 16
  }
  writeFileSync(path, bytes.subarray(0, at))
}

for (const sealed of [true, false])
  for (const [kind, damage] of Object.entries(damages))
    test(`${sealed ? 'sealed' : 'open'} backup, ${kind}: refused, and the empty database stays empty`, async () => {
      const used = sealed ? key : undefined
      const source = sealed ? backup : open
      const copy = mkdtempSync(join(folder, 'copy-'))
      cpSync(source.folder, copy, { recursive: true })
      damage(copy)
      await assert.rejects(
        restoreBackup({ backup: copy, key: used, pool: untouched.pool, folders: migrationFolders }),
        /已损坏|读不出来|不符|不是扩优的备份/,
      )
      const { rows } = await untouched.pool.query(
        "select count(*) as count from pg_tables where schemaname !~ '^(pg_|information)'",
      )
      assert.equal(rows[0].count, 0)
    })

test('a backup of a newer version, or of another form, is refused by name', async () => {
  const manifest = await readManifest(backup.folder, key)
  const copy = mkdtempSync(join(folder, 'newer-'))
  await writeManifest(
    copy,
    { ...manifest, platform: '9.9.9', migrations: [...manifest.migrations, 'later/0001-later'] },
    undefined,
  )
  await assert.rejects(
    restoreBackup({ backup: copy, pool: untouched.pool, folders: migrationFolders }),
    /较新的版本（9\.9\.9）.*later\/0001-later/,
  )
  await writeManifest(copy, { ...manifest, format: 2 }, undefined)
  await assert.rejects(readManifest(copy, undefined), /格式是第 2 版/)
  await writeManifest(
    copy,
    { ...manifest, files: [{ path: '../../out', bytes: 1, sha256: '' }], tables: [] },
    undefined,
  )
  await assert.rejects(
    restoreBackup({ backup: copy, pool: untouched.pool, folders: migrationFolders }),
    /不合规矩/,
  )
})

test('the drill finds all equal and leaves its record, from which the ages are known', async () => {
  const { db } = world
  assert.deepEqual(await backupAges(db.pool), {
    backupDays: undefined,
    drillDays: undefined,
    lastDrillFailed: false,
  })
  const outcome = await trustBackup(db, (line) => process.stdout.write(`${line}\n`))
  await recordDrill(db.pool, outcome)
  await recordBackup(db.pool, backup, true)
  const ages = await backupAges(db.pool)
  assert.ok(ages!.drillDays! < 0.1 && ages!.backupDays! < 0.1 && !ages!.lastDrillFailed)
  await recordDrill(db.pool, { ...outcome, startedAt: new Date().toISOString(), differences: ['x'] })
  assert.ok((await backupAges(db.pool))!.lastDrillFailed)
})
