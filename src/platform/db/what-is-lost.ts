import type pg from 'pg'

interface Column {
  readonly table: string
  readonly column: string
}

/**
 * 会毁掉什么 — tables with rows and columns with values that a script would take away, and rows it would delete.
 *
 * Tried inside the running transaction, taken back, then looked at. (A `truncate` is not noticed: a down script drops
 * or deletes.)
 */
export async function whatIsLost(client: pg.PoolClient, script: string): Promise<string[]> {
  // An owner under row policies would see every table empty: better an error than a silent loss.
  await client.query('set local row_security = off')
  const before = await columns(client)
  const deleted = await rowsDeleted(client)
  await client.query('savepoint tried')
  await client.query(script)
  const after = new Set((await columns(client)).map(({ table, column }) => `${table}.${column}`))
  const tablesAfter = new Set([...after].map((name) => name.slice(0, name.lastIndexOf('.'))))
  const emptied = [...(await rowsDeleted(client))].filter(
    ([table, count]) => count > (deleted.get(table) ?? 0),
  )
  await client.query('rollback to savepoint tried')
  const lost: string[] = []
  for (const table of new Set(before.map((each) => each.table)))
    if (!tablesAfter.has(table) && (await any(client, table, 'true'))) lost.push(`表 ${table}`)
  for (const { table, column } of before)
    if (
      tablesAfter.has(table) &&
      !after.has(`${table}.${column}`) &&
      (await any(client, table, `${column} is not null`))
    )
      lost.push(`列 ${table}.${column}`)
  return [...lost, ...emptied.map(([table]) => `${table} 的行`)]
}

async function columns(client: pg.PoolClient): Promise<Column[]> {
  const { rows } = await client.query<Column>(`
    select format('%I.%I', n.nspname, c.relname) as "table", quote_ident(a.attname) as "column"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
      and n.nspname <> 'information_schema' and n.nspname !~ '^pg_' order by 1, 2`)
  return rows
}

/** Rows this transaction has deleted so far, by table. */
async function rowsDeleted(client: pg.PoolClient): Promise<Map<string, number>> {
  const { rows } = await client.query(`
    select format('%I.%I', schemaname, relname) as "table", n_tup_del::float8 as count
    from pg_stat_xact_user_tables where schemaname || '.' || relname <> 'public.migration' and n_tup_del > 0`)
  return new Map(rows.map(({ table, count }) => [table as string, count as number]))
}

async function any(client: pg.PoolClient, table: string, condition: string): Promise<boolean> {
  const { rows } = await client.query(`select exists (select 1 from ${table} where ${condition}) as held`)
  return rows[0].held as boolean
}
