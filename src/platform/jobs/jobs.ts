import type pg from 'pg'

/** 任务 — one piece of long work as its owner sees it. */
export interface Job {
  readonly jobId: string
  readonly kind: string
  readonly title: string
  readonly state: 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted'
  readonly done: number
  readonly total: number
  readonly note: string
  readonly result: unknown
  readonly problem: string | null
  readonly startedAt: string
  readonly finishedAt: string | null
}

/** 报告进度 — `done` of `total`, with a few words on what is being done. */
export type Report = (done: number, total: number, note?: string) => void

/** 任务台 — starts long work, tells how far it is, stops it. */
export interface Jobs {
  start(
    job: { kind: string; title: string; owner: string },
    work: (report: Report, signal: AbortSignal) => Promise<unknown>,
  ): Promise<string>
  find(jobId: string, owner: string): Promise<Job | undefined>
  list(owner: string): Promise<Job[]>
  cancel(jobId: string, owner: string): Promise<boolean>
  /** Waits until nothing runs; used when the platform shuts down. */
  settled(): Promise<void>
}

const columns = `job_id as "jobId", kind, title, state, done, total, note, result, problem,
  started_at as "startedAt", finished_at as "finishedAt"`

/** 清理中断任务 — marks work that a killed platform left unfinished: nothing of it was kept, it may be started again. */
export async function markInterruptedJobs(pool: pg.Pool): Promise<void> {
  await pool.query(
    `update jobs.job set state = 'interrupted', finished_at = now(),
       problem = '平台中途停止，这项任务没有做完，也没有留下半截数据。请重新提交。' where state = 'running'`,
  )
}

/** 开任务台 — work runs in this process; its progress and outcome stand in the database. */
export function openJobs(pool: pg.Pool): Jobs {
  const running = new Map<string, { abort: AbortController; over: Promise<void> }>()
  return {
    async start(job, work) {
      const { rows } = await pool.query(
        'insert into jobs.job (kind, title, owner) values ($1, $2, $3) returning job_id',
        [job.kind, job.title, job.owner],
      )
      const jobId = rows[0].job_id as string
      const abort = new AbortController()
      const over = run(pool, jobId, work, abort.signal).finally(() => running.delete(jobId))
      running.set(jobId, { abort, over })
      return jobId
    },
    async find(jobId, owner) {
      const { rows } = await pool.query(`select ${columns} from jobs.job where job_id = $1 and owner = $2`, [
        jobId,
        owner,
      ])
      return rows[0]
    },
    async list(owner) {
      const { rows } = await pool.query(
        `select ${columns} from jobs.job where owner = $1 order by started_at desc limit 100`,
        [owner],
      )
      return rows
    },
    async cancel(jobId, owner) {
      const { rowCount } = await pool.query('select 1 from jobs.job where job_id = $1 and owner = $2', [
        jobId,
        owner,
      ])
      const found = rowCount === 1 ? running.get(jobId) : undefined
      found?.abort.abort()
      return found !== undefined
    },
    async settled() {
      for (const { abort } of running.values()) abort.abort()
      await Promise.all([...running.values()].map(({ over }) => over))
    },
  }
}

async function run(
  pool: pg.Pool,
  jobId: string,
  work: (report: Report, signal: AbortSignal) => Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  const report = throttledReport(pool, jobId)
  try {
    const result = await work(report, signal)
    await finish(pool, jobId, signal.aborted ? 'cancelled' : 'done', JSON.stringify(result ?? null), null)
  } catch (error) {
    const state = signal.aborted ? 'cancelled' : 'failed'
    await finish(
      pool,
      jobId,
      state,
      null,
      signal.aborted ? '已按要求停止，没有留下数据。' : (error as Error).message,
    )
  }
}

async function finish(
  pool: pg.Pool,
  jobId: string,
  state: string,
  result: string | null,
  problem: string | null,
): Promise<void> {
  await pool.query(
    `update jobs.job set state = $2, result = $3, problem = $4, finished_at = now(),
       done = case when $2 = 'done' then greatest(total, done) else done end where job_id = $1`,
    [jobId, state, result, problem],
  )
}

/** Progress is written at most three times a second: the work must not wait for its own reporting. */
function throttledReport(pool: pg.Pool, jobId: string): Report {
  let last = 0
  return (done, total, note = '') => {
    const now = Date.now()
    if (now - last < 300) return
    last = now
    pool
      .query(`update jobs.job set done = $2, total = $3, note = $4 where job_id = $1 and state = 'running'`, [
        jobId,
        Math.round(done),
        Math.round(total),
        note,
      ])
      .catch(() => {})
  }
}
