import { aboutStored, type SealedTable } from './rotate-keys.ts'
import type { About } from './vault.ts'

/**
 * 平台秘密列 — declares a column of the platform's own table that holds a secret: an authenticator's, a receiver's.
 *
 * Such secrets tell of no person who could ask for erasure: their salt is the table's name.
 */
export function secretColumn(
  table: string,
  key: string,
  column: string,
  more: Pick<SealedTable, 'rowName'> & { readonly clear?: string } = {},
): SealedTable {
  const { clear, ...rest } = more
  return {
    table,
    key: [key],
    keyType: 'uuid',
    platform: true,
    salt: `convert_to('${table}', 'UTF8')`,
    fields: [{ column, dataClass: 'secret', ...(clear !== undefined && { clear }) }],
    ...rest,
  }
}

/** 秘密的位置 — what the secret of one row is bound to. */
export function aboutSecret(declared: SealedTable, key: string): About {
  return aboutStored(declared, declared.fields[0]!, [key], Buffer.from(declared.table))
}
