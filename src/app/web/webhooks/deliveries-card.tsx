import { useQueryClient } from '@tanstack/react-query'
import { Button, Table } from 'antd'
import { useState } from 'react'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { Answered, Card, Empty, Problem } from '../../../ui/page.tsx'
import { type AnswerError, useAnswer, useApi } from '../../../ui/use-api.tsx'
import { eventName, type Receiver } from './receiver.ts'

interface Delivery {
  readonly eventId: string
  readonly kind: string
  readonly about: Readonly<Record<string, string | number>>
  readonly at: string
  readonly state: 'waiting' | 'done' | 'failed'
  readonly attempts: number
  readonly nextAt: string
  readonly status: number | null
  readonly problem: string | null
  readonly finishedAt: string | null
}

const pageSize = 20
const states = {
  waiting: ['waiting', '待送'],
  done: ['surplus', '已送到'],
  failed: ['shortage', '未送到'],
} as const

/** 推送情况 — what was sent to one receiver, how each attempt ended, and sending anew. */
export function DeliveriesCard({ receiver }: { receiver: Receiver }) {
  const [page, setPage] = useState(1)
  const [error, setError] = useState<AnswerError>()
  const path = `/api/webhooks/${receiver.endpointId}/deliveries`
  const query = useAnswer<{ total: number; rows: Delivery[] }>(path, { page, pageSize })
  return (
    <Card title={`推送情况：${receiver.name}`} note="新的在前，保留 30 天">
      {error && <Problem error={error} />}
      <Answered query={query}>
        {({ total, rows }) =>
          total === 0 ? (
            <Empty why="登记以来还没有它要知道的事发生。办成一件（如确认一次导入）后，这里会列出推送的情况。" />
          ) : (
            <Table
              size="small"
              rowKey="eventId"
              dataSource={rows}
              scroll={{ x: 760 }}
              pagination={{ current: page, pageSize, total, onChange: setPage, hideOnSinglePage: true }}
              columns={[
                { title: '事件', render: (_, each) => <Event delivery={each} /> },
                { title: '发生', dataIndex: 'at', render: (at: string) => chinaMoment(at, 'second') },
                { title: '状态', render: (_, each) => <State delivery={each} /> },
                { title: '次数', dataIndex: 'attempts', align: 'right' as const },
                { title: '说明', render: (_, each) => note(each) },
                {
                  title: '办理',
                  render: (_, { eventId }) => (
                    <Replay path={`${path}/${eventId}/replay`} list={path} onError={setError} />
                  ),
                },
              ]}
            />
          )
        }
      </Answered>
    </Card>
  )
}

function Event({ delivery: { kind, about } }: { delivery: Delivery }) {
  return (
    <>
      {eventName(kind)}
      <br />
      <span className="quiet">{Object.values(about).join('，')}</span>
    </>
  )
}

function State({ delivery: { state } }: { delivery: Delivery }) {
  const [tone, words] = states[state]
  return <span className={`tag ${tone}`}>{words}</span>
}

function note({ state, problem, status, nextAt, finishedAt }: Delivery): string {
  const answered = status === null ? '' : `对方答 ${status}`
  if (state === 'done') return `${answered}，${chinaMoment(finishedAt ?? '', 'second')}`
  const why = problem ?? '还没有送'
  return state === 'waiting' ? `${why}下次 ${chinaMoment(nextAt, 'second')}` : why
}

function Replay(props: { path: string; list: string; onError: (error?: AnswerError) => void }) {
  const api = useApi()
  const client = useQueryClient()
  const [sent, setSent] = useState(false)
  const replay = () =>
    api.send('POST', props.path).then(() => {
      props.onError(undefined)
      setSent(true)
      // The sending itself takes a moment.
      setTimeout(() => client.invalidateQueries({ queryKey: [props.list] }), 1_500)
      return client.invalidateQueries({ queryKey: ['/api/webhooks'] })
    }, props.onError)
  return (
    <Button size="small" disabled={sent} onClick={replay}>
      {sent ? '已重发' : '重发'}
    </Button>
  )
}
