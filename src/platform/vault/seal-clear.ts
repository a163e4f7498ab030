import type { Queryable } from '../db/open-database.ts'
import type { SealedTable } from './rotate-keys.ts'
import { aboutSecret } from './secret-column.ts'
import type { Vault } from './vault.ts'

/**
 * 补封 — seals what still stands in clear in the platform's own tables, from before it was sealed; returns how many.
 *
 * SQL cannot encrypt, so no migration does it: every start and every rotation of keys does. A value changed meanwhile
 * is left to the next time.
 */
export async function sealClear(
  own: Queryable,
  vault: Vault,
  tables: readonly SealedTable[],
): Promise<number> {
  let sealed = 0
  for (const declared of tables) {
    const { table, key, fields } = declared
    const { column, clear } = fields[0]!
    if (clear === undefined) continue
    const { rows } = await own.query<{ key: string; plain: string }>(
      `select ${key[0]}::text as key, ${clear} as plain from ${table} where ${clear} is not null`,
    )
    for (const row of rows) {
      const { rowCount } = await own.query(
        `update ${table} set ${column} = $2, ${clear} = null where ${key[0]} = $1 and ${clear} = $3`,
        [row.key, await vault.seal(row.plain, aboutSecret(declared, row.key)), row.plain],
      )
      sealed += rowCount ?? 0
    }
  }
  return sealed
}
