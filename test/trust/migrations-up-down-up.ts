import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { migrationFolders } from '../../src/app/migration-folders.ts'
import { digestTable, exactText } from '../../src/platform/backup/copy-table.ts'
import { listTables } from '../../src/platform/backup/table-shape.ts'
import { appliedNames, knownMigrations, migrate } from '../../src/platform/db/migrate.ts'
import { migrationsIn } from '../../src/platform/db/migration-files.ts'
import { revert } from '../../src/platform/db/revert.ts'

/** What was seen while every migration went down and came up again. */
export interface MigrationFigures {
  readonly migrations: number
  readonly tablesChecked: number
  readonly slowestMs: number
  readonly longestLockWaitMs: number
}

type Digests = ReadonlyMap<string, string>

/**
 * Takes every migration back, newest first, brings each up and takes it back once more on a loaded database; after
 * each step every table that the step does not concern has the hash it had before. Leaves an empty schema, then
 * brings all up. Throws when a table changed, a step took over a minute, or a reader waited for over a second.
 */
export async function trustMigrations(
  pool: pg.Pool,
  print: (line: string) => void = () => {},
): Promise<MigrationFigures> {
  const names = [...(await appliedNames(pool))].reverse()
  assert.deepEqual([...names].sort(), knownMigrations(migrationFolders).sort())
  const downOf = new Map(migrationFolders.flatMap(migrationsIn).map((each) => [each.name, each.down]))
  let slowestMs = 0
  let tablesChecked = 0
  const timed = async (work: () => Promise<unknown>) => {
    const started = performance.now()
    await work()
    slowestMs = Math.max(slowestMs, performance.now() - started)
  }
  const watch = watchLocks(pool)
  for (const name of names) {
    const before = await digests(pool)
    const held = await rolesAndPolicies(pool)
    await timed(() => revert(pool, migrationFolders, { discard: true }))
    const below = await digests(pool)
    tablesChecked += same(before, below, name, downOf.get(name))
    await timed(() => migrate(pool, migrationFolders, { only: [name] }))
    assert.deepEqual([...(await digests(pool)).keys()], [...before.keys()], `${name}: the same tables again`)
    tablesChecked += same(
      before,
      new Map([...(await digests(pool))].filter(([table]) => below.has(table))),
      name,
    )
    assert.deepEqual(
      await rolesAndPolicies(pool),
      held,
      `${name}: the same columns, keys, policies and grants again`,
    )
    await timed(() => revert(pool, migrationFolders, { discard: true }))
  }
  assert.deepEqual([...(await digests(pool)).keys()], ['public.migration'], 'nothing left behind')
  await timed(() => migrate(pool, migrationFolders))
  const longestLockWaitMs = await watch.stop()
  const figures = {
    migrations: names.length,
    tablesChecked,
    slowestMs: Math.round(slowestMs),
    longestLockWaitMs: Math.round(longestLockWaitMs),
  }
  print(
    `D11 升级往返：${figures.migrations} 个升级各退回、再升、再退回，核对 ${figures.tablesChecked} 次表指纹全部相等；最慢一步 ${figures.slowestMs} ms，等锁最长 ${figures.longestLockWaitMs} ms`,
  )
  assert.ok(figures.slowestMs <= 60_000, 'a step took over a minute')
  assert.ok(figures.longestLockWaitMs <= 1_000, 'somebody waited for over a second')
  return figures
}

async function digests(pool: pg.Pool): Promise<Digests> {
  const client = await pool.connect()
  try {
    await client.query(`begin; ${exactText}`)
    const found = new Map<string, string>()
    for (const shape of await listTables(client)) {
      const { rows, sha256 } = await digestTable(client, shape)
      found.set(shape.name, `${rows} ${sha256}`)
    }
    await client.query('commit')
    return found
  } finally {
    client.release()
  }
}

/** Every table standing in `after` is as it was, but those the script speaks of; the ledger itself is not asked. */
function same(before: Digests, after: Digests, name: string, script = ''): number {
  const kept = [...after].filter(([table]) => table !== 'public.migration' && !script.includes(table))
  for (const [table, digest] of kept) assert.equal(digest, before.get(table), `${name} changed ${table}`)
  return kept.length
}

/** Everything of the schema that a round trip could lose without touching a row. */
async function rolesAndPolicies(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(`
    select format('column %s.%s.%s %s %s', table_schema, table_name, column_name, data_type, is_nullable) as line
      from information_schema.columns where table_schema !~ '^pg_' and table_schema <> 'information_schema'
    union all select format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint where conrelid <> 0 and connamespace::regnamespace::text !~ '^(pg_|information_schema)'
    union all select format('index %s', indexdef) from pg_indexes where schemaname !~ '^pg_'
    union all select format('policy %s.%s %s %s %s %s', schemaname, tablename, policyname, cmd, qual, with_check) from pg_policies
    union all select format('view %s.%s %s', schemaname, viewname, definition) from pg_views where schemaname !~ '^pg_' and schemaname <> 'information_schema'
    union all select format('grant %s.%s %s %s', table_schema, table_name, grantee, privilege_type) from information_schema.role_table_grants where grantee in ('kuoyou_app', 'kuoyou_platform')
    union all select format('function %s %s', p.oid::regprocedure, p.proacl) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname !~ '^(pg_|information_schema)' and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by 1`)
  return rows.map(({ line }) => line)
}

/** Looks every 20 ms for how long anybody waits for a lock on a table. */
function watchLocks(pool: pg.Pool): { stop(): Promise<number> } {
  let going = true
  let longest = 0
  const watching = (async () => {
    while (going) {
      const { rows } = await pool.query(
        // The server may be others' too: whoever waits in another database does not wait for this one's migrations.
        `select coalesce(max(extract(epoch from clock_timestamp() - waitstart)), 0)::float8 * 1000 as ms from pg_locks
          where not granted and locktype <> 'advisory' and waitstart is not null
            and pid in (select pid from pg_stat_activity where datname = current_database())`,
      )
      longest = Math.max(longest, rows[0].ms)
      await sleep(20)
    }
  })()
  return {
    stop: async () => {
      going = false
      await watching
      return longest
    },
  }
}
