import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { databaseForTests, type TestDatabase } from './database-for-tests.ts'

let live: TestDatabase
before(async () => {
  live = await databaseForTests()
})
after(() => live.close())

/** The schemas whose tables hold counties' rows. */
const books = ['registry', 'series', 'people', 'people_sealed']

/** Reference tables: on Citus every node has them whole. */
const reference = ['registry.county', 'registry.institution_code', 'registry.site']

/** People may ask to be corrected and erased: of their tables only the traces are written once. */
const erasable =
  "'^(people[.](person|subject_salt|enrolment_record|guardian_link|staff_post|consent)|people_sealed[.]condition)$'"

/** What the live schema breaks of the rules that let it be distributed by county (house, Database). */
const rules: Readonly<Record<string, string>> = {
  'county_id first in every key': `
    select c.conrelid::regclass || ' ' || c.conname as breach
      from pg_constraint c join bearing b on b.oid = c.conrelid
     where c.contype in ('p', 'u', 'x', 'f') and c.conkey[1] is distinct from b.county_attnum
    union all
    select i.indexrelid::regclass::text from pg_index i join bearing b on b.oid = i.indrelid
     where i.indisunique and i.indkey[0] <> b.county_attnum`,
  'a primary key on every table': `
    select oid::regclass::text as breach from bearing
     where not exists (select 1 from pg_constraint where conrelid = bearing.oid and contype = 'p')`,
  'foreign keys only to tables of counties by county, or to reference tables': `
    select c.conrelid::regclass || ' ' || c.conname as breach
      from pg_constraint c join bearing b on b.oid = c.conrelid left join bearing target on target.oid = c.confrelid
     where c.contype = 'f' and c.confrelid <> all ($2::regclass[])
       and c.confkey[1] is distinct from target.county_attnum`,
  'no triggers': `
    select tgrelid::regclass || ' ' || tgname as breach from pg_trigger t join standing s on s.oid = t.tgrelid
     where not tgisinternal`,
  'row-level security enabled and forced': `
    select b.oid::regclass::text as breach from bearing b join pg_class c on c.oid = b.oid
     where not (c.relrowsecurity and c.relforcerowsecurity)`,
  'a policy by county for reading and writing': `
    select b.oid::regclass::text as breach from bearing b
     where not exists (
       select 1 from pg_policy p where p.polrelid = b.oid and p.polcmd = '*'
          and pg_get_expr(p.polqual, p.polrelid) like '%county_id%'
          and pg_get_expr(p.polwithcheck, p.polrelid) like '%county_id%')`,
  'no policy that spells out the list of counties for every row it looks at': `
    select format('%s.%s %s', schemaname, tablename, policyname) as breach from pg_policies
     where concat(qual, with_check) like '%ANY (access.counties())%'`,
  'only a reference table may do without county_id': `
    select oid::regclass::text as breach from standing
     where oid <> all ($2::regclass[]) and oid not in (select oid from bearing)`,
  'the application may change nothing of an entry but its end': `
    select b.oid::regclass || '.' || a.attname as breach from bearing b
      join pg_attribute a on a.attrelid = b.oid and a.attnum > 0 and not a.attisdropped
     where b.oid <> 'registry.boundary'::regclass and a.attname <> 'known_to' and b.oid::regclass::text !~ ${erasable}
       and has_column_privilege('kuoyou_app', b.oid, a.attnum, 'update')`,
  'the application may not delete or own': `
    select oid::regclass::text as breach from standing
     where (has_table_privilege('kuoyou_app', oid, 'delete') and oid::regclass::text !~ ${erasable})
        or has_table_privilege('kuoyou_app', oid, 'truncate')
        or relowner = 'kuoyou_app'::regrole`,
}

async function breaches(client: pg.Pool | pg.PoolClient, rule: string): Promise<string[]> {
  const { rows } = await client.query<{ breach: string }>(
    `with standing as (
       select c.oid, c.relowner from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = any ($1) and c.relkind in ('r', 'p')),
     bearing as (
       select s.oid, a.attnum as county_attnum from standing s
         join pg_attribute a on a.attrelid = s.oid and a.attname = 'county_id' and not a.attisdropped
        where s.oid <> all ($2::regclass[]))
     ${rules[rule]}`,
    [books, reference],
  )
  return rows.map((row) => row.breach)
}

test('no moment is kept without its zone, in no table of the platform', async () => {
  const kept = async (type: string) => {
    const { rows } = await live.db.pool.query<{ column: string }>(
      `select table_schema || '.' || table_name || '.' || column_name as column from information_schema.columns
        where data_type = $1 and table_schema not in ('pg_catalog', 'information_schema') order by 1`,
      [type],
    )
    return rows.map(({ column }) => column)
  }
  assert.deepEqual(await kept('timestamp without time zone'), [])
  assert.deepEqual(await kept('time without time zone'), [])
  const moments = await kept('timestamp with time zone')
  assert.ok(moments.includes('audit.entry.at') && moments.length > 40, `${moments.length}`)
})

test('the schema holds rows of counties at all', async () => {
  const { rows } = await live.db.pool.query(
    `select count(*)::int as count from information_schema.columns where column_name = 'county_id' and table_schema = any ($1)
        and table_name not like 'pg_%'`,
    [books],
  )
  assert.ok(rows[0].count >= 16, `only ${rows[0].count} tables seen`)
})

for (const rule of Object.keys(rules)) {
  test(`catalogue: ${rule}`, async () => {
    assert.deepEqual(await breaches(live.db.pool, rule), [])
  })
}

/** Each breach is planted once, in a transaction that is taken back, and must be seen by its rule. */
const planted: readonly [rule: string, statement: string, seen: RegExp][] = [
  [
    'county_id first in every key',
    'create unique index planted on registry.unit (unit_id, row_id)',
    /planted/,
  ],
  [
    'county_id first in every key',
    'create table registry.planted (id bigint primary key, county_id integer not null)',
    /planted/,
  ],
  [
    'county_id first in every key',
    'alter table registry.unit add constraint planted exclude using gist (unit_id with =, county_id with =)',
    /planted/,
  ],
  ['a primary key on every table', 'create table series.planted (county_id integer not null)', /planted/],
  [
    'foreign keys only to tables of counties by county, or to reference tables',
    `alter table registry.act add constraint planted_key unique (act_id, county_id);
     alter table registry.boundary add constraint planted foreign key (county_id, unit_id)
       references registry.act (act_id, county_id)`,
    /planted/,
  ],
  [
    'no triggers',
    `create trigger planted before update on registry.birth for each row
       execute function suppress_redundant_updates_trigger()`,
    /planted/,
  ],
  [
    'row-level security enabled and forced',
    'alter table registry.birth no force row level security',
    /birth/,
  ],
  ['row-level security enabled and forced', 'alter table series.value disable row level security', /value/],
  ['a policy by county for reading and writing', 'drop policy own_counties on registry.unit', /unit/],
  [
    'no policy that spells out the list of counties for every row it looks at',
    'alter policy own_counties on registry.birth using (county_id = any (access.counties()))',
    /birth/,
  ],
  [
    'only a reference table may do without county_id',
    'create table registry.planted (id bigint primary key)',
    /planted/,
  ],
  [
    'the application may change nothing of an entry but its end',
    'grant update (pupils) on registry.enrolment to kuoyou_app',
    /enrolment.pupils/,
  ],
  ['the application may not delete or own', 'grant delete on registry.birth to kuoyou_app', /birth/],
  [
    'the application may not delete or own',
    'grant delete on people.access_record to kuoyou_app',
    /access_record/,
  ],
  [
    'the application may change nothing of an entry but its end',
    'grant update (purpose) on people.access_record to kuoyou_app',
    /access_record.purpose/,
  ],
]

for (const [rule, statement, seen] of planted) {
  test(`planted: ${statement.slice(0, 60)} breaks "${rule}"`, async () => {
    const client = await live.db.pool.connect()
    try {
      await client.query('begin')
      await client.query(statement)
      assert.match((await breaches(client, rule)).join('\n'), seen)
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
}
