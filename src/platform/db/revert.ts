import type pg from 'pg'
import { Fault } from '../../kernel/fault.ts'
import { appliedNames, withLedger } from './migrate.ts'
import { type Migration, migrationsIn } from './migration-files.ts'
import { whatIsLost } from './what-is-lost.ts'
import { withPatience } from './with-patience.ts'

/** 退回选项 — how far back, and whether rows that would vanish may. */
export interface RevertOptions {
  /** This one stays, everything applied after it goes; without it only the last one goes. */
  readonly to?: string | undefined
  readonly discard?: boolean
}

/**
 * 退回升级 — takes migrations back, the last applied first, each in one transaction by its own down script.
 *
 * Refuses, unless told to discard, a step that would destroy filed rows or values, and names them.
 * Returns the names taken back now.
 */
export async function revert(
  pool: pg.Pool,
  folders: readonly string[],
  options: RevertOptions = {},
): Promise<string[]> {
  const known = new Map(folders.flatMap(migrationsIn).map((migration) => [migration.name, migration]))
  return withLedger(pool, async (client) => {
    const names = namesToRevert(await appliedNames(client), options.to)
    const reverted: string[] = []
    for (const name of names) {
      await takeBack(client, scriptOf(name, known.get(name)), name, options.discard ?? false)
      reverted.push(name)
    }
    return reverted
  })
}

function namesToRevert(applied: readonly string[], to: string | undefined): readonly string[] {
  const newestFirst = [...applied].reverse()
  if (to === undefined) return newestFirst.slice(0, 1)
  const place = newestFirst.indexOf(to)
  if (place < 0) throw new Fault(`没有做过名为 ${to} 的升级，无法退回到它。已做的：${applied.join('、')}`)
  return newestFirst.slice(0, place)
}

function scriptOf(name: string, migration: Migration | undefined): string {
  if (!migration)
    throw new Fault(`升级 ${name} 不在本版本里，只有做它的那个版本能退回它。请换用那个版本再退。`)
  if (migration.down === undefined) throw new Fault(`升级 ${name} 没有退回脚本，退不回去。请从备份恢复。`)
  return migration.down
}

async function takeBack(
  client: pg.PoolClient,
  script: string,
  name: string,
  discard: boolean,
): Promise<void> {
  await withPatience(client, `退回 ${name}`, async () => {
    if (!discard) {
      const lost = await whatIsLost(client, script)
      if (lost.length > 0)
        throw new Fault(
          `没有退回 ${name}：会毁掉已有的数据（${lost.join('、')}）。请先备份；确实不要这些数据时加 --discard。`,
        )
    }
    await client.query(script)
    await client.query('delete from public.migration where name = $1', [name])
  })
}
