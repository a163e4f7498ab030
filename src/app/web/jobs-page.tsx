import { Table } from 'antd'
import type { JobState } from '../../ui/job-progress.tsx'
import { Answered, Card, Empty, Page } from '../../ui/page.tsx'
import { useAnswer } from '../../ui/use-api.tsx'

const stateWords = {
  running: '进行中',
  done: '已完成',
  failed: '未成功',
  cancelled: '已停止',
  interrupted: '被中断',
} as const

/** 我的任务 — long work this visitor started, how far it is and how it ended. */
export function JobsPage() {
  const query = useAnswer<JobState[]>('/api/jobs')
  return (
    <Page title="我的任务" answer="测算、导入等较长的工作都列在这里，关掉页面也会继续。">
      <Answered query={query}>
        {(jobs) =>
          jobs.length === 0 ? (
            <Empty why="还没有任务。在“学位供需”里重新测算、或在“导入导出”里导入台账后，会出现在这里。" />
          ) : (
            <Card title="任务" note={`${jobs.length} 项`}>
              <Table
                size="small"
                rowKey="jobId"
                dataSource={jobs}
                pagination={false}
                scroll={{ x: 640 }}
                columns={[
                  { title: '任务', dataIndex: 'title' },
                  {
                    title: '状态',
                    dataIndex: 'state',
                    render: (state: JobState['state']) => stateWords[state],
                  },
                  {
                    title: '进度',
                    align: 'right',
                    render: (_, job) => (job.total > 0 ? `${Math.floor((100 * job.done) / job.total)}%` : ''),
                  },
                  { title: '开始', dataIndex: 'startedAt', render: (moment: string) => moment.slice(0, 19) },
                  { title: '说明', render: (_, job) => job.problem ?? job.note },
                ]}
              />
            </Card>
          )
        }
      </Answered>
    </Page>
  )
}
