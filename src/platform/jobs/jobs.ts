import type pg from 'pg'

/** 任务 — one piece of long work as its owner sees it. */
export interface Job {
  readonly jobId: string
  readonly kind: string
  readonly title: string
  /** `interrupted` only on work from before there was a queue. */
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted'
  readonly done: number
  readonly total: number
  readonly note: string
  readonly result: unknown
  /** Files it made, to be downloaded by its owner. */
  readonly files: readonly JobFile[]
  readonly problem: string | null
  /** How often a run of it began. */
  readonly attempts: number
  readonly mayRetry: boolean
  readonly createdAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
}

/** 任务的文件 — one of the files a job made. */
export interface JobFile {
  readonly fileId: string
  readonly name: string
  readonly bytes: number
}

/** 报告进度 — `done` of `total`, with a few words on what is being done. */
export type Report = (done: number, total: number, note?: string) => void

/** 任务台 — an owner's own jobs: look, stop, try again. Someone else's are not there. */
export interface Jobs {
  find(jobId: string, owner: string): Promise<Job | undefined>
  /** The latest hundred. */
  list(owner: string): Promise<Job[]>
  /** False when it was over already. Nothing of a stopped job is kept, also where it runs on another machine. */
  cancel(jobId: string, owner: string): Promise<boolean>
  /** Puts a job that did not succeed back into the queue; it goes on from its last checkpoint. */
  retry(jobId: string, owner: string): Promise<boolean>
}

/** Work is announced here, and asked to stop; a worker that misses a word looks by itself a second later. */
export const jobChannel = 'kuoyou_jobs'

const columns = `job_id as "jobId", kind, title, state, done, total, note, result, files, problem, attempts,
  input is not null and state in ('failed', 'cancelled') as "mayRetry",
  created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`

/** 开任务台 — over the queue in the database; who works on it stands elsewhere (`startWorker`). */
export function openJobs(pool: pg.Pool): Jobs {
  return {
    async find(jobId, owner) {
      const { rows } = await pool.query(`select ${columns} from jobs.job where job_id = $1 and owner = $2`, [
        jobId,
        owner,
      ])
      return rows[0]
    },
    async list(owner) {
      const { rows } = await pool.query(
        `select ${columns} from jobs.job where owner = $1 order by created_at desc, job_id limit 100`,
        [owner],
      )
      return rows
    },
    cancel: (jobId, owner) => cancel(pool, jobId, owner),
    retry: (jobId, owner) => retry(pool, jobId, owner),
  }
}

/** 已停止 — what a stopped job says. */
export const stoppedWords = '已按要求停止，没有留下数据。'

/** One that waits is over at once; one that runs is ended by whoever runs it, before its effect or not at all. */
async function cancel(pool: pg.Pool, jobId: string, owner: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with asked as (
       update jobs.job set cancel_asked = true,
         state = case state when 'waiting' then 'cancelled' else state end,
         finished_at = case state when 'waiting' then now() end,
         problem = case state when 'waiting' then $3 else problem end
        where job_id = $1 and owner = $2 and state in ('waiting', 'running') returning job_id)
     select pg_notify('${jobChannel}', job_id::text) from asked`,
    [jobId, owner, stoppedWords],
  )
  return rowCount === 1
}

async function retry(pool: pg.Pool, jobId: string, owner: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with again as (
       update jobs.job set state = 'waiting', attempts = 0, cancel_asked = false, run_after = now(), result = null,
         problem = null, note = '', finished_at = null
        where job_id = $1 and owner = $2 and state in ('failed', 'cancelled') and input is not null returning job_id)
     select pg_notify('${jobChannel}', '') from again`,
    [jobId, owner],
  )
  return rowCount === 1
}
