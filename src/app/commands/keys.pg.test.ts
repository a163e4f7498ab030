import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { databaseForTests, type TestDatabase } from '../../../test/house/database-for-tests.ts'
import { createAccount } from '../../platform/access/account.ts'
import { checkTotp, confirmTotp, startTotp } from '../../platform/access/totp.ts'
import { aesSuite } from '../../platform/vault/aes-suite.ts'
import { keyProgram, smallKms } from '../../platform/vault/key-command.for-tests.ts'
import { createKeyFile, openKeyFile } from '../../platform/vault/key-file.ts'
import { addNewKeys } from '../../platform/vault/rotate-keys.ts'
import { sealClear } from '../../platform/vault/seal-clear.ts'
import { aboutSecret } from '../../platform/vault/secret-column.ts'
import { openVault, type Vault } from '../../platform/vault/vault.ts'
import { sealedEndpoints } from '../../platform/webhooks/sealed-endpoints.ts'
import { siteKeeper } from '../open-site-vault.ts'
import { sealedTables } from '../sealed-tables.ts'
import { secretsVault } from '../site-identity.ts'
import { rotate } from './keys.ts'

const folder = mkdtempSync(join(tmpdir(), 'kuoyou-keys-'))
const path = join(folder, 'master.key')
let live: TestDatabase
let vault: Vault
before(async () => {
  live = await databaseForTests()
  createKeyFile(path, aesSuite)
  vault = open()
  await createAccount(live.db.pool, { account: 'li', name: '李' })
})
after(async () => {
  await live.close()
  rmSync(folder, { recursive: true })
})

/** As another process of the platform has it. */
const open = () => openVault(live.service.pool, openKeyFile(path), aesSuite)
const query = async (text: string, values: unknown[] = []) => (await live.db.pool.query(text, values)).rows
const codeOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate()

async function enrolled(): Promise<string> {
  const { factorId, secret } = await startTotp(live.service.own, secretsVault(vault), 'li')
  const owner = { account: 'li', factorId }
  assert.ok(await confirmTotp(live.service.own, secretsVault(vault), owner, codeOf(secret)))
  return secret
}

/** Is the code of this secret taken, by a process that has read the keys afresh? */
async function opens(secret: string): Promise<boolean> {
  await query('update access.factor set last_step = null')
  return checkTotp(live.service.own, secretsVault(open()), 'li', codeOf(secret))
}

async function receivers(): Promise<string[]> {
  const rows = await query(
    'select endpoint_id as id, secret, secret_sealed as sealed from webhooks.endpoint order by name',
  )
  assert.ok(rows.every(({ secret }) => secret === null))
  return Promise.all(rows.map(({ id, sealed }) => open().open(sealed, aboutSecret(sealedEndpoints, id))))
}

/** The key versions under which the platform's own secrets stand now. */
async function versions(): Promise<number[]> {
  const rows = await query(`select distinct get_byte(sealed, 5) as version from (
    select secret from access.factor union all select secret_sealed from webhooks.endpoint) s (sealed) order by 1`)
  return rows.map(({ version }) => version)
}

const clear = (name: string) =>
  query(
    `insert into webhooks.endpoint (name, url, kinds, secret, created_by)
     values ($1, 'https://example.org/', '{series.published}', $2, 'x')`,
    [name, `whsec_${name}`],
  )

test('what an earlier version kept in clear is sealed at the start, and stands nowhere in clear', async () => {
  await clear('a')
  await clear('b')
  assert.equal(await sealClear(live.service.own, vault, sealedTables), 2)
  assert.equal(await sealClear(live.service.own, vault, sealedTables), 0)
  assert.deepEqual(await receivers(), ['whsec_a', 'whsec_b'])
  const rows = await query("select t::text as row from webhooks.endpoint t where t::text like '%whsec%'")
  assert.deepEqual(rows, [])
})

test('a rotation goes through authenticators and receivers: old and new open meanwhile, nothing stays under the old key', async () => {
  const old = await enrolled()
  assert.deepEqual(await versions(), [1])
  // A rotation broken off after its first step: new secrets stand under the new key beside the old ones.
  assert.equal(await addNewKeys(vault, ['secret']), false)
  const fresh = await enrolled()
  await clear('c')
  await sealClear(live.service.own, vault, sealedTables)
  assert.deepEqual(await versions(), [1, 2])
  assert.ok((await opens(old)) && (await opens(fresh)))
  assert.deepEqual(await receivers(), ['whsec_a', 'whsec_b', 'whsec_c'])
  await clear('d')
  await rotate({ db: live.service }, vault)
  assert.deepEqual(await versions(), [2])
  assert.deepEqual(await query("select distinct version from vault.data_key where data_class = 'secret'"), [
    { version: 2 },
  ])
  assert.ok((await opens(old)) && (await opens(fresh)))
  assert.deepEqual(await receivers(), ['whsec_a', 'whsec_b', 'whsec_c', 'whsec_d'])
})

/** Columns of bytes that hold no secret: digests, indexes, salts, public keys, wrapped keys, contents. */
const noSecret = /(_hash|^hash|_index|^marks|salt|^fingerprint|^device|^public_key|^wrapped|^bytes|^sha256)$/

test('every column that holds something sealed is gone through, and no secret stands in a column of text', async () => {
  const rows = await query(`
    select table_schema || '.' || table_name || '.' || column_name as name, column_name as column, data_type as type
      from information_schema.columns
     where table_schema !~ '^pg_' and table_schema not in ('information_schema', 'public')
       and (data_type = 'bytea' or (data_type = 'text' and column_name ~ 'secret|private|token'))
       and (table_schema, table_name) in (select schemaname, tablename from pg_tables) order by 1`)
  const declared = new Set(
    sealedTables.flatMap(({ table, fields }) =>
      fields.flatMap(({ column, clear }) => [column, clear].map((each) => `${table}.${each}`)),
    ),
  )
  assert.ok(rows.length > 20)
  assert.deepEqual(
    rows.filter(
      ({ name, column, type }) => !declared.has(name) && !(type === 'bytea' && noSecret.test(column)),
    ),
    [],
  )
})

test('a key program takes over from the key file: what the file had wrapped opens, is wrapped anew, and then needs no file', async () => {
  const secret = await vault.blindIndex('99', { dataClass: 'C3', place: 'trial' })
  process.env.KUOYOU_KEY_COMMAND = keyProgram(folder, 'kms', smallKms)
  try {
    const both = openVault(live.service.pool, await siteKeeper(path), aesSuite)
    assert.ok((await both.keys.check()) > 0)
    assert.ok((await both.keys.rewrap()) > 0)
    assert.deepEqual(await query('select distinct wrapped_by as by from vault.data_key'), [{ by: 'kms-1' }])
    const nowhere = join(folder, 'no-such.key')
    const alone = openVault(live.service.pool, await siteKeeper(nowhere), aesSuite)
    assert.deepEqual(await alone.blindIndex('99', { dataClass: 'C3', place: 'trial' }), secret)
    keyProgram(folder, 'kms', 'process.exit(1)')
    await assert.rejects(siteKeeper(nowhere), /密钥程序 .* 以退出码 1 结束/)
  } finally {
    delete process.env.KUOYOU_KEY_COMMAND
  }
  await assert.rejects(open().keys.check(), /由主密钥 kms-1 包裹/)
})
