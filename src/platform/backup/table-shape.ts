import type pg from 'pg'

/** 表的形状 — what is needed to copy a table out in a fixed order and back in. */
export interface TableShape {
  /** Quoted and with its schema, as it stands in SQL, e.g. `registry.unit`. */
  readonly name: string
  readonly columns: readonly string[]
  /** `order by` terms that give the same order on every server, whatever its collation. */
  readonly order: readonly string[]
}

/**
 * 我们的表 — every table of the database that neither PostgreSQL nor an extension owns, by name.
 *
 * Rows are ordered by primary key; text sorts by bytes, so that two servers of different languages agree.
 */
export async function listTables(client: pg.ClientBase): Promise<TableShape[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; order: string[] }>(`
    select format('%I.%I', n.nspname, c.relname) as name,
      (select coalesce(array_agg(quote_ident(a.attname) order by a.attnum), '{}') from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      coalesce(
        (select array_agg(quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end order by k.place)
           from pg_constraint p cross join unnest(p.conkey) with ordinality as k(attnum, place)
           join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
          where p.conrelid = c.oid and p.contype = 'p'),
        (select array_agg(quote_ident(a.attname) || '::text collate "C"' order by a.attnum) from pg_attribute a
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '{}') as "order"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
      and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
      and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by 1`)
  return rows
}

/** 序列 — where a sequence stands, so that numbers are not given twice after a restore. */
export interface SequenceValue {
  readonly name: string
  readonly lastValue: string
  readonly isCalled: boolean
}

/** 序列的当前值 — of every sequence that no extension owns. */
export async function readSequences(client: pg.ClientBase): Promise<SequenceValue[]> {
  const { rows } = await client.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and c.relpersistence <> 't' and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
      and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by 1`)
  const values: SequenceValue[] = []
  for (const { name } of rows) {
    const found = await client.query(
      `select last_value::text as "lastValue", is_called as "isCalled" from ${name}`,
    )
    values.push({ name, ...found.rows[0] })
  }
  return values
}
