import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { databaseForTests, type TestDatabase } from '../../../test/house/database-for-tests.ts'
import { aesSuite } from '../vault/aes-suite.ts'
import { createKeyFile, openKeyFile } from '../vault/key-file.ts'
import { addNewKeys, reseal } from '../vault/rotate-keys.ts'
import { openVault, type Vault } from '../vault/vault.ts'
import { sha256Of } from './content-store.ts'
import { type Files, openFiles } from './file-store.ts'
import { sealedFiles } from './sealed-files.ts'

let database: TestDatabase
let vault: Vault
let files: Files
const folder = mkdtempSync(join(tmpdir(), 'kuoyou-sealed-'))
const data = join(folder, 'files')
before(async () => {
  database = await databaseForTests()
  createKeyFile(join(folder, 'master.key'), aesSuite)
  vault = openVault(database.db.pool, openKeyFile(join(folder, 'master.key')), aesSuite)
  files = openFiles(database.db.pool, data, undefined, vault)
})
after(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

const roster = Buffer.from('姓名,证件号码\n王小明,990422201501010011\n')

async function keepRoster(): Promise<string> {
  const written = await files.write({
    bytes: roster,
    name: '名册.csv',
    mediaType: 'text/csv',
    owner: '甲',
    purpose: 'trial',
    personal: true,
  })
  assert.ok(written.ok)
  assert.equal(written.value.sha256, sha256Of(roster))
  return files.enter(database.service.pool, written.value)
}

const onDisk = () =>
  readdirSync(data).flatMap((shard) => readdirSync(join(data, shard)).map((name) => join(data, shard, name)))

async function opened(fileId: string): Promise<Buffer | undefined> {
  const file = await files.open(fileId, () => true)
  return file?.ok ? file.value.bytes : undefined
}

test('personal content lies on the disk sealed, opens whole, and the same content twice shares nothing', async () => {
  const [one, other] = [await keepRoster(), await keepRoster()]
  assert.equal(onDisk().length, 2)
  for (const place of onDisk())
    for (const words of ['王小明', '990422201501010011'])
      assert.ok(!readFileSync(place).includes(words), `${words} in clear in ${place}`)
  assert.deepEqual(await opened(one), roster)
  assert.deepEqual(await opened(other), roster)
})

test('a change of keys leaves every file readable and no key under the old one', async () => {
  const fileId = await keepRoster()
  await addNewKeys(vault, [sealedFiles.fields[0]!.dataClass])
  const resealed = async () => (await reseal(database.service, vault, { counties: [] }, [sealedFiles])).values
  assert.ok((await resealed()) >= 1)
  assert.equal(await resealed(), 0)
  await vault.keys.destroyOld(sealedFiles.fields[0]!.dataClass)
  assert.deepEqual(await opened(fileId), roster)
})

test('with its row gone, or its bytes changed, nothing opens', async () => {
  const [gone, changed] = [await keepRoster(), await keepRoster()]
  const { rows } = await database.db.pool.query('select sha256 from files.file where file_id = $1', [changed])
  const place = join(data, rows[0].sha256.slice(0, 2), rows[0].sha256.slice(2))
  writeFileSync(place, Buffer.from(readFileSync(place)).fill(0, 20, 24))
  assert.equal(await opened(changed), undefined)
  await database.db.pool.query('delete from files.file where file_id = $1', [gone])
  assert.equal(await opened(gone), undefined)
})

test('without a vault nothing personal is taken in', async () => {
  const plain = openFiles(database.db.pool, data)
  await assert.rejects(
    plain.write({
      bytes: roster,
      name: 'a.csv',
      mediaType: 'text/csv',
      owner: '甲',
      purpose: 'x',
      personal: true,
    }),
    /vault/,
  )
})
