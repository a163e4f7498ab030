import { useQuery } from '@tanstack/react-query'
import { Button, Progress } from 'antd'
import { useEffect } from 'react'
import { type AnswerError, useApi } from './use-api.tsx'

/** 任务 — as the server tells of it. */
export interface JobState<R = unknown> {
  readonly jobId: string
  readonly kind: string
  readonly title: string
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted'
  readonly done: number
  readonly total: number
  readonly note: string
  readonly result: R
  readonly files: readonly { readonly fileId: string; readonly name: string; readonly bytes: number }[]
  readonly problem: string | null
  readonly attempts: number
  readonly mayRetry: boolean
  readonly createdAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
}

/** 是否还没完 — waiting for its turn or being worked on. */
export function isUnderWay(job: Pick<JobState, 'state'>): boolean {
  return job.state === 'waiting' || job.state === 'running'
}

/** 任务进度 — asks every half second until the job is over; survives a reload because the job stands on the server. */
export function useJob<R>(jobId: string | undefined) {
  const api = useApi()
  return useQuery<JobState<R>, AnswerError>({
    queryKey: ['job', jobId],
    queryFn: ({ signal }) => api.get<JobState<R>>(`/api/jobs/${jobId}`, {}, signal),
    enabled: jobId !== undefined,
    refetchInterval: (query) => (!query.state.data || isUnderWay(query.state.data) ? 500 : false),
  })
}

/** 进度条 — how far it is, a way to stop it, and what went wrong if it did. */
export function JobProgress<R>(props: { jobId: string; onDone: (result: R) => void }) {
  const api = useApi()
  const { data: job } = useJob<R>(props.jobId)
  const { onDone } = props
  useEffect(() => {
    if (job?.state === 'done') onDone(job.result)
  }, [job, onDone])
  if (!job) return <Progress percent={0} />
  if (isUnderWay(job)) {
    const percent = job.total > 0 ? Math.floor((100 * job.done) / job.total) : 0
    return (
      <div className="notice" role="status">
        <span style={{ flex: 1 }}>
          {job.title}：{job.state === 'waiting' ? job.note || '正在排队' : job.note || '正在进行'}
          <Progress percent={percent} />
        </span>
        <Button onClick={() => api.send('DELETE', `/api/jobs/${job.jobId}`)}>停止</Button>
      </div>
    )
  }
  return job.problem ? (
    <div className="notice problem" role="alert">
      {job.title}：{job.problem}
    </div>
  ) : null
}
