import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { databaseForTests, type TestDatabase } from '../../../test/house/database-for-tests.ts'
import { aesSuite } from './aes-suite.ts'
import { createKeyFile, openKeyFile, renewMasterKey } from './key-file.ts'
import type { KeyKeeper } from './key-keeper.ts'
import { addNewKeys, reseal, type SealedTable } from './rotate-keys.ts'
import { smSuite } from './sm-suite.ts'
import { openVault, type Vault } from './vault.ts'

const folder = mkdtempSync(join(tmpdir(), 'kuoyou-vault-'))
const path = join(folder, 'master.key')
let live: TestDatabase
let keeper: KeyKeeper
let vault: Vault

const salt = randomBytes(16)
const at = (row: string) => ({ dataClass: 'C3', place: 'drawer.sheet.name', row, salt })
const index = { dataClass: 'C3', place: 'drawer.sheet.name' }
const sheet: SealedTable = {
  table: 'drawer.sheet',
  key: ['county_id', 'sheet_id'],
  salt: 'sealed.salt',
  fields: [{ column: 'name', dataClass: 'C3', index: 'name_index' }],
}

before(async () => {
  live = await databaseForTests()
  createKeyFile(path, aesSuite)
  keeper = openKeyFile(path)
  vault = openVault(live.db.pool, keeper, aesSuite)
  await live.db.pool.query(`
    create schema drawer;
    create table drawer.sheet (county_id integer, sheet_id bigint, salt bytea, name bytea, name_index bytea,
      primary key (county_id, sheet_id));
    grant usage on schema drawer to kuoyou_app;
    grant select, update on drawer.sheet to kuoyou_app`)
})
after(async () => {
  await live.close()
  rmSync(folder, { recursive: true })
})

async function fill(count: number): Promise<void> {
  await live.db.pool.query('truncate drawer.sheet')
  for (let id = 1; id <= count; id++) {
    await live.db.pool.query('insert into drawer.sheet values (1, $1, $2, $3, $4)', [
      id,
      salt,
      await vault.seal(`第${id}号`, at(`1/${id}`)),
      await vault.blindIndex(`第${id}号`, index),
    ])
  }
}

async function everyName(by: Vault): Promise<string[]> {
  const { rows } = await live.db.pool.query('select sheet_id as id, name from drawer.sheet order by sheet_id')
  return Promise.all(rows.map(({ id, name }) => by.open(name, at(`1/${id}`))))
}

const found = async (by: Vault, name: string) =>
  (
    await live.db.pool.query('select sheet_id from drawer.sheet where name_index = any ($1)', [
      await by.blindIndexes(name, index),
    ])
  ).rows.map((row) => Number(row.sheet_id))

test('a value opens in its own row only, and not once its salt is gone', async () => {
  const sealed = await vault.seal('王小明', at('1/1'))
  assert.equal(await vault.open(sealed, at('1/1')), '王小明')
  for (const about of [
    at('1/2'),
    { ...at('1/1'), place: 'drawer.sheet.phone' },
    { ...at('1/1'), dataClass: 'C4' },
    { ...at('1/1'), salt: randomBytes(16) },
  ])
    await assert.rejects(vault.open(sealed, about), /加密字段打不开/)
  assert.ok(!sealed.includes(Buffer.from('王小明')))
  await assert.rejects(vault.open(Buffer.alloc(0), at('1/1')), /加密字段打不开/)
})

test('with another key file the vault refuses in plain words, and every key stays as it was', async () => {
  await vault.seal('王小明', at('1/1'))
  const other = join(folder, 'other.key')
  createKeyFile(other, aesSuite)
  const before = (await live.db.pool.query('select * from vault.data_key')).rows
  const wrong = openVault(live.db.pool, openKeyFile(other), aesSuite)
  for (const work of [() => wrong.seal('王小明', at('1/1')), () => wrong.keys.check()])
    await assert.rejects(work, /密钥文件与数据库不符.*没有改动任何数据/)
  assert.equal(await vault.keys.check(), 1)
  assert.deepEqual((await live.db.pool.query('select * from vault.data_key')).rows, before)
})

test('a keeper of the master key that does not answer: nothing is sealed, opened or made anew until it does', async () => {
  await fill(1)
  let away = true
  const answering = <T>(act: () => Promise<T>) => (away ? Promise.reject(new Error('KMS is away')) : act())
  const remote: KeyKeeper = {
    current: keeper.current,
    wrap: (key, about) => answering(() => keeper.wrap(key, about)),
    unwrap: (wrapped, about, by) => answering(() => keeper.unwrap(wrapped, about, by)),
  }
  const cut = openVault(live.db.pool, remote, aesSuite)
  const keys = async () => (await live.db.pool.query('select * from vault.data_key order by 1, 2, 3')).rows
  const before = await keys()
  for (const act of [
    () => cut.seal('第1号', at('1/1')),
    () => cut.seal('第1号', { ...at('1/1'), dataClass: 'C4' }),
    () => cut.blindIndex('第1号', index),
    () => everyName(cut),
    () => cut.keys.check(),
  ])
    await assert.rejects(act, /KMS is away/)
  assert.deepEqual(await keys(), before)
  away = false
  assert.deepEqual(await everyName(cut), ['第1号'])
})

test('rooms cannot reach the keys', async () => {
  const { rows } = await live.db.pool.query(
    "select has_schema_privilege('kuoyou_app', 'vault', 'usage') as reached",
  )
  assert.equal(rows[0].reached, false)
})

test('while keys rotate old and new values open and are found; afterwards the old key is gone', async () => {
  await fill(2_300)
  const names = await everyName(vault)
  const elsewhere = openVault(live.db.pool, keeper, aesSuite)
  await elsewhere.seal('x', at('1/1'))
  assert.equal(await addNewKeys(vault, ['C3']), false)
  // Half the rows sealed anew, as if the rotation had been killed: both halves can be read everywhere.
  const scope = { counties: [1] }
  await assert.rejects(
    reseal(live.db, vault, scope, [sheet], (rows) => {
      if (rows >= 1_000) throw new Error('killed')
    }),
    /killed/,
  )
  assert.deepEqual(await everyName(elsewhere), names)
  assert.deepEqual(await found(vault, '第1号'), [1])
  assert.deepEqual(await found(vault, '第2200号'), [2_200])
  assert.equal(await addNewKeys(vault, ['C3']), true)
  const rest = await reseal(live.db, vault, scope, [sheet])
  assert.equal(rest.values, 1_300)
  assert.equal((await reseal(live.db, vault, scope, [sheet])).values, 0)
  await vault.keys.destroyOld('C3')
  assert.deepEqual(await everyName(vault), names)
  assert.deepEqual(await found(vault, '第2200号'), [2_200])
  const { rows } = await live.db.pool.query("select version from vault.data_key where data_class = 'C3'")
  assert.deepEqual(rows, [{ version: 2 }, { version: 2 }])
})

test('a value changed while it was being sealed anew stays as it was changed', async () => {
  await fill(3)
  await vault.keys.add('C3')
  const changed = await vault.seal('新名字', at('1/2'))
  const racing = {
    ...vault,
    open: async (sealed: Buffer, about: Parameters<Vault['open']>[1]) => {
      if (about.row === '1/2')
        await live.db.pool.query('update drawer.sheet set name = $1 where sheet_id = 2', [changed])
      return vault.open(sealed, about)
    },
  }
  await reseal(live.db, racing, { counties: [1] }, [sheet])
  assert.deepEqual(await everyName(vault), ['第1号', '新名字', '第3号'])
})

test('values sealed under one suite stay readable when the site changes to the other', async () => {
  await fill(5)
  const names = await everyName(vault)
  renewMasterKey(path, smSuite)
  const national = openVault(live.db.pool, openKeyFile(path), smSuite)
  assert.ok((await national.keys.rewrap()) > 0)
  await national.keys.add('C3')
  assert.deepEqual(await everyName(national), names)
  await reseal(live.db, national, { counties: [1] }, [sheet])
  await national.keys.destroyOld('C3')
  assert.deepEqual(await everyName(national), names)
  const { rows } = await live.db.pool.query(
    "select distinct suite from vault.data_key where data_class = 'C3'",
  )
  assert.deepEqual(rows, [{ suite: 'SM4-CTR-HMAC-SM3' }])
  // The first line alone is enough now: the old master key may be thrown away.
  assert.equal(await national.keys.rewrap(), 0)
})
