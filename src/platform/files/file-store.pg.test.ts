import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { databaseForTests, type TestDatabase } from '../../../test/house/database-for-tests.ts'
import { type Files, type NewFile, openFiles } from './file-store.ts'
import { clamdScanner, type ScanResult } from './scan-for-viruses.ts'

let database: TestDatabase
const folder = mkdtempSync(join(tmpdir(), 'kuoyou-files-'))
const data = join(folder, 'files')
before(async () => {
  database = await databaseForTests()
})
after(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

const newFile = (bytes: Buffer, more: Partial<NewFile> = {}): NewFile => ({
  bytes,
  name: '附件.pdf',
  mediaType: 'application/pdf',
  owner: '甲',
  purpose: 'trial',
  ...more,
})

async function keep(files: Files, file: NewFile): Promise<string> {
  const written = await files.write(file)
  assert.ok(written.ok, written.ok ? '' : written.refusal.text)
  return database.db.transaction({ counties: [] }, (tx) => files.enter(tx, written.value))
}
const anyone = () => true
const placeOf = (sha256: string) => join(data, sha256.slice(0, 2), sha256.slice(2))

test('kept under its hash, once for the same content; opened by whom the caller lets', async () => {
  const files = openFiles(database.db.pool, data)
  const bytes = randomBytes(100_000)
  const [one, two] = [
    await keep(files, newFile(bytes)),
    await keep(files, newFile(bytes, { owner: '乙', name: '别名.pdf' })),
  ]
  const opened = await files.open(one, ({ owner }) => owner === '甲')
  assert.ok(opened?.ok)
  assert.deepEqual([opened.value.bytes.equals(bytes), opened.value.file.name], [true, '附件.pdf'])
  assert.equal(
    statSync(placeOf(opened.value.file.sha256)).mode & 0o077,
    0,
    'no one else on the machine may read it',
  )
  assert.equal(readdirSync(data).flatMap((shard) => readdirSync(join(data, shard))).length, 1)
  assert.equal(await files.open(two, ({ owner }) => owner === '甲'), undefined)
  assert.equal(await files.open('00000000-0000-4000-8000-000000000000', anyone), undefined)
})

test('content that was changed or lost is not handed out', async () => {
  const files = openFiles(database.db.pool, data)
  const fileId = await keep(files, newFile(Buffer.from('真的内容')))
  const opened = await files.open(fileId, anyone)
  assert.ok(opened?.ok)
  const place = placeOf(opened.value.file.sha256)
  chmodSync(place, 0o600)
  writeFileSync(place, '改过的内容')
  const changed = await files.open(fileId, anyone)
  assert.ok(changed && !changed.ok && changed.refusal.code === 'file.content-gone')
})

test('cleared at its end, while the same content of others stays; unentered content goes after a day', async () => {
  const files = openFiles(database.db.pool, data)
  const bytes = randomBytes(500)
  const [short, long] = [
    await keep(files, newFile(bytes, { keptDays: 30 })),
    await keep(files, newFile(bytes)),
  ]
  const left = await files.write(newFile(Buffer.from('从未登记')))
  assert.ok(left.ok)
  const unentered = placeOf(left.value.sha256)
  await files.clear()
  assert.ok(existsSync(unentered), 'its transaction may still be open')
  const longAgo = new Date(Date.now() - 2 * 86_400_000)
  utimesSync(unentered, longAgo, longAgo)
  await database.db.pool.query(
    "update files.file set expires_at = now() - interval '1 s' where file_id = $1",
    [short],
  )
  assert.equal(await files.open(short, anyone), undefined, 'over at its moment, not at the next clearing')
  const opened = await files.open(long, anyone)
  assert.ok(opened?.ok)
  utimesSync(placeOf(opened.value.file.sha256), longAgo, longAgo)
  await files.clear()
  assert.ok(!existsSync(unentered))
  assert.ok((await files.open(long, anyone))?.ok)
})

test('a full disk: refused with a sentence, nothing half kept, and well again once there is room', async (t) => {
  const small = mkdtempSync(join(tmpdir(), 'kuoyou-small-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', small], { stdio: 'ignore' })
  } catch {
    rmSync(small, { recursive: true })
    return t.skip('no right to mount a small disk here')
  }
  try {
    const files = openFiles(database.db.pool, small)
    const kept: string[] = []
    let refusals = 0
    for (let index = 0; index < 40; index++) {
      const written = await files.write(newFile(randomBytes(4_000_000)))
      if (written.ok) kept.push(await files.enter(database.db.pool, written.value))
      else {
        refusals++
        assert.equal(written.refusal.code, 'file.storage-full')
        assert.match(written.refusal.text, /磁盘满了—文件没有收下.*—请/)
      }
    }
    assert.ok(kept.length >= 14 && refusals > 20, `${kept.length} kept, ${refusals} refused`)
    for (const fileId of kept)
      assert.ok((await files.open(fileId, anyone))?.ok, 'what was acknowledged is whole')
    assert.equal(execFileSync('find', [small, '-name', '*.part'], { encoding: 'utf8' }), '')
    await database.db.pool.query('delete from files.file where file_id = any($1)', [kept.slice(0, 4)])
    const longAgo = new Date(Date.now() - 2 * 86_400_000)
    for (const place of execFileSync('find', [small, '-type', 'f'], { encoding: 'utf8' }).trim().split('\n'))
      utimesSync(place, longAgo, longAgo)
    await files.clear()
    assert.ok((await files.write(newFile(randomBytes(4_000_000)))).ok)
  } finally {
    execFileSync('umount', [small])
    rmSync(small, { recursive: true })
  }
})

/** Answers as clamd does; `reply` undefined hangs up without a word. */
async function fakeClamd(
  reply: (received: Buffer) => string | undefined,
): Promise<{ server: Server; address: string }> {
  const server = createServer((socket) => {
    let received = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', (piece) => {
      received = Buffer.concat([received, piece])
      if (!received.subarray(-4).equals(Buffer.alloc(4))) return
      const words = reply(contentOf(received))
      if (words === undefined) socket.destroy()
      else socket.end(`${words}\0`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, address: `127.0.0.1:${(server.address() as { port: number }).port}` }
}

function contentOf(received: Buffer): Buffer {
  const command = 'zINSTREAM\0'
  assert.equal(received.subarray(0, command.length).toString(), command)
  const pieces: Buffer[] = []
  for (let at = command.length; ; ) {
    const length = received.readUInt32BE(at)
    if (length === 0) return Buffer.concat(pieces)
    pieces.push(received.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
}

test('clamd is asked with the whole content; only its clear word lets a file through', async () => {
  const seen: Buffer[] = []
  const words = ['stream: OK', 'stream: Eicar-Test FOUND', 'INSTREAM size limit exceeded. ERROR', undefined]
  const { server, address } = await fakeClamd((received) => {
    seen.push(received)
    return words[seen.length - 1]
  })
  const bytes = randomBytes(200_000)
  const states: ScanResult['state'][] = []
  for (const _ of words) states.push((await clamdScanner(address)(bytes)).state)
  server.close()
  assert.deepEqual(states, ['clean', 'infected', 'unanswered', 'unanswered'])
  assert.ok(seen.every((each) => each.equals(bytes)))
  assert.equal((await clamdScanner(address)(bytes)).state, 'unanswered', 'nobody is there')
})

test('a scanner that does not come to an end counts as unanswered', async () => {
  const server = createServer(() => {})
  const path = join(folder, 'clamd.sock')
  await new Promise<void>((resolve) => server.listen(path, resolve))
  assert.deepEqual(await clamdScanner(path, 100)(Buffer.from('x')), { state: 'unanswered', why: 'timeout' })
  server.close()
})

test('scanner down: in quarantine, opened by nobody, until it answers', async () => {
  let answer: ScanResult = { state: 'unanswered', why: 'down' }
  const files = openFiles(database.db.pool, data, async () => answer)
  const [good, bad] = [
    await keep(files, newFile(Buffer.from('好文件'))),
    await keep(files, newFile(Buffer.from('坏文件'))),
  ]
  for (const fileId of [good, bad]) {
    const opened = await files.open(fileId, anyone)
    assert.ok(opened && !opened.ok && opened.refusal.code === 'file.in-quarantine')
  }
  await files.scanAgain()
  assert.equal((await files.open(good, anyone))?.ok, false)
  const asked = openFiles(database.db.pool, data, async (bytes) =>
    bytes.toString() === '坏文件' ? { state: 'infected', virus: 'Trial' } : { state: 'clean' },
  )
  await asked.scanAgain()
  assert.ok((await files.open(good, anyone))?.ok)
  const opened = await files.open(bad, anyone)
  assert.ok(opened && !opened.ok && opened.refusal.code === 'file.virus')
  answer = { state: 'infected', virus: 'Eicar' }
  const refused = await files.write(newFile(Buffer.from('病毒')))
  assert.ok(!refused.ok && /Eicar/.test(refused.refusal.text))
  const remains = readdirSync(data).flatMap((shard) =>
    readdirSync(join(data, shard)).map((name) => readFileSync(join(data, shard, name))),
  )
  assert.ok(remains.every((content) => !['坏文件', '病毒'].includes(content.toString())))
})
