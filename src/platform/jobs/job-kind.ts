import type { Result } from '../../kernel/result.ts'
import type { Tx } from '../db/transaction-client.ts'
import type { JobFile, Report } from './jobs.ts'

/** 在办任务 — one run of a job, as its kind sees it; `context` is what the platform lends for the work. */
export interface Work<I, C> {
  readonly jobId: string
  readonly owner: string
  readonly title: string
  readonly input: I
  readonly context: C
  /** Tells how far it is; also lets the queue know that the work is alive. */
  readonly report: Report
  /** Aborts when the owner stops the job, the process is to end, or another process took the job over. */
  readonly signal: AbortSignal
  /** What the last checkpoint of an earlier run stored; undefined when there was none. */
  readonly reached: unknown
  /** Stores where the work is, so that a later run goes on from here. Throws when the job is no longer ours. */
  checkpoint(state: unknown): Promise<void>
  /**
   * Ends the job inside the transaction of its effect: both are committed, or neither. Call it last.
   *
   * Throws, and so takes the effect back, when the owner stopped the job or another process took it over:
   * however often a job is begun, its effect happens once.
   */
  finish(tx: Tx, result: unknown, files?: readonly JobFile[]): Promise<void>
}

/**
 * 任务种类 — what is done with one kind of job. Its name stands in the queue, the code on every machine that works.
 *
 * `run` may be begun again from its last checkpoint. A refusal ends the job with its sentence; anything thrown
 * is tried again, a few times. A kind without an effect in the database need not call `finish`: what it returns
 * is the result.
 */
export interface JobKind<I, C> {
  readonly kind: string
  /** How often a run may begin; 5 when absent. */
  readonly attempts?: number
  readonly run: (work: Work<I, C>) => Promise<Result<unknown>>
}

/** 声明任务种类 — types its input for those who put work into the queue. */
export function jobKindFor<C>() {
  return <I>(kind: JobKind<I, C>): JobKind<I, C> => kind
}
