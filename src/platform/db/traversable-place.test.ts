import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { closedParent, reachableCopy, runsAsRoot } from './traversable-place.ts'

const folder = mkdtempSync(join(tmpdir(), 'kuoyou-place-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('a folder strangers may not enter is found on the way', () => {
  const inner = join(folder, 'a/b')
  mkdirSync(inner, { recursive: true })
  chmodSync(folder, 0o700)
  assert.equal(closedParent(inner), folder)
  chmodSync(folder, 0o711)
  assert.equal(closedParent(inner), undefined)
})

test('what lies behind a closed door is copied to where it can be reached, once', {
  skip: !runsAsRoot() && 'only root may write there',
}, () => {
  const programs = join(folder, 'programs')
  mkdirSync(programs)
  writeFileSync(join(programs, 'word'), 'first')
  chmodSync(folder, 0o700)
  const name = `test-${process.pid}`
  const copy = reachableCopy(programs, name)
  assert.equal(closedParent(copy), undefined)
  writeFileSync(join(programs, 'word'), 'second')
  assert.equal(reachableCopy(programs, name), copy)
  assert.equal(readFileSync(join(copy, 'word'), 'utf8'), 'first')
  rmSync(copy, { recursive: true })
  chmodSync(folder, 0o711)
  assert.equal(reachableCopy(programs, name), programs)
})
