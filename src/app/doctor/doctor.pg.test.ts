import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { databaseForTests, type TestDatabase } from '../../../test/house/database-for-tests.ts'
import { anchorHead } from '../../platform/audit/anchor-head.ts'
import { appendAlone, appendEntry } from '../../platform/audit/append-entry.ts'
import { sealAll } from '../../platform/audit/seal-entries.ts'
import { basesFolder } from '../../platform/backup/base-backup.ts'
import { markRestored, openRestored } from '../../platform/backup/restored-mark.ts'
import { startEmbeddedServer } from '../../platform/db/embedded-server.ts'
import { openDatabase } from '../../platform/db/open-database.ts'
import { archiveSettings, prepareArchive, walFolder } from '../../platform/db/wal-archive.ts'
import { openFiles } from '../../platform/files/file-store.ts'
import { keyProgram, smallKms } from '../../platform/vault/key-command.for-tests.ts'
import { keepErasures } from '../../records/people/erasure-book.ts'
import { examineDatabase, examineServing } from './examine-database.ts'
import { examineDoors } from './examine-doors.ts'
import { examineFiles } from './examine-files.ts'
import { examineArchive, examineBase, examineKeeping, type Kept } from './examine-keeping.ts'
import { examineMachine } from './examine-machine.ts'
import { examineSeparation, type Places } from './examine-separation.ts'
import type { Finding } from './finding.ts'

let live: TestDatabase
const folder = mkdtempSync(join(tmpdir(), 'kuoyou-doctor-'))
const pool = () => live.db.pool
const kept: Kept = {
  data: folder,
  archive: undefined,
  anchors: { folders: [join(folder, 'one'), join(folder, 'two')], keyFile: join(folder, 'audit-key') },
  embedded: true,
  synthetic: false,
}
before(async () => {
  live = await databaseForTests()
  await pool().query(
    "insert into registry.county (county_id, code, name, kind, city_id) values (410401, '410401', '试', 'county', 410400)",
  )
})
after(async () => {
  await live.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The level of one line; whatever is not well says why and how to mend it. */
function levelOf(findings: readonly Finding[], what: string): string {
  const found = findings.filter((each) => each.what === what)
  assert.equal(found.length, 1, `one line about ${what}`)
  const { level, mend, words } = found[0]!
  if (level !== 'pass') assert.ok(words && mend, what)
  return level
}

test('stored files: a folder that is gone, content that is lost, spoilt or nobody’s', async () => {
  const stored = join(folder, 'files')
  const levels = async (what: string) => levelOf(await examineFiles(pool(), stored), what)
  assert.equal(await levels('文件目录'), 'pass')
  const files = openFiles(pool(), stored)
  const kinds = { mediaType: 'text/plain', owner: 'x', purpose: 'test' }
  const written = await files.write({ ...kinds, bytes: randomBytes(100), name: 'a.txt' })
  assert.ok(written.ok)
  await files.enter(pool(), written.value)
  assert.equal(await levels('文件内容'), 'pass')
  const { sha256 } = written.value
  const place = join(stored, sha256.slice(0, 2), sha256.slice(2))
  writeFileSync(place, 'something else')
  assert.equal(await levels('文件内容'), 'fail')
  const nobodys = join(stored, '00', 'f'.repeat(62))
  mkdirSync(join(stored, '00'), { recursive: true })
  writeFileSync(nobodys, '')
  assert.equal(await levels('无主文件'), 'pass')
  utimesSync(nobodys, 0, 0)
  assert.equal(await levels('无主文件'), 'note')
  rmSync(stored, { recursive: true })
  assert.equal(await levels('文件目录'), 'fail')
})

test('keys: one that is missing, one that others can read', () => {
  const data = join(folder, 'keys-of')
  const levels = (what: string) => levelOf(examineMachine(data), what)
  assert.equal(levels('数据密钥'), 'note')
  mkdirSync(join(data, 'keys'), { recursive: true })
  const key = join(data, 'keys/master.key')
  writeFileSync(key, 'x', { mode: 0o600 })
  assert.equal(levels('数据密钥'), 'pass')
  chmodSync(key, 0o644)
  assert.equal(levels('数据密钥'), 'fail')
  process.env.KUOYOU_KEY_FILE = join(folder, 'nowhere.key')
  try {
    assert.equal(levels('数据密钥'), 'fail')
  } finally {
    delete process.env.KUOYOU_KEY_FILE
  }
})

test('doors: a demonstration account on a real site; a demonstration site within others’ reach', async () => {
  const data = join(folder, 'doors')
  mkdirSync(data)
  assert.equal(levelOf(await examineDoors(pool(), false, data), '账号'), 'pass')
  await pool().query("insert into access.account (account, name, demonstration) values ('demo', '', true)")
  assert.equal(levelOf(await examineDoors(pool(), false, data), '账号'), 'fail')

  const listening = async () => levelOf(await examineDoors(pool(), true, data), '演示站点的监听')
  assert.equal(await listening(), 'pass')
  process.env.KUOYOU_PROXY = '127.0.0.1'
  assert.equal(await listening(), 'fail')
  delete process.env.KUOYOU_PROXY
})

test('keys beside the data fail a real site; another disk or a key program mends it; no virus scanner is told', async () => {
  const data = join(folder, 'apart')
  mkdirSync(data)
  // Not there yet: it will lie where its folder does.
  const beside = { data, keyFile: join(data, 'keys/master.key'), auditKey: join(data, 'audit-key') }
  // /proc is a disk of its own on every machine.
  const elsewhere = { data, keyFile: '/proc/version', auditKey: '/proc/version' }
  const levels = async (places: Places, ...whats: string[]) => {
    const findings = await examineSeparation(places)
    return whats.map((what) => levelOf(findings, what))
  }
  assert.deepEqual(await levels(beside, '数据密钥所在', '审计密钥所在', '查毒'), ['fail', 'fail', 'note'])
  assert.deepEqual(await levels(elsewhere, '数据密钥所在', '审计密钥所在'), ['pass', 'pass'])
  assert.deepEqual(
    (await examineSeparation({ ...beside, data: undefined })).map(({ what }) => what),
    ['查毒'],
  )
  process.env.KUOYOU_CLAMD = '127.0.0.1:3310'
  process.env.KUOYOU_KEY_COMMAND = keyProgram(folder, 'kms', smallKms)
  try {
    assert.deepEqual(await levels(beside, '密钥程序', '审计密钥所在', '查毒'), ['pass', 'fail', 'pass'])
    keyProgram(folder, 'kms', 'process.exit(1)')
    assert.deepEqual(await levels(beside, '密钥程序'), ['fail'])
    assert.ok(!examineMachine(data).some(({ what }) => what === '数据密钥'))
  } finally {
    delete process.env.KUOYOU_CLAMD
    delete process.env.KUOYOU_KEY_COMMAND
  }
})

test('doors: the port of a demonstration site that answers on an outer address is told', async (context) => {
  const data = join(folder, 'doors-open')
  mkdirSync(data)
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
  const { port } = server.address() as { port: number }
  writeFileSync(join(data, 'running.json'), JSON.stringify({ pid: process.pid, port }))
  const findings = await examineDoors(pool(), true, data)
  server.close()
  const outer = Object.values(networkInterfaces())
    .flat()
    .some((each) => each && !each.internal)
  if (!outer) return context.skip('no address beyond loopback here')
  assert.equal(levelOf(findings, '演示站点的监听'), 'fail')
})

test('the archive: none, one that works, one that has gone away and come back', async () => {
  assert.equal(levelOf(await examineArchive(pool(), kept), '日志归档'), 'fail')
  assert.equal(levelOf(await examineArchive(pool(), { ...kept, synthetic: true }), '日志归档'), 'note')
  chmodSync(folder, 0o711)
  const archive = join(folder, 'log-archive')
  prepareArchive(archive)
  const server = await startEmbeddedServer(join(folder, 'db'), undefined, archiveSettings(archive))
  const own = openDatabase(server.connection, 1)
  try {
    const segment = async () => {
      await own.pool.query('create table if not exists t (i int)')
      await own.pool.query('insert into t values (1)')
      await own.pool.query('select pg_switch_wal()')
    }
    const becomes = async (wanted: string) => {
      for (let turn = 0; turn < 300; turn += 1) {
        const findings = await examineArchive(own.pool, kept)
        if (levelOf(findings, '日志归档') === wanted && /\d/.test(findings[0]!.words)) return
        await wait(100)
      }
      assert.fail(`the archive did not become ${wanted}`)
    }
    await segment()
    await becomes('pass')
    renameSync(walFolder(archive), `${archive}-away`)
    await segment()
    await becomes('fail')
    renameSync(`${archive}-away`, walFolder(archive))
    await becomes('pass')
  } finally {
    await own.close()
    await server.stop()
  }
})

test('the audit: unsealed for long, never anchored, anchors that differ or are old', async () => {
  const levels = async (what: string) =>
    levelOf(await examineKeeping(pool(), { ...kept, synthetic: true }), what)
  assert.equal(await levels('审计锚点'), 'note')
  await appendAlone(pool(), { trace: 't', account: 'a', role: 'r', act: 'x', outcome: 'done' })
  assert.equal(await levels('审计封存'), 'pass')
  await pool().query("update audit.entry set at = now() - interval '2 minutes'")
  assert.equal(await levels('审计封存'), 'note')
  await anchorHead(pool(), kept.anchors)
  assert.equal(await levels('审计封存'), 'pass')
  // A transaction that ends late holds a lower number than what was sealed meanwhile.
  const long = await pool().connect()
  await long.query('begin')
  await appendEntry(long, { trace: 't', account: 'a', role: 'r', act: 'late', outcome: 'done' })
  await appendAlone(pool(), { trace: 't', account: 'a', role: 'r', act: 'meanwhile', outcome: 'done' })
  await sealAll(pool())
  await long.query('commit')
  long.release()
  await pool().query("update audit.entry set at = now() - interval '2 minutes' where act = 'late'")
  assert.equal(await levels('审计封存'), 'note')
  await anchorHead(pool(), kept.anchors)
  assert.equal(await levels('审计封存'), 'pass')
  assert.equal(await levels('审计锚点'), 'pass')
  assert.equal(levelOf(await examineKeeping(pool(), kept), '审计锚点'), 'fail', 'both on one disk')
  rmSync(join(kept.anchors.folders[1], 'audit-anchors.jsonl'))
  assert.equal(await levels('审计锚点'), 'fail')
})

test('the list of the erased: short in one place, then made whole; a restored database not opened yet', async () => {
  const levels = async (what: string) => levelOf(await examineKeeping(pool(), kept), what)
  assert.equal(await levels('已删名单'), 'pass')
  await pool().query(
    "insert into people.erasure (county_id, subject_hash, salt_hash, reason, erased_by) values (410401, sha256('1'), sha256('2'), 'request', '')",
  )
  assert.equal(await levels('已删名单'), 'fail')
  await keepErasures(live.db, kept.anchors.folders)
  assert.equal(await levels('已删名单'), 'pass')
  await markRestored(pool(), '/backups/old')
  assert.equal(await levels('恢复的库'), 'fail')
  await openRestored(pool(), 'list')
  assert.ok(!(await examineKeeping(pool(), kept)).some(({ what }) => what === '恢复的库'))
})

test('the database: its clock, a drill that is due or failed, an upgrade left to do', async () => {
  const levels = async (what: string) => levelOf(await examineDatabase(pool()), what)
  assert.equal(await levels('升级'), 'pass')
  assert.equal(await levels('恢复演练'), 'note')
  const drilled = (days: number, passed: boolean) =>
    pool().query(
      `insert into ops.drill (started_at, passed, backup_milliseconds, restore_milliseconds, tables, rows, bytes, differences, reads)
       values (now() - make_interval(days => $1), $2, 1, 1, 1, 1, 1, '[]', '{}')`,
      [days, passed],
    )
  await drilled(40, true)
  assert.equal(await levels('恢复演练'), 'note')
  await drilled(3, true)
  assert.equal(await levels('恢复演练'), 'pass')
  await drilled(1, false)
  assert.equal(await levels('恢复演练'), 'fail')
  assert.equal(await levels('时钟'), 'pass')
  await pool().query("delete from public.migration where name = 'backup/0002-restored'")
  assert.equal(await levels('升级'), 'note')
})

test('the platform that serves signs in as a login of its own; as the owner it is told so', async () => {
  assert.equal((await examineServing(live.service.pool)).level, 'pass')
  assert.equal((await examineServing(live.db.pool)).level, 'fail')
})

test('bases are known by their names: none, an old one, a new one', async () => {
  const archive = join(folder, 'archive')
  mkdirSync(basesFolder(archive), { recursive: true })
  const levels = async (what: string) => levelOf(await examineBase({ ...kept, archive }), what)
  assert.equal(await levels('底本'), 'fail')
  assert.equal(await levels('归档所在'), 'note')
  const name = (at: Date) => `kuoyou-base-${at.toISOString().replaceAll(/[-:.]/g, '')}`
  mkdirSync(join(basesFolder(archive), name(new Date(Date.now() - 20 * 86_400_000))))
  assert.equal(await levels('底本'), 'note')
  mkdirSync(join(basesFolder(archive), name(new Date())))
  assert.equal(await levels('底本'), 'pass')
})
