import type pg from 'pg'
import { Fault } from '../../kernel/fault.ts'
import { inPhases, type Migration, migrationsIn, phases } from './migration-files.ts'
import { platformRole, roomRole } from './roles.ts'
import { withPatience } from './with-patience.ts'

/** 升级选项 — which of the migrations to apply; all when neither is given. */
export interface MigrateOptions {
  /** Up to and including this one. */
  readonly to?: string | undefined
  /** Only these, in the folders' order. */
  readonly only?: readonly string[]
}

/**
 * 升级数据库 — brings the schema to the newest version; each migration once, in one transaction.
 *
 * `folders` are the rooms' `migrations/` folders in the order the rooms stand on each other.
 * Returns the names applied now. Waits for a table at most a second at a time, so that the platform's
 * other copies, still serving, never queue behind it for longer.
 */
export async function migrate(
  pool: pg.Pool,
  folders: readonly string[],
  options: MigrateOptions = {},
): Promise<string[]> {
  const wanted = chosen(folders.flatMap(migrationsIn), options)
  return withLedger(pool, async (client) => {
    const done = new Set(await appliedNames(client))
    const citus = (await client.query("select 1 from pg_extension where extname = 'citus'")).rowCount === 1
    const applied: string[] = []
    for (const migration of wanted) {
      if (done.has(migration.name)) continue
      await apply(client, migration, citus)
      applied.push(migration.name)
    }
    return applied
  })
}

/** 已知升级 — the names of all migrations of these folders, in order. */
export function knownMigrations(folders: readonly string[]): string[] {
  return folders.flatMap(migrationsIn).map(({ name }) => name)
}

/** 待做升级 — names not applied yet; reads only, and works on a database that was never migrated. */
export async function pendingMigrations(pool: pg.Pool, folders: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query("select to_regclass('public.migration') is not null as there")
  const done = new Set(rows[0].there ? await appliedNames(pool) : [])
  return knownMigrations(folders).filter((name) => !done.has(name))
}

/** 持有升级账 — runs `work` while no other copy migrates this database. */
export async function withLedger<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock(7340001)')
    await ensureLedger(client)
    return await work(client)
  } finally {
    await client.query('select pg_advisory_unlock(7340001)').catch(() => {})
    client.release()
  }
}

/** 已做升级 — names applied, in the order they were applied. */
export async function appliedNames(client: pg.Pool | pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query('select name from public.migration order by applied_at, name')
  return rows.map(({ name }) => name as string)
}

function chosen(all: readonly Migration[], { to, only }: MigrateOptions): readonly Migration[] {
  if (only) return all.filter(({ name }) => only.includes(name))
  if (to === undefined) return all
  const last = all.findIndex(({ name }) => name === to)
  if (last < 0) throw new Fault(`没有名为 ${to} 的升级。现有：${all.map(({ name }) => name).join('、')}`)
  return all.slice(0, last + 1)
}

/** Roles belong to the whole server: another database of it may be making the same ones at this moment. */
async function ensureLedger(client: pg.PoolClient): Promise<void> {
  await client.query(`
    do $$
    declare wanted text;
    begin
      foreach wanted in array array['${roomRole}', '${platformRole}'] loop
        begin
          execute format('create role %I nologin', wanted);
        exception when duplicate_object or unique_violation then null;
        end;
        if not pg_has_role(current_user, wanted, 'member') then execute format('grant %I to current_user', wanted); end if;
      end loop;
    end $$;
    create table if not exists public.migration (name text primary key, applied_at timestamptz not null default now());
    grant select on public.migration to ${platformRole}`)
}

async function apply(client: pg.PoolClient, { name, text }: Migration, citus: boolean): Promise<void> {
  const parts = inPhases(name, text)
  await withPatience(client, `数据库升级 ${name}`, async () => {
    for (const phase of phases) {
      const part = parts.get(phase)
      if (part && (phase !== 'distribute' || citus)) await client.query(part)
    }
    await client.query('insert into public.migration (name, applied_at) values ($1, clock_timestamp())', [
      name,
    ])
  })
}
