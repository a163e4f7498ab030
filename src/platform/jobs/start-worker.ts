import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { JobKind } from './job-kind.ts'
import { jobChannel } from './jobs.ts'
import { type Claimed, claim, queueTimes } from './lease.ts'
import { listen } from './listen.ts'
import { type Run, type RunSettings, runJob } from './run-job.ts'

/** 办理进程的设置 — which kinds it works on, how many jobs at a time, and what it does beside. */
export interface WorkerOptions<C> extends Omit<RunSettings<C>, 'onFault'> {
  readonly kinds: readonly JobKind<never, C>[]
  /** Jobs at the same time; 2 when absent. */
  readonly slots?: number
  /** Small regular work, begun every minute: clearing what is too old, looking again at what was put aside. */
  readonly chores?: readonly (() => Promise<unknown>)[]
  readonly onFault: (what: string, error: unknown) => void
}

/** 办理进程 — works on the queue until it is stopped. */
export interface Worker {
  /** Takes no more; lets what runs end within `graceMs`, and puts the rest back for another process. */
  stop(graceMs?: number): Promise<void>
}

/**
 * 开始办理 — works on the queue from this process; any number of processes and machines may, on one database.
 *
 * Leases, beats and announcements go over connections of their own, so that a busy pool cannot silence a living
 * worker. A lost database is waited for.
 */
export function startWorker<C>(options: WorkerOptions<C>): Worker {
  const slots = options.slots ?? 2
  const pool = poolBeside(options.pool, slots + 2)
  const kinds = new Map(options.kinds.map((kind) => [kind.kind, kind]))
  const name = `${hostname()}:${process.pid}`
  const runs = new Map<string, Run>()
  const bell = hungBell()
  let stopping = false
  const deafen = listen(pool, jobChannel, (word) => {
    runs.get(word)?.look()
    bell.ring()
  })
  const begin = (job: Claimed) => {
    const run = runJob({ ...options, pool }, kinds.get(job.kind) as JobKind<never, C>, job)
    runs.set(job.jobId, run)
    run.over.finally(() => {
      runs.delete(job.jobId)
      bell.ring()
    })
  }
  const next = claimer(pool, [...kinds.keys()], name, options.onFault)
  const work = async () => {
    while (!stopping) {
      const job = runs.size < slots ? await next() : undefined
      if (job) begin(job)
      else await bell.wait(queueTimes.look)
    }
  }
  const working = work()
  const chores = startChores(options.chores ?? [], options.onFault)
  return {
    stop: async (graceMs = 5_000) => {
      stopping = true
      bell.ring()
      await working
      await ended(runs, graceMs)
      for (const run of runs.values()) run.handBack()
      // A kind that does not listen to its signal is left behind: its lease runs out.
      await ended(runs, 3_000)
      await chores()
      await deafen()
      await pool.end()
    },
  }
}

/** The password of a pool's options cannot be seen by copying them. */
function poolBeside({ options }: pg.Pool, max: number): pg.Pool {
  const pool = new pg.Pool({
    ...options,
    ...(options.password !== undefined && { password: options.password }),
    max,
  })
  pool.on('error', () => {})
  // A connection that is in use and breaks tells its next statement; without a listener it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** A database that is away is told of once, not every second. */
function claimer(
  pool: pg.Pool,
  kinds: readonly string[],
  name: string,
  onFault: (what: string, error: unknown) => void,
): () => Promise<Claimed | undefined> {
  let told = false
  return async () => {
    try {
      const job = await claim(pool, kinds, name)
      told = false
      return job
    } catch (error) {
      if (!told) onFault('queue', error)
      told = true
      return undefined
    }
  }
}

/** Rings once for whoever waits, or for the next who would: a word that comes between looking and waiting is not lost. */
function hungBell(): { ring(): void; wait(mostMs: number): Promise<void> } {
  let rung = false
  let wake = () => {}
  return {
    ring: () => {
      rung = true
      wake()
    },
    wait: async (mostMs) => {
      if (!rung)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, mostMs)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      rung = false
    },
  }
}

async function ended(runs: ReadonlyMap<string, Run>, withinMs: number): Promise<void> {
  const stop = new AbortController()
  const late = wait(withinMs, undefined, { signal: stop.signal }).catch(() => {})
  await Promise.race([Promise.all([...runs.values()].map(({ over }) => over)), late])
  stop.abort()
}

/** Returns how to stop them; waits for the one that is at it. */
function startChores(
  chores: readonly (() => Promise<unknown>)[],
  onFault: (what: string, error: unknown) => void,
): () => Promise<void> {
  let at = Promise.resolve()
  const round = async () => {
    for (const chore of chores) await chore().catch((error: unknown) => onFault('chore', error))
  }
  const timer = setInterval(() => {
    at = at.then(round)
  }, 60_000)
  return () => {
    clearInterval(timer)
    return at
  }
}
