import { useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { Answered, Card, Page, Problem } from '../../../ui/page.tsx'
import { type AnswerError, useAnswer, useApi } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import { DeliveriesCard } from './deliveries-card.tsx'
import { NewReceiver } from './new-receiver.tsx'
import { eventName, type Receiver } from './receiver.ts'

/** 推送 — who is told of what happens here, how each telling went, and telling once more. */
export function WebhooksPage() {
  const query = useAnswer<Receiver[]>('/api/webhooks')
  const [chosen, choose] = useUrlState('receiver', '')
  return (
    <Page
      title="推送"
      answer="平台里办成一件事，就通知登记过的系统：只说发生了什么和编号，不带个人信息，对方凭自己的令牌来取详情。每次都签名；对方没收到，24 小时内会一再重试。"
    >
      <Answered query={query}>
        {(receivers) => {
          const receiver = receivers.find(({ endpointId }) => endpointId === chosen) ?? receivers[0]
          return (
            <>
              <div className="grid halves">
                <Card title="接收方" note={receivers.length > 0 ? `${receivers.length} 个` : undefined}>
                  <ReceiverList receivers={receivers} chosen={receiver?.endpointId} onChoose={choose} />
                </Card>
                <Card title="登记接收方" note="内网地址须先由管理员放行">
                  <NewReceiver onRegistered={choose} />
                </Card>
              </div>
              {receiver && <DeliveriesCard key={receiver.endpointId} receiver={receiver} />}
            </>
          )
        }}
      </Answered>
    </Page>
  )
}

function ReceiverList(props: {
  receivers: readonly Receiver[]
  chosen: string | undefined
  onChoose: (id: string) => void
}) {
  const api = useApi()
  const client = useQueryClient()
  const [error, setError] = useState<AnswerError>()
  if (props.receivers.length === 0) return <p className="quiet">还没有接收方，平台不向外推送任何内容。</p>
  const set = (id: string, state: Receiver['state']) =>
    api
      .send('PUT', `/api/webhooks/${id}/state`, { state })
      .then(() => client.invalidateQueries({ queryKey: ['/api/webhooks'] }), setError)
  return (
    <>
      {error && <Problem error={error} />}
      <ul className="rows">
        {props.receivers.map((receiver) => {
          const { endpointId, name, state } = receiver
          return (
            <li key={endpointId}>
              <span className="grow">
                <button
                  className="link-button"
                  type="button"
                  aria-pressed={endpointId === props.chosen}
                  onClick={() => props.onChoose(endpointId)}
                >
                  {name}
                </button>{' '}
                <Standing receiver={receiver} />
                <br />
                <span className="quiet" style={{ overflowWrap: 'anywhere' }}>
                  {receiver.url}
                  <br />
                  {receiver.kinds.map((kind) => eventName(kind)).join('、')}
                </span>
              </span>
              {state === 'active' ? (
                <Popconfirm
                  title="停用期间发生的事不再推送给它，恢复后也不补发。"
                  okText="停用"
                  onConfirm={() => set(endpointId, 'disabled')}
                >
                  <Button size="small">停用</Button>
                </Popconfirm>
              ) : (
                <Button size="small" onClick={() => set(endpointId, 'active')}>
                  恢复
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}

function Standing({ receiver: { state, waiting, failed } }: { receiver: Receiver }) {
  return (
    <>
      {state === 'disabled' && <span className="tag plain">已停用</span>}
      {waiting > 0 && <span className="tag waiting">待送 {waiting}</span>}{' '}
      {failed > 0 && <span className="tag shortage">未送到 {failed}</span>}
    </>
  )
}
