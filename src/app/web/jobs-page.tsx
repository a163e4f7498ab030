import { useQueryClient } from '@tanstack/react-query'
import { Button, Progress, Table } from 'antd'
import { useState } from 'react'
import { chinaMoment } from '../../kernel/china-moment.ts'
import { sizeWords } from '../../ui/attachments.tsx'
import { isUnderWay, type JobState } from '../../ui/job-progress.tsx'
import { Answered, Card, Empty, Page, Problem } from '../../ui/page.tsx'
import { type AnswerError, useApi, useLiveAnswer } from '../../ui/use-api.tsx'

const stateWords = {
  waiting: '排队中',
  running: '进行中',
  done: '已完成',
  failed: '未成功',
  cancelled: '已停止',
  interrupted: '被中断',
} as const

/** 后台作业 — long work this visitor started, how far it is, how it ended, and the files it made. */
export function JobsPage() {
  const query = useLiveAnswer<JobState[]>('/api/jobs', (jobs) => (jobs.some(isUnderWay) ? 1_000 : false))
  const [error, setError] = useState<AnswerError>()
  return (
    <Page
      title="后台作业"
      answer="测算、导入、导出等较长的工作都列在这里，关掉页面也会继续；服务器中断后会自动接着做。结果保留 30 天。"
    >
      {error && <Problem error={error} />}
      <Answered query={query}>
        {(jobs) =>
          jobs.length === 0 ? (
            <Empty why="还没有后台作业。您在“学位供需”里重新测算、在“导入导出”里导入导出台账，进度和做好的文件会出现在这里。" />
          ) : (
            <Card title="作业" note={`${jobs.length} 项`}>
              <Table
                size="small"
                rowKey="jobId"
                dataSource={jobs}
                pagination={false}
                scroll={{ x: 760 }}
                columns={[
                  { title: '作业', dataIndex: 'title' },
                  {
                    title: '状态',
                    dataIndex: 'state',
                    render: (state: JobState['state']) => stateWords[state],
                  },
                  { title: '进度', width: 130, render: (_, job) => <JobShare job={job} /> },
                  { title: '提交', dataIndex: 'createdAt', render: momentOf },
                  { title: '完成', dataIndex: 'finishedAt', render: momentOf },
                  { title: '说明', render: (_, job) => job.problem ?? job.note },
                  { title: '办理', render: (_, job) => <JobActs job={job} onError={setError} /> },
                ]}
              />
            </Card>
          )
        }
      </Answered>
    </Page>
  )
}

function JobShare({ job }: { job: JobState }) {
  if (job.total === 0 || (!isUnderWay(job) && job.state !== 'done')) return null
  return <Progress size="small" percent={Math.floor((100 * job.done) / job.total)} />
}

function JobActs({ job, onError }: { job: JobState; onError: (error?: AnswerError) => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const act = (method: 'POST' | 'DELETE', path: string) =>
    api
      .send(method, path)
      .then(() => onError(undefined), onError)
      .then(() => queries.invalidateQueries())
  const path = `/api/jobs/${job.jobId}`
  return (
    <>
      {isUnderWay(job) && (
        <Button size="small" aria-label={`停止 ${job.title}`} onClick={() => act('DELETE', path)}>
          停止
        </Button>
      )}
      {job.mayRetry && (
        <Button size="small" aria-label={`重试 ${job.title}`} onClick={() => act('POST', `${path}/retry`)}>
          重试
        </Button>
      )}
      {job.files.map(({ fileId, name, bytes }) => (
        <div key={fileId}>
          <a href={api.href(`${path}/files/${fileId}`)} download>
            {name}
          </a>{' '}
          <span className="quiet">{sizeWords(bytes)}</span>
        </div>
      ))}
    </>
  )
}

function momentOf(moment: string | null): string {
  return moment === null ? '' : chinaMoment(moment, 'second')
}
