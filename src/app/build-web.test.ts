import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { shelve } from './build-web.ts'

const shelf = mkdtempSync(join(tmpdir(), 'kuoyou-shelf-'))
after(() => rmSync(shelf, { recursive: true }))

function built(name: string, says: string): string {
  const folder = join(shelf, name)
  mkdirSync(folder)
  writeFileSync(join(folder, 'index.html'), says)
  return folder
}

test('of two that build the same pages at once the first is served on; an earlier version goes', () => {
  built('web-earlier', 'earlier')
  const folder = join(shelf, 'web-now')
  const [first, second] = [built('web-now.half-1', 'first'), built('web-now.half-2', 'second')]
  shelve(first, folder)
  shelve(second, folder)
  assert.equal(readFileSync(join(folder, 'index.html'), 'utf8'), 'first')
  assert.deepEqual(readdirSync(shelf), ['web-now'])
})

test('a build that cannot be put in its place is said, not passed over', () => {
  assert.throws(() => shelve(join(shelf, 'never-built'), join(shelf, 'web-other')), /ENOENT/)
  assert.ok(!existsSync(join(shelf, 'web-other')))
})
