import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../src/platform/db/open-database.ts'
import { aesSuite } from '../src/platform/vault/aes-suite.ts'
import { createKeyFile, openKeyFile } from '../src/platform/vault/key-file.ts'
import { addNewKeys, reseal, type SealedTable } from '../src/platform/vault/rotate-keys.ts'
import { smSuite } from '../src/platform/vault/sm-suite.ts'
import type { Suite } from '../src/platform/vault/suite.ts'
import { openVault, type Vault } from '../src/platform/vault/vault.ts'
import { databaseForTests } from '../test/house/database-for-tests.ts'

const values = 1_000_000
const columns = ['name', 'document', 'birth', 'phone', 'address']

const drawer: SealedTable = {
  table: 'drawer.person',
  key: ['county_id', 'person_id'],
  salt: 'sealed.salt',
  fields: columns.map((column) => ({
    column,
    dataClass: 'C3',
    ...(column === 'document' && { index: 'document_index' }),
  })),
}

/** 密钥轮换基准 — a million sealed values of 200,000 people, sealed anew under a new key while the table stays readable. */
export async function benchVault(): Promise<void> {
  for (const suite of [aesSuite, smSuite]) {
    const database = await databaseForTests()
    const folder = mkdtempSync(join(tmpdir(), 'kuoyou-bench-'))
    try {
      const path = join(folder, 'master.key')
      createKeyFile(path, suite)
      await measure(database.db, openVault(database.db.pool, openKeyFile(path), suite), suite)
    } finally {
      await database.close()
      rmSync(folder, { recursive: true })
    }
  }
}

async function measure(db: Database, vault: Vault, suite: Suite): Promise<void> {
  await fill(db, vault)
  await addNewKeys(vault, ['C3'])
  const start = performance.now()
  const done = await reseal(db, vault, { counties: [1] }, [drawer])
  const seconds = (performance.now() - start) / 1000
  process.stdout.write(
    `${suite.name}：${done.values} 个值、${done.rows} 行重新加密 ${seconds.toFixed(1)} 秒，${Math.round(done.values / seconds)} 个/秒\n`,
  )
}

async function fill(db: Database, vault: Vault): Promise<void> {
  await db.pool.query(`
    create schema drawer;
    create table drawer.person (county_id integer, person_id bigint, salt bytea,
      ${columns.map((column) => `${column} bytea`).join(', ')}, document_index bytea, primary key (county_id, person_id));
    create unique index on drawer.person (county_id, document_index);
    grant usage on schema drawer to kuoyou_app;
    grant select, update on drawer.person to kuoyou_app`)
  const rows = values / columns.length
  const batch = 2_000
  for (let from = 1; from <= rows; from += batch) {
    const ids = Array.from({ length: batch }, (_, i) => from + i)
    const salts = ids.map(() => randomBytes(16))
    const sealed = await Promise.all(
      columns.map((column) =>
        Promise.all(
          ids.map((id, i) =>
            vault.seal(`410402${id}99501011234`, {
              dataClass: 'C3',
              place: `drawer.person.${column}`,
              row: `1/${id}`,
              salt: salts[i]!,
            }),
          ),
        ),
      ),
    )
    const index = await Promise.all(
      ids.map((id) =>
        vault.blindIndex(`410402${id}99501011234`, { dataClass: 'C3', place: 'drawer.person.document' }),
      ),
    )
    await db.pool.query(
      `insert into drawer.person select 1, * from unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::bytea[],
         $5::bytea[], $6::bytea[], $7::bytea[], $8::bytea[])`,
      [ids, salts, ...sealed, index],
    )
  }
  await db.pool.query('analyze drawer.person')
}
