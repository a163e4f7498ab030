import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { archiveFiles, fetchFiles } from './archive-files.ts'
import { backupKey } from './backup-key.ts'

const folder = mkdtempSync(join(tmpdir(), 'kuoyou-archive-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const [key, other] = [backupKey(Buffer.alloc(32, 1)), backupKey(Buffer.alloc(32, 2))]
const pathOf = (hash: string) => join(hash.slice(0, 2), hash.slice(2))

/** Stores and archives one file; returns its hash. */
async function archived(text: string, under: typeof key): Promise<string> {
  const hash = createHash('sha256').update(text).digest('hex')
  const place = join(folder, 'files', pathOf(hash))
  mkdirSync(dirname(place), { recursive: true })
  writeFileSync(place, text)
  assert.equal(await archiveFiles(join(folder, 'files'), join(folder, 'archive'), under), 1)
  return hash
}

test('a file damaged in the archive or sealed with another key is named; all others come back', async () => {
  const whole = await archived('whole', key)
  const damaged = await archived('damaged', key)
  const foreign = await archived('foreign', other)
  const cut = join(folder, 'archive', 'files', pathOf(damaged))
  writeFileSync(cut, readFileSync(cut).subarray(0, -1))
  const back = join(folder, 'back')
  assert.deepEqual(await fetchFiles(join(folder, 'archive'), [damaged, foreign, whole], back, key), [
    damaged,
    foreign,
  ])
  assert.equal(readFileSync(join(back, pathOf(whole)), 'utf8'), 'whole')
})
