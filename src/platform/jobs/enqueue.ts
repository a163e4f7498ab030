import type { Queryable } from '../db/open-database.ts'
import { clientOf, type Tx } from '../db/transaction-client.ts'
import type { JobKind } from './job-kind.ts'
import { jobChannel } from './jobs.ts'

/**
 * 排队 — puts a job into the queue, in the caller's transaction when given one; returns its id.
 *
 * Put there by a request, it runs within the scope of whoever made the request.
 */
export async function enqueue<I>(
  on: Tx | Queryable,
  kind: Pick<JobKind<I, never>, 'kind' | 'attempts'>,
  job: { readonly title: string; readonly owner: string; readonly input: I },
): Promise<string> {
  const { rows } = await ('query' in on ? on : clientOf(on)).query(
    `with put as (
       insert into jobs.job (kind, title, owner, input, attempts_max, on_behalf)
       values ($1, $2, $3, $4::jsonb, $5, nullif(current_setting('app.limits', true), '')::jsonb) returning job_id)
     select job_id, pg_notify('${jobChannel}', '') from put`,
    [kind.kind, job.title, job.owner, JSON.stringify(job.input), kind.attempts ?? 5],
  )
  return rows[0].job_id
}
