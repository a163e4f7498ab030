import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { aesSuite } from './aes-suite.ts'
import { createKeyFile, keyFilePath, openKeyFile, renewMasterKey } from './key-file.ts'
import { smSuite } from './sm-suite.ts'

const folder = mkdtempSync(join(tmpdir(), 'kuoyou-keys-'))
after(() => rmSync(folder, { recursive: true }))
const key = Buffer.alloc(32, 1)

test('a new key file is its owner’s alone and is never written over', () => {
  const path = join(folder, 'new/master.key')
  createKeyFile(path, aesSuite)
  assert.equal(statSync(path).mode & 0o777, 0o600)
  assert.equal(statSync(join(folder, 'new')).mode & 0o777, 0o700)
  const before = readFileSync(path, 'utf8')
  createKeyFile(path, smSuite)
  assert.equal(readFileSync(path, 'utf8'), before)
})

for (const suite of [aesSuite, smSuite]) {
  test(`${suite.name}: a wrapped key comes back under its name, and after the master key was renewed`, async () => {
    const path = join(folder, `${suite.code}.key`)
    createKeyFile(path, suite)
    const keeper = openKeyFile(path)
    const wrapped = await keeper.wrap(key, 'C3/seal/1')
    assert.deepEqual(await keeper.unwrap(wrapped, 'C3/seal/1', keeper.current), key)
    assert.equal(await keeper.unwrap(wrapped, 'C4/seal/1', keeper.current), undefined)
    renewMasterKey(path, suite)
    const renewed = openKeyFile(path)
    assert.notEqual(renewed.current, keeper.current)
    assert.deepEqual(await renewed.unwrap(wrapped, 'C3/seal/1', keeper.current), key)
    assert.equal(await renewed.unwrap(wrapped, 'C3/seal/1', renewed.current), undefined)
    // Who opened the file before it was renewed reads it again.
    const fresh = await renewed.wrap(key, 'C3/seal/2')
    assert.deepEqual(await keeper.unwrap(fresh, 'C3/seal/2', renewed.current), key)
    assert.equal(keeper.current, renewed.current)
  })
}

test('a missing, open or spoilt key file is refused in plain words', () => {
  const path = join(folder, 'bad.key')
  assert.throws(() => openKeyFile(path), /读不到密钥文件.*放回原处/)
  createKeyFile(path, aesSuite)
  chmodSync(path, 0o644)
  assert.throws(() => openKeyFile(path), /chmod 600/)
  chmodSync(path, 0o600)
  writeFileSync(path, 'abcd A256GCM c2hvcnQ=\n')
  assert.throws(() => openKeyFile(path), /第 1 行/)
  writeFileSync(path, '')
  assert.throws(() => openKeyFile(path), /是空的/)
})

test('the key file lies beside the database, or where the site says', () => {
  assert.equal(keyFilePath('/srv/kuoyou'), '/srv/kuoyou/keys/master.key')
  process.env.KUOYOU_KEY_FILE = '/etc/kuoyou/master.key'
  try {
    assert.equal(keyFilePath('/srv/kuoyou'), '/etc/kuoyou/master.key')
  } finally {
    delete process.env.KUOYOU_KEY_FILE
  }
})
