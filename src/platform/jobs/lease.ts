import type pg from 'pg'
import type { Refusal } from '../../kernel/result.ts'
import { appendEntry } from '../audit/append-entry.ts'
import type { Scope } from '../db/scope.ts'
import { together } from '../db/together.ts'
import type { Tx } from '../db/transaction-client.ts'
import { clientOf } from '../db/transaction-client.ts'
import { type JobFile, stoppedWords } from './jobs.ts'

/**
 * 时限 — in milliseconds: a lease not renewed for 8 s is free for others, so work of a killed process goes on
 * within 10 s; what is over is kept for 30 days.
 */
export const queueTimes = { lease: 8_000, beat: 2_000, look: 1_000, kept: 30 * 86_400_000 } as const

/** 领到的任务 — a job this process holds; `lease` is its right to change it, void once another process has it. */
export interface Claimed {
  readonly jobId: string
  readonly kind: string
  readonly owner: string
  readonly title: string
  readonly input: unknown
  readonly checkpoint: unknown
  readonly attempts: number
  readonly attemptsMax: number
  readonly cancelAsked: boolean
  readonly lease: string
  /** The scope of whoever set it going; null for the platform's own work. */
  readonly onBehalf: Scope | null
}

/** 失去任务 — the job is stopped, or another process has it: whatever this one was about to do must not happen. */
export class LostLease extends Error {
  override readonly name = 'LostLease'
}

/** 领任务 — the oldest that waits or whose holder fell silent; undefined when there is nothing to do. */
export async function claim(
  pool: pg.Pool,
  kinds: readonly string[],
  worker: string,
): Promise<Claimed | undefined> {
  const { rows } = await pool.query<Claimed>(
    `update jobs.job as job set state = 'running', attempts = attempts + 1, lease = gen_random_uuid(), worker = $2,
       lease_until = now() + make_interval(secs => $3), started_at = coalesce(started_at, now())
      from (select job_id from jobs.job where kind = any($1)
              and (state = 'waiting' and run_after <= now() or state = 'running' and lease_until < now())
             order by created_at limit 1 for update skip locked) as next
     where job.job_id = next.job_id
    returning job.job_id as "jobId", kind, owner, title, input, checkpoint, attempts, attempts_max as "attemptsMax",
      cancel_asked as "cancelAsked", lease, on_behalf as "onBehalf"`,
    [kinds, worker, queueTimes.lease / 1000],
  )
  return rows[0]
}

const held = "job_id = $1 and lease = $2 and state = 'running'"

/** 续期 — renews the lease and tells progress; says whether the owner asked to stop, or that the job is lost. */
export async function renew(
  pool: pg.Pool,
  { jobId, lease }: Claimed,
  progress: { readonly done: number; readonly total: number; readonly note: string },
): Promise<'held' | 'cancelled' | 'lost'> {
  const { rows } = await pool.query(
    `update jobs.job set lease_until = now() + make_interval(secs => $3), done = $4, total = $5, note = $6
      where ${held} returning cancel_asked`,
    [
      jobId,
      lease,
      queueTimes.lease / 1000,
      Math.round(progress.done),
      Math.round(progress.total),
      progress.note,
    ],
  )
  return rows.length === 0 ? 'lost' : rows[0].cancel_asked ? 'cancelled' : 'held'
}

/** 存检查点 — and renews the lease. */
export async function saveCheckpoint(
  pool: pg.Pool,
  { jobId, lease }: Claimed,
  state: unknown,
): Promise<void> {
  const { rowCount } = await pool.query(
    `update jobs.job set checkpoint = $3::jsonb, lease_until = now() + make_interval(secs => $4)
      where ${held} and not cancel_asked`,
    [jobId, lease, JSON.stringify(state ?? null), queueTimes.lease / 1000],
  )
  if (rowCount !== 1) throw new LostLease('the job was stopped or taken over before this checkpoint')
}

/** 办结 — on the connection of the effect's own transaction, or alone when there is none; true when it was still ours. */
export async function settleDone(
  on: Tx | pg.Pool,
  job: Claimed,
  result: unknown,
  files: readonly JobFile[] = [],
): Promise<boolean> {
  return atOnce(on, async (client) => {
    const { rowCount } = await client.query(
      `update jobs.job set state = 'done', result = $3::jsonb, files = $4::jsonb, done = greatest(total, done),
         finished_at = clock_timestamp(), lease = null, lease_until = null
        where ${held} and not cancel_asked`,
      [job.jobId, job.lease, JSON.stringify(result ?? null), JSON.stringify(files)],
    )
    if (rowCount === 1) await enterOver(client, job, 'done')
    return rowCount === 1
  })
}

/** In the transaction of the effect, or in one of its own: a job is never over without its entry. */
function atOnce<T>(on: Tx | pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return 'connect' in on ? together(on, work) : work(clientOf(on))
}

/** The job's one entry in the audit; its title stays out, for it may name a file or a person. */
function enterOver(
  client: pg.PoolClient,
  { jobId, kind, owner, attempts, onBehalf }: Claimed,
  state: 'done' | 'failed' | 'refused' | 'cancelled',
): Promise<void> {
  return appendEntry(client, {
    trace: jobId,
    account: owner,
    role: 'system',
    act: `job.${kind}`,
    outcome: state === 'cancelled' ? 'refused' : state,
    countyIds: onBehalf?.counties.length === 1 ? onBehalf.counties : [],
    object: { kind: 'job', id: jobId },
    facts: { attempts, ...(state === 'cancelled' && { cancelled: true }) },
  })
}

/** 未成 — over without success; a job its owner stopped says so, whatever broke on the way. */
export async function settleFailed(
  pool: pg.Pool,
  job: Claimed,
  problem: string,
  refusal?: Refusal,
): Promise<void> {
  await together(pool, async (client) => {
    const { rows } = await client.query(
      `update jobs.job set state = case when cancel_asked then 'cancelled' else 'failed' end, result = $4::jsonb,
         problem = case when cancel_asked then $5 else $3 end, finished_at = now(), lease = null, lease_until = null
        where ${held} returning state`,
      [job.jobId, job.lease, problem, JSON.stringify(refusal ? { refusal } : null), stoppedWords],
    )
    const state = rows[0]?.state
    if (state) await enterOver(client, job, state === 'failed' && refusal ? 'refused' : state)
  })
}

/** 放回队列 — after a fault with a pause, or at once and uncounted when the process ends before the work is done. */
export async function putBack(
  pool: pg.Pool,
  job: Claimed,
  why: { readonly note: string; readonly pauseMs: number; readonly counts: boolean },
): Promise<void> {
  await together(pool, async (client) => {
    const { rows } = await client.query(
      `update jobs.job set state = case when cancel_asked then 'cancelled' else 'waiting' end,
       problem = case when cancel_asked then $6 end, finished_at = case when cancel_asked then now() end,
       note = $3, run_after = now() + make_interval(secs => $4), attempts = attempts - $5,
       lease = null, lease_until = null
      where ${held} returning state`,
      [job.jobId, job.lease, why.note, why.pauseMs / 1000, why.counts ? 0 : 1, stoppedWords],
    )
    if (rows[0]?.state === 'cancelled') await enterOver(client, job, 'cancelled')
  })
}

/** 清理旧任务 — what has been over for 30 days; returns how many. */
export async function clearOldJobs(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(
    'delete from jobs.job where finished_at < now() - make_interval(secs => $1)',
    [queueTimes.kept / 1000],
  )
  return rowCount ?? 0
}
