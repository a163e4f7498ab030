import Type from 'typebox'
import { signedIn } from '../access/policy.ts'
import { notFound, type Route, routeFor } from '../http/route.ts'
import type { Jobs } from './jobs.ts'

const route = routeFor<{ readonly jobs: Jobs }>()

const JobShape = Type.Object({
  jobId: Type.String(),
  kind: Type.String(),
  title: Type.String(),
  state: Type.Union(
    ['running', 'done', 'failed', 'cancelled', 'interrupted'].map((state) =>
      Type.Literal(state as 'running'),
    ),
  ),
  done: Type.Integer(),
  total: Type.Integer(),
  note: Type.String(),
  result: Type.Unknown(),
  problem: Type.Union([Type.String(), Type.Null()]),
  startedAt: Type.String(),
  finishedAt: Type.Union([Type.String(), Type.Null()]),
})
const JobPath = Type.Object({ jobId: Type.String({ format: 'uuid' }) })

/** 我的任务 — a visitor's own long work: list, look, stop. */
export const jobRoutes: readonly Route<{ readonly jobs: Jobs }>[] = [
  route({
    method: 'GET',
    path: '/api/jobs',
    summary: '我的任务',
    may: signedIn,
    answer: Type.Array(JobShape),
    handle: async ({ context, visitor }) => (await context.jobs.list(visitor.account)) as never,
  }),
  route({
    method: 'GET',
    path: '/api/jobs/{jobId}',
    summary: '一项任务的进度与结果',
    may: signedIn,
    params: JobPath,
    answer: JobShape,
    handle: async ({ context, visitor, params }) =>
      ((await context.jobs.find(params.jobId, visitor.account)) ?? notFound) as never,
  }),
  route({
    method: 'DELETE',
    path: '/api/jobs/{jobId}',
    summary: '停止一项任务',
    may: signedIn,
    params: JobPath,
    answer: Type.Object({ stopped: Type.Boolean() }),
    handle: async ({ context, visitor, params }) => ({
      stopped: await context.jobs.cancel(params.jobId, visitor.account),
    }),
  }),
]
