import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { basesFolder, pruneArchive, writeBaseBackup } from './base-backup.ts'

const archive = mkdtempSync(join(tmpdir(), 'kuoyou-bases-'))
const bases = basesFolder(archive)
after(() => rmSync(archive, { recursive: true, force: true }))

test('a database that cannot be reached leaves nothing half-written', async () => {
  const server = createServer((socket: Socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const connection = { host: '127.0.0.1', port, user: 'nobody', database: 'none' }
  await assert.rejects(writeBaseBackup({ archive, database: archive, connection, platform: 'test' }))
  server.close()
  assert.deepEqual(readdirSync(bases), [])
})

test('a base that a crash left half-written goes with the next clearing; one under way and strangers stay', async () => {
  const [left, current] = ['kuoyou-base-20260101T000000000Z.half', 'kuoyou-base-20260102T000000000Z.half']
  for (const name of [left, current, 'mine.half']) {
    mkdirSync(join(bases, name), { recursive: true })
    writeFileSync(join(bases, name, 'files'), '')
  }
  const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000)
  for (const path of [left, join(left, 'files'), current, 'mine.half', join('mine.half', 'files')])
    utimesSync(join(bases, path), twoDaysAgo, twoDaysAgo)
  assert.deepEqual(await pruneArchive(archive, 1, undefined), {
    bases: 0,
    segments: 0,
    oldestAt: undefined,
  })
  assert.deepEqual(readdirSync(bases).sort(), [current, 'mine.half'])
})
