import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { fetchFiles, pruneFiles } from '../../platform/backup/archive-files.ts'
import { readBackupKey } from '../../platform/backup/backup-key.ts'
import { startEmbeddedServer } from '../../platform/db/embedded-server.ts'
import { root } from '../data-folder.ts'

/** Each command as an operator types it, on an embedded database of its own in a data folder of its own. */
const folder = mkdtempSync(join(tmpdir(), 'kuoyou-ops-'))
chmodSync(folder, 0o711)
const data = join(folder, 'data')
const key = join(folder, 'backup.key')
writeFileSync(key, `${'5a'.repeat(32)}\n`, { mode: 0o600 })
// A command never makes a database where it finds none: here is one, empty.
before(async () => (await startEmbeddedServer(data)).stop())
after(() => rmSync(folder, { recursive: true, force: true }))

/** Set by the test of the archive; remembered by the data folder from then on. */
let archive: string | undefined
let archiveKey: string | undefined

function kuoyou(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { DATABASE_URL: _, KUOYOU_ARCHIVE: __, KUOYOU_BACKUP_KEY: ___, ...more } = process.env
  const environment = {
    ...more,
    ...(archive && { KUOYOU_ARCHIVE: archive }),
    ...(archiveKey && { KUOYOU_BACKUP_KEY: archiveKey }),
  }
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'src/app/cli.ts'), ...args],
      { env: environment },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

/** What the audit of a data folder tells of commands, in the order of their ends. */
async function runs(folder: string): Promise<string[]> {
  const server = await startEmbeddedServer(folder)
  const client = new pg.Client({ ...server.connection, database: 'kuoyou' })
  try {
    await client.connect()
    const { rows } = await client.query(
      "select account, act, outcome, facts->'arguments' as words from audit.entry where act like 'cli.%' order by seq",
    )
    for (const { account } of rows) assert.equal(account, `cli:${userInfo().username}`)
    return rows.map(({ act, outcome, words }) => `${act} ${words.join(' ')} ${outcome}`)
  } finally {
    await client.end()
    await server.stop()
  }
}

const levelOf = (out: string, what: string) =>
  (JSON.parse(out) as { what: string; level: string }[]).find((each) => each.what === what)?.level

let backup: string

test('a database not up to date: doctor says so and changes nothing; up brings it up', async () => {
  assert.match(
    (await kuoyou('migrate', 'up', '--to', 'db/0001-scope', '--data', data)).out,
    /已升级 1 个：db\/0001-scope/,
  )
  assert.match((await kuoyou('migrate', 'down', '--data', data)).out, /已退回 1 个：db\/0001-scope/)
  const before = await kuoyou('doctor', '--data', data)
  assert.equal(before.code, 1, before.err)
  assert.match(before.out, /通过 {2}数据库：PostgreSQL \d+/)
  assert.match(before.out, /不通过 {2}升级：还有 \d+ 个没有做.*kuoyou migrate up/)
  assert.match((await kuoyou('migrate', '--data', data)).out, /还没有做：db\/0001-scope/)
  assert.equal((await kuoyou('migrate', 'up', '--data', data)).code, 0)
  assert.match((await kuoyou('migrate', '--data', data)).out, /都已做过/)
})

test('backup, drill: doctor knows their age; restore brings it into a new folder and refuses a used one', async () => {
  assert.equal(levelOf((await kuoyou('doctor', '--json', '--data', data)).out, '恢复演练'), 'note')
  const made = await kuoyou('backup', '--data', data, '--key', key, '--to', join(folder, 'to'), '--json')
  assert.equal(made.code, 0, made.err)
  backup = JSON.parse(made.out).folder
  const drilled = await kuoyou('drill', '--data', data)
  assert.equal(drilled.code, 0, drilled.err)
  assert.match(drilled.out, /恢复演练记录[\s\S]*恢复时间 RTO[\s\S]*结论：通过/)
  const after = (await kuoyou('doctor', '--json', '--data', data)).out
  assert.deepEqual([levelOf(after, '备份'), levelOf(after, '恢复演练')], ['pass', 'pass'])

  const back = await kuoyou('restore', backup, '--data', join(folder, 'new'), '--key', key)
  assert.equal(back.code, 0, back.err)
  assert.match(back.out, /行数与校验值全部相符/)
  const again = await kuoyou('restore', backup, '--data', join(folder, 'new'), '--key', key)
  assert.equal(again.code, 1)
  assert.match(again.err, /只能恢复到空的数据库/)

  assert.deepEqual(await runs(data), [
    'cli.migrate up --data … done',
    'cli.migrate --data … done',
    'cli.backup --data … --key … --to … --json done',
    'cli.drill --data … done',
  ])
  // What was restored knows what had been done before, and that it was restored.
  assert.deepEqual((await runs(join(folder, 'new'))).slice(2), [
    'cli.restore … --data … --key … done',
    'cli.restore … --data … --key … failed',
  ])
})

test('a base and the archived log: back to the last change, stored files too, sealed; old bases and what they needed go', async () => {
  const none = await kuoyou('backup', '--base', '--data', data)
  assert.equal(none.code, 1)
  assert.match(none.err, /没有归档目录.*KUOYOU_ARCHIVE/)
  archive = join(folder, 'archive')
  const content = Buffer.from('a stored file')
  const sha256 = createHash('sha256').update(content).digest('hex')
  mkdirSync(join(data, 'files', sha256.slice(0, 2)), { recursive: true })
  writeFileSync(join(data, 'files', sha256.slice(0, 2), sha256.slice(2)), content)
  const apart = await kuoyou('backup', '--base', '--data', data, '--key', key)
  assert.equal(apart.code, 1)
  assert.match(apart.err, /不是同一把密钥.*KUOYOU_BACKUP_KEY=/)
  archiveKey = key
  const first = await kuoyou('backup', '--base', '--data', data, '--key', key, '--json')
  assert.equal(first.code, 0, first.err)
  archive = undefined
  const second = await kuoyou('backup', '--base', '--data', data, '--keep', '1', '--json')
  archiveKey = undefined
  assert.equal(second.code, 0, second.err)
  assert.equal(existsSync(JSON.parse(first.out).folder), false)
  const base = JSON.parse(second.out).folder
  assert.ok(!readFileSync(join(base, 'files')).includes('PG_VERSION'))

  const from = ['restore', '--archive', join(folder, 'archive')]
  const unkeyed = await kuoyou(...from, '--data', join(folder, 'pitr'))
  assert.match(unkeyed.err, /加密的，没有密钥打不开/)
  const back = await kuoyou(...from, '--data', join(folder, 'pitr'), '--key', key)
  assert.equal(back.code, 0, back.err)
  assert.match(back.err, /没有找到已删名单/)
  assert.match((await kuoyou('migrate', '--data', join(folder, 'pitr'))).out, /都已做过/)
  assert.equal(
    levelOf((await kuoyou('doctor', '--json', '--data', join(folder, 'pitr'))).out, '恢复的库'),
    'fail',
  )
  assert.match(
    (await kuoyou('retention', 'reapply', '--none', '--data', join(folder, 'pitr'))).out,
    /可以打开了/,
  )
  const again = await kuoyou(...from, '--data', join(folder, 'pitr'), '--key', key)
  assert.match(again.err, /只能恢复到空的数据目录/)
  const early = await kuoyou(
    ...from,
    '--data',
    join(folder, 'y'),
    '--key',
    key,
    '--until',
    '2020-01-01T00:00',
  )
  assert.match(early.err, /最早的底本也在 .* 之后/)
  const odd = await kuoyou(...from, '--data', join(folder, 'y'), '--key', key, '--until', '昨天')
  assert.equal(odd.code, 2)

  const files = join(folder, 'fetched')
  const sealed = readBackupKey(key)
  assert.deepEqual(await fetchFiles(join(folder, 'archive'), [sha256, 'e'.repeat(64)], files, sealed), [
    'e'.repeat(64),
  ])
  assert.deepEqual(readFileSync(join(files, sha256.slice(0, 2), sha256.slice(2))), content)
  rmSync(join(data, 'files'), { recursive: true })
  assert.equal(await pruneFiles(join(folder, 'archive'), new Date(Date.now() + 1_000).toISOString()), 1)
})

test('what an operator gets wrong is said in one sentence', async () => {
  const other = join(folder, 'other.key')
  writeFileSync(other, `${'6b'.repeat(32)}\n`)
  for (const [args, code, words] of [
    [['restore'], 2, /没有写备份目录/],
    [['restore', backup], 1, /没有写恢复到哪里/],
    [['restore', backup, '--data', join(folder, 'x')], 1, /加密的，没有密钥打不开/],
    [['restore', backup, '--data', join(folder, 'x'), '--key', other], 1, /密钥不对/],
    [['restore', folder, '--data', join(folder, 'x')], 1, /不是一份完整的备份/],
    [['backup', '--data', data, '--key', '/nowhere.key'], 1, /读不了备份密钥文件/],
    [['backup', '--data', data, '--keep', '0'], 1, /--keep 应是/],
    [['migrate', 'sideways'], 2, /没有“migrate sideways”/],
    [['migrate', 'down', '--to', 'no/such', '--data', data], 1, /没有做过名为/],
  ] as const) {
    const ended = await kuoyou(...args)
    assert.equal(ended.code, code, `${args.join(' ')}: ${ended.err}`)
    assert.match(ended.err, words)
  }
})
