import type pg from 'pg'
import type { Scope } from '../db/scope.ts'
import type { JobKind, Work } from './job-kind.ts'
import {
  type Claimed,
  LostLease,
  putBack,
  queueTimes,
  renew,
  saveCheckpoint,
  settleDone,
  settleFailed,
} from './lease.ts'

/** 办理环境 — what a run needs from the worker around it. */
export interface RunSettings<C> {
  readonly pool: pg.Pool
  /** What a run is lent, within the scope of whoever set the job going. */
  readonly lend: (onBehalf: Scope | null) => C
  /** Told every step a job reaches; a trial that kills the process at the n-th listens here. */
  readonly onStep?: ((step: string) => void) | undefined
  readonly onFault: (jobId: string, error: unknown) => void
}

/** 一次办理 — a job being worked on in this process. */
export interface Run {
  readonly over: Promise<void>
  /** Renews the lease now, and so learns at once whether the owner asked to stop. */
  look(): void
  /** Breaks the work off and puts it back for another process. */
  handBack(): void
}

type Stop = 'cancelled' | 'lost' | 'handed back'

/** 办理 — one run of a claimed job, with its pulse; never rejects. */
export function runJob<C>(settings: RunSettings<C>, kind: JobKind<never, C>, job: Claimed): Run {
  const abort = new AbortController()
  const pulse = startPulse(settings, job, abort)
  const over = work(settings, kind, job, abort.signal, pulse)
    .catch((error: unknown) => conclude(settings, job, abort.signal, error))
    // Without a database nothing can be told: the lease runs out, and the next process takes the job up.
    .catch((error: unknown) => settings.onFault(job.jobId, error))
    .finally(pulse.stop)
  return { over, look: pulse.beat, handBack: () => abort.abort('handed back' satisfies Stop) }
}

async function work<C>(
  settings: RunSettings<C>,
  kind: JobKind<never, C>,
  job: Claimed,
  signal: AbortSignal,
  pulse: Pulse,
): Promise<void> {
  const step = settings.onStep ?? (() => {})
  step('claimed')
  if (job.cancelAsked) throw new LostLease('stopped before it began')
  if (job.attempts > job.attemptsMax)
    return settleFailed(settings.pool, job, brokeOffTooOften(job.attemptsMax))
  const call: Work<unknown, C> = {
    jobId: job.jobId,
    owner: job.owner,
    title: job.title,
    input: job.input,
    context: settings.lend(job.onBehalf),
    signal,
    reached: job.checkpoint ?? undefined,
    report: (done, total, note = '') => {
      pulse.tell({ done, total, note })
      step('progress')
    },
    checkpoint: async (state) => {
      await saveCheckpoint(settings.pool, job, state)
      step('checkpoint')
    },
    finish: async (tx, result, files) => {
      if (!(await settleDone(tx, job, result, files)))
        throw new LostLease('the job was stopped or taken over before its effect')
      step('effect not yet committed')
    },
  }
  const outcome = await kind.run(call as Work<never, C>)
  if (!outcome.ok) return settleFailed(settings.pool, job, outcome.refusal.text, outcome.refusal)
  // Matches nothing when the kind finished the job with its effect, or the owner stopped it at the last moment.
  await settleDone(settings.pool, job, outcome.value)
  await settleFailed(settings.pool, job, '')
  step('done')
}

async function conclude<C>(
  { pool, onFault }: RunSettings<C>,
  job: Claimed,
  signal: AbortSignal,
  error: unknown,
): Promise<void> {
  const stop = signal.aborted ? (signal.reason as Stop) : undefined
  if (stop === 'lost') return
  if (stop === 'handed back')
    return putBack(pool, job, { note: '办理的进程停止，等下一个接着做', pauseMs: 0, counts: false })
  if (stop === 'cancelled' || error instanceof LostLease) return settleFailed(pool, job, '')
  onFault(job.jobId, error)
  if (job.attempts >= job.attemptsMax) return settleFailed(pool, job, failedTooOften(job))
  const pauseMs = 1000 * 2 ** (job.attempts - 1)
  return putBack(pool, job, { note: `第 ${job.attempts} 次没有做成，稍后自动再试`, pauseMs, counts: true })
}

function failedTooOften({ attempts, jobId }: Claimed): string {
  return `平台出错—试了 ${attempts} 次都没有做完，没有留下半截数据—请稍后点“重试”；若仍不行，请把编号 ${jobId.slice(0, 8)} 告诉管理员。`
}

function brokeOffTooOften(times: number): string {
  return `办理这项任务的进程接连中断 ${times} 次—没有做完，也没有留下半截数据—请点“重试”；若仍不行，请告诉管理员。`
}

interface Pulse {
  tell(progress: { done: number; total: number; note: string }): void
  beat(): void
  stop(): void
}

/** Progress is written at most three times a second, the lease renewed at least every two: the work waits for neither. */
function startPulse<C>({ pool }: RunSettings<C>, job: Claimed, abort: AbortController): Pulse {
  let progress = { done: 0, total: 0, note: '' }
  let told = true
  let last = performance.now()
  let asking = false
  const beat = () => {
    if (asking) return
    asking = true
    told = true
    last = performance.now()
    renew(pool, job, progress)
      .then((answer) => {
        if (answer !== 'held') abort.abort(answer satisfies Stop)
      })
      .catch(() => {})
      .finally(() => {
        asking = false
      })
  }
  const timer = setInterval(() => {
    if (!told || performance.now() - last > queueTimes.beat) beat()
  }, 300)
  return {
    tell: (now) => {
      progress = now
      told = false
    },
    beat,
    stop: () => clearInterval(timer),
  }
}
