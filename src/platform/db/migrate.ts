import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type pg from 'pg'
import { Fault } from '../../kernel/fault.ts'
import { platformRole, roomRole } from './roles.ts'

/** The order in which the parts of one migration run; `distribute` only where Citus is installed. */
const phases = ['tables', 'distribute', 'foreign keys', 'views', 'policies', 'grants'] as const

/**
 * 升级数据库 — brings the schema to the newest version; each migration once, in one transaction.
 *
 * `folders` are the rooms' `migrations/` folders in the order the rooms stand on each other.
 * Returns the names applied now.
 */
export async function migrate(pool: pg.Pool, folders: readonly string[]): Promise<string[]> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock(7340001)')
    await ensureLedger(client)
    const done = new Set(
      (await client.query('select name from public.migration')).rows.map((row) => row.name as string),
    )
    const citus = (await client.query("select 1 from pg_extension where extname = 'citus'")).rowCount === 1
    const applied: string[] = []
    for (const { name, text } of folders.flatMap(migrationsIn)) {
      if (done.has(name)) continue
      await apply(client, name, text, citus)
      applied.push(name)
    }
    return applied
  } finally {
    await client.query('select pg_advisory_unlock(7340001)').catch(() => {})
    client.release()
  }
}

async function ensureLedger(client: pg.PoolClient): Promise<void> {
  await client.query(`
    do $$
    declare wanted text;
    begin
      foreach wanted in array array['${roomRole}', '${platformRole}'] loop
        if not exists (select 1 from pg_roles where rolname = wanted) then
          execute format('create role %I nologin', wanted);
        end if;
      end loop;
    end $$;
    grant ${roomRole}, ${platformRole} to current_user;
    create table if not exists public.migration (name text primary key, applied_at timestamptz not null default now())`)
}

/** `records/registry/migrations/0001-registry.sql` is known as `registry/0001-registry`. */
function migrationsIn(folder: string): { name: string; text: string }[] {
  const room = basename(join(folder, '..'))
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({
      name: `${room}/${basename(file, '.sql')}`,
      text: readFileSync(join(folder, file), 'utf8'),
    }))
}

async function apply(client: pg.PoolClient, name: string, text: string, citus: boolean): Promise<void> {
  const parts = inPhases(name, text)
  try {
    await client.query('begin')
    for (const phase of phases) {
      const part = parts.get(phase)
      if (part && (phase !== 'distribute' || citus)) await client.query(part)
    }
    await client.query('insert into public.migration (name) values ($1)', [name])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Fault(`数据库升级 ${name} 未成功，已全部退回：${(error as Error).message}`, { cause: error })
  }
}

/** Splits a migration at its `-- phase: x` lines. */
export function inPhases(name: string, text: string): Map<string, string> {
  const parts = new Map<string, string>()
  for (const part of text.split(/^-- phase: /m).slice(1)) {
    const phase = part.slice(0, part.indexOf('\n')).trim()
    if (!(phases as readonly string[]).includes(phase)) throw new Fault(`${name}: unknown phase "${phase}"`)
    if (parts.has(phase)) throw new Fault(`${name}: phase "${phase}" stands twice`)
    parts.set(phase, part.slice(part.indexOf('\n')))
  }
  return parts
}
