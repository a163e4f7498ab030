import { sql } from 'kysely'
import type { Database } from '../db/open-database.ts'
import { overClient } from '../db/over-client.ts'
import type { Scope } from '../db/scope.ts'
import { together } from '../db/together.ts'
import type { Tx } from '../db/transaction-client.ts'
import { type About, headBytes, type Vault } from './vault.ts'

/** 加密列 — a sealed column and, when it can be searched, its blind index. */
export interface SealedField {
  readonly column: string
  readonly dataClass: string
  readonly index?: string
  /** A text column that held the value before it was sealed: what stands in it still is sealed at the next start. */
  readonly clear?: string
}

/** 加密表 — a table with sealed columns; all names are written by us, never by a user. */
export interface SealedTable {
  readonly table: string
  /** Columns of the primary key, in the order in which they name the row. */
  readonly key: readonly string[]
  readonly keyType?: 'bigint' | 'uuid'
  /** How a value is bound to its row; the key's columns joined by `/` when absent. */
  readonly rowName?: (key: readonly string[]) => string
  /** True for a table of the platform itself, which no county's scope limits. */
  readonly platform?: true
  /** An SQL expression over `sealed` (the table's alias here) that gives the person's salt. */
  readonly salt: string
  readonly fields: readonly SealedField[]
}

/** 轮换结果 — values sealed anew, per data class. */
export interface Rotated {
  readonly values: number
  readonly rows: number
}

const batchRows = 1_000

/**
 * 轮换密钥 — seals every value again under the newest key while the site goes on working.
 *
 * Old and new can both be opened all the while; a value changed meanwhile by someone else is left to the
 * next pass. A rotation that was broken off goes on where it stood. `addNewKeys` first, `destroyOld` last.
 */
export async function reseal(
  db: Database,
  vault: Vault,
  scope: Scope,
  tables: readonly SealedTable[],
  onProgress?: (rows: number, table: string) => void,
): Promise<Rotated> {
  let [values, rows] = [0, 0]
  for (const table of tables) {
    let after: readonly string[] | undefined
    for (;;) {
      const work = (tx: Tx) => resealBatch(tx, vault, table, after)
      const batch = await (table.platform
        ? together(db, (client) => work(overClient(client)))
        : db.transaction(scope, work))
      values += batch.values
      rows += batch.rows
      onProgress?.(rows, table.table)
      if (!batch.last) break
      after = batch.last
    }
  }
  return { values, rows }
}

/** 封存位置 — what a value of a declared column is bound to. */
export function aboutStored(
  { table, rowName = (key) => key.join('/') }: SealedTable,
  { column, dataClass }: SealedField,
  key: readonly string[],
  salt: Buffer,
): About {
  return { dataClass, place: `${table}.${column}`, row: rowName(key), salt }
}

interface Batch {
  readonly rows: number
  readonly values: number
  readonly last?: readonly string[]
}

type StoredRow = Record<string, Buffer | null> & { readonly row_key: readonly string[] }

async function resealBatch(
  tx: Tx,
  vault: Vault,
  table: SealedTable,
  after: readonly string[] | undefined,
): Promise<Batch> {
  const stored = await readBatch(tx, vault, table, after)
  const fresh: (readonly [StoredRow, Map<string, Buffer>])[] = []
  let values = 0
  for (const row of stored) {
    const changed = new Map<string, Buffer>()
    for (const field of table.fields) {
      const old = row[field.column]
      if (!old || !row.salt) continue
      const about = aboutStored(table, field, row.row_key, row.salt)
      const plain = await vault.open(old, about)
      changed.set(field.column, await vault.seal(plain, about))
      if (field.index) changed.set(field.index, await vault.blindIndex(plain, about))
      values++
    }
    fresh.push([row, changed])
  }
  await writeBatch(tx, table, fresh)
  const last = stored.at(-1)
  return { rows: stored.length, values, ...(last && { last: last.row_key }) }
}

async function readBatch(
  tx: Tx,
  vault: Vault,
  { table, key, keyType = 'bigint', salt, fields }: SealedTable,
  after: readonly string[] | undefined,
): Promise<StoredRow[]> {
  const old = []
  for (const { column, dataClass } of fields) {
    const head = await vault.newestHead(dataClass)
    old.push(sql`substring(${sql.ref(column)} from 1 for ${sql.lit(headBytes)}) <> ${head}`)
  }
  const columns = sql.join(key.map((column) => sql.ref(`sealed.${column}`)))
  const passed = after && sql.join(after.map((value) => sql`${value}::${sql.raw(keyType)}`))
  const { rows } = await sql<StoredRow>`
    select array(select jsonb_array_elements_text(jsonb_build_array(${columns}))) as row_key, ${sql.raw(salt)} as salt,
           ${sql.join(fields.map(({ column }) => sql.ref(column)))}
      from ${sql.table(table)} as sealed
     where (${sql.join(old, sql` or `)})
       ${passed ? sql`and (${columns}) > (${passed})` : sql``}
     order by ${columns} limit ${sql.lit(batchRows)}`.execute(tx)
  return rows
}

/** Writes a row only as it was read: what someone changed meanwhile is theirs. */
async function writeBatch(
  tx: Tx,
  { table, key, keyType = 'bigint', fields }: SealedTable,
  fresh: readonly (readonly [StoredRow, Map<string, Buffer>])[],
): Promise<void> {
  if (fresh.length === 0) return
  const written = fields.flatMap(({ column, index }) => (index ? [column, index] : [column]))
  const compared = fields.map(({ column }) => column)
  const lists = [
    ...key.map((_, at) => sql`${fresh.map(([row]) => row.row_key[at])}::${sql.raw(keyType)}[]`),
    ...written.map((column) => sql`${fresh.map(([, changed]) => changed.get(column) ?? null)}::bytea[]`),
    ...compared.map((column) => sql`${fresh.map(([row]) => row[column])}::bytea[]`),
  ]
  const names = [
    ...key.map((_, at) => `key${at}`),
    ...written.map((name) => `new_${name}`),
    ...compared.map((name) => `old_${name}`),
  ]
  await sql`
    update ${sql.table(table)} as sealed
       set ${sql.join(written.map((name) => sql`${sql.ref(name)} = coalesce(${sql.ref(`fresh.new_${name}`)}, sealed.${sql.ref(name)})`))}
      from unnest(${sql.join(lists)}) as fresh (${sql.join(names.map((name) => sql.ref(name)))})
     where ${sql.join(
       key.map((column, at) => sql`sealed.${sql.ref(column)} = ${sql.ref(`fresh.key${at}`)}`),
       sql` and `,
     )}
       and ${sql.join(
         compared.map(
           (name) => sql`sealed.${sql.ref(name)} is not distinct from ${sql.ref(`fresh.old_${name}`)}`,
         ),
         sql` and `,
       )}`.execute(tx)
}

/** 开始轮换 — makes new keys for these classes, unless a rotation that was broken off already made them. */
export async function addNewKeys(vault: Vault, dataClasses: readonly string[]): Promise<boolean> {
  let resumed = false
  for (const dataClass of dataClasses) {
    if ((await vault.keys.live(dataClass, 'seal')).length > 1) resumed = true
    else await vault.keys.add(dataClass)
  }
  return resumed
}
