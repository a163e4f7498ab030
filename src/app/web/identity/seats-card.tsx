import { Button, Form } from 'antd'
import { useState } from 'react'
import { Card, Problem } from '../../../ui/page.tsx'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import { useSession } from '../session.tsx'
import { AccountFields } from './new-account.tsx'
import { OneTimeLink } from './one-time-link.tsx'

const seats = [
  { seat: 'security-administrator', zh: '安全管理员', without: '没有安全管理员，谁也得不到授权' },
  { seat: 'audit-administrator', zh: '审计管理员', without: '没有审计管理员，没有人监督另外两位' },
] as const

/** 三员席位 — said as long as one of them is vacant; the system administrator fills each for the first time. */
export function SeatsCard() {
  const { vacantSeats, visitor } = useSession()
  const vacant = seats.filter(({ zh }) => vacantSeats.includes(zh))
  if (vacant.length === 0) return null
  return (
    <div className="grid halves">
      {vacant.map((each) => (
        <Card key={each.seat} title={`还缺${each.zh}`} note={each.without}>
          {visitor?.role === 'system-administrator' ? (
            <FillSeat seat={each.seat} />
          ) : (
            <span className="quiet">请系统管理员或安全管理员补上。</span>
          )}
        </Card>
      ))}
    </div>
  )
}

function FillSeat({ seat }: { seat: (typeof seats)[number]['seat'] }) {
  const api = useApi()
  const [error, setError] = useState<AnswerError>()
  const [token, setToken] = useState<string>()
  const fill = (wanted: { account: string; name: string }) =>
    api
      .send<{ token: string }>('POST', '/api/administrators', { seat, ...wanted })
      .then((answer) => setToken(answer.token), setError)
  if (token) return <OneTimeLink token={token} />
  return (
    <Form layout="vertical" onFinish={fill} requiredMark={false}>
      {error && <Problem error={error} />}
      <AccountFields />
      <Button htmlType="submit">建立</Button>
    </Form>
  )
}
