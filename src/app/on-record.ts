import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { appendAlone } from '../platform/audit/append-entry.ts'
import type { AuditEntry, Outcome } from '../platform/audit/entry.ts'
import { toldArguments } from './told-arguments.ts'

type Notes = Pick<AuditEntry, 'object' | 'facts'>

/** An open database, as far as a record needs it. */
interface Opened {
  readonly owner: { readonly pool: pg.Pool }
  close(): Promise<void>
}

/** One run of a command, as far as it has come. */
interface Run {
  readonly act: string
  readonly arguments: readonly string[]
  opened: Opened[]
  notes: Notes
  recorded: boolean
}

const runs = new AsyncLocalStorage<Run>()

/** 命令行操作人 — the account of the machine that runs the command, as the audit names it. */
export const operator = () => `cli:${userInfo().username}`

/**
 * 命令记录在案 — runs a command and leaves one entry in the audit of the database it opened: who, which command, with what
 * outcome. A run that opened none (wrong use, `--help`) leaves none.
 */
export async function onRecord(
  name: string,
  args: readonly string[],
  command: () => Promise<number>,
): Promise<number> {
  const run: Run = {
    act: `cli.${name}`,
    arguments: toldArguments(args),
    opened: [],
    notes: {},
    recorded: false,
  }
  return runs.run(run, async () => {
    try {
      const code = await command()
      return (await close(run, code === 0 ? 'done' : 'refused')) ? code : 1
    } catch (error) {
      await close(run, 'failed')
      throw error
    }
  })
}

/** 记录之后才关 — a database opened during a run on record is closed when the run's entry stands in it. */
export function closedOnRecord<T extends Opened>(connected: T): T {
  const run = runs.getStore()
  if (!run) return connected
  run.opened.push(connected)
  return { ...connected, close: async () => {} }
}

/** 补记一笔 — what the run was about, beside its words. */
export function noteRun(notes: Notes): void {
  const run = runs.getStore()
  if (run) run.notes = { ...run.notes, ...notes }
}

/** 写入记录 — the run's one entry; later calls write nothing more. */
export async function recordRun(pool: pg.Pool, outcome: Outcome): Promise<void> {
  const run = runs.getStore()
  if (!run || run.recorded) return
  run.recorded = true
  // Before the first upgrade, and after the last was taken back, there is no audit to write into.
  const { rows } = await pool.query("select to_regclass('audit.entry') is not null as there")
  if (!rows[0].there) return
  await appendAlone(pool, {
    trace: randomUUID(),
    account: operator(),
    role: 'system',
    act: run.act,
    outcome,
    ...run.notes,
    facts: { ...run.notes.facts, arguments: run.arguments },
  })
}

/** 中断也记录 — asked for while a run is under way, and called when it is told to stop; waits no longer than a database may take. */
export function brokenOffOnRecord(): (pool: pg.Pool | undefined) => Promise<void> {
  return AsyncLocalStorage.bind(async (pool: pg.Pool | undefined) => {
    const written = pool && recordRun(pool, 'failed').catch(() => {})
    await Promise.race([written, sleep(2_000, undefined, { ref: false })])
  })
}

/** False when the run could not be recorded: that is told, and the run counts as failed. */
async function close(run: Run, outcome: Outcome): Promise<boolean> {
  const last = run.opened.at(-1)
  try {
    if (last) await recordRun(last.owner.pool, outcome)
    return true
  } catch (error) {
    process.stderr.write(
      `这次操作没能记入审计（${(error as Error).message}）。请查明数据库为什么写不进，并把这次操作另行登记。\n`,
    )
    return false
  } finally {
    for (const connected of run.opened.reverse()) await connected.close()
  }
}
