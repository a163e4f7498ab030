import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { Mapping } from '../judge/match-columns.ts'
import type { ImportKind } from '../tables/import-table.ts'

/** 记住的对应列 — how this account matched the same header before; absent the first time. */
export async function findMapping(
  tx: Tx,
  account: string,
  kind: ImportKind,
  headerSignature: string,
): Promise<Mapping | undefined> {
  const { rows } = await sql<{ mapping: Mapping }>`
    select mapping from exchange.mapping
     where account = ${account} and kind = ${kind} and header_signature = ${headerSignature}`.execute(tx)
  return rows[0]?.mapping
}

/** 记住对应列 — a later choice replaces an earlier one. */
export async function saveMapping(
  tx: Tx,
  account: string,
  kind: ImportKind,
  headerSignature: string,
  mapping: Mapping,
): Promise<void> {
  await sql`
    insert into exchange.mapping (account, kind, header_signature, mapping)
    values (${account}, ${kind}, ${headerSignature}, ${JSON.stringify(mapping)}::jsonb)
    on conflict (account, kind, header_signature) do update
      set mapping = excluded.mapping, saved_at = now()`.execute(tx)
}
