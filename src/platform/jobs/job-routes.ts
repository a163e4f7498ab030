import Type from 'typebox'
import { granted, refused } from '../../kernel/result.ts'
import { declareAccess } from '../access/policy.ts'
import { fileAnswer } from '../files/file-answer.ts'
import type { Files } from '../files/file-store.ts'
import { notFound, type Route, routeFor } from '../http/route.ts'
import type { Jobs } from './jobs.ts'

/** What these routes are lent. */
interface Lent {
  readonly jobs: Jobs
  readonly files: Files
}

const route = routeFor<Lent>()

/** 任务的准入 — one's own. */
export const jobAccess = declareAccess('job', {
  own: { zh: '登录后可以查看和停止本人的任务', roles: 'signed-in' },
})

const JobShape = Type.Object({
  jobId: Type.String(),
  kind: Type.String(),
  title: Type.String(),
  state: Type.Union(
    ['waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted'].map((state) =>
      Type.Literal(state as 'running'),
    ),
  ),
  done: Type.Integer(),
  total: Type.Integer(),
  note: Type.String(),
  result: Type.Unknown(),
  files: Type.Array(Type.Object({ fileId: Type.String(), name: Type.String(), bytes: Type.Integer() })),
  problem: Type.Union([Type.String(), Type.Null()]),
  attempts: Type.Integer(),
  mayRetry: Type.Boolean(),
  createdAt: Type.String(),
  startedAt: Type.Union([Type.String(), Type.Null()]),
  finishedAt: Type.Union([Type.String(), Type.Null()]),
})
const JobPath = Type.Object({ jobId: Type.String({ format: 'uuid' }) })
const FilePath = Type.Object({ ...JobPath.properties, fileId: Type.String({ format: 'uuid' }) })

/** 任务的不予办理 — code → what it means. */
export const jobRefusals = { 'jobs.not-to-retry': '这项任务不能重试' } as const

/** 后台作业 — a visitor's own long work: list, look, stop, try again, take what it made. */
export const jobRoutes: readonly Route<Lent>[] = [
  route({
    method: 'GET',
    path: '/api/jobs',
    summary: '我的后台作业',
    may: jobAccess.own,
    answer: Type.Array(JobShape),
    handle: async ({ context, visitor }) => (await context.jobs.list(visitor.account)) as never,
  }),
  route({
    method: 'GET',
    path: '/api/jobs/{jobId}',
    summary: '一项任务的进度与结果',
    may: jobAccess.own,
    params: JobPath,
    answer: JobShape,
    handle: async ({ context, visitor, params }) =>
      ((await context.jobs.find(params.jobId, visitor.account)) ?? notFound) as never,
  }),
  route({
    method: 'DELETE',
    path: '/api/jobs/{jobId}',
    summary: '停止一项任务',
    may: jobAccess.own,
    params: JobPath,
    answer: Type.Object({ stopped: Type.Boolean() }),
    handle: async ({ context, visitor, params }) => ({
      stopped: await context.jobs.cancel(params.jobId, visitor.account),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/jobs/{jobId}/retry',
    summary: '重试一项没有做成或已停止的任务，从上次的检查点接着做',
    may: jobAccess.own,
    params: JobPath,
    answer: JobPath,
    handle: async ({ context, visitor, params }) => {
      const job = await context.jobs.find(params.jobId, visitor.account)
      if (!job) return notFound
      return (await context.jobs.retry(params.jobId, visitor.account)) ? granted(params) : notToRetry()
    },
  }),
  route({
    method: 'GET',
    path: '/api/jobs/{jobId}/files/{fileId}',
    summary: '下载任务生成的文件',
    may: jobAccess.own,
    params: FilePath,
    handle: async ({ context, visitor, params }) => {
      const job = await context.jobs.find(params.jobId, visitor.account)
      if (!job?.files.some(({ fileId }) => fileId === params.fileId)) return notFound
      const file = await context.files.open(params.fileId, ({ owner }) => owner === visitor.account)
      if (!file) return notFound
      return file.ok ? fileAnswer(file.value) : file
    },
  }),
]

function notToRetry() {
  return refused({
    code: 'jobs.not-to-retry' satisfies keyof typeof jobRefusals,
    text: '这项任务不能重试—只有没有做成或已停止的任务可以重试—请刷新页面看它现在的状态，需要时重新提交。',
  })
}
