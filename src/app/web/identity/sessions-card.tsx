import { useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { Card, Problem } from '../../../ui/page.tsx'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'

/** 登录之处 — one open session. */
export interface SessionPlace {
  readonly sessionId: string
  readonly way: 'password' | 'passkey' | 'sso' | 'demonstration'
  readonly agent: string
  readonly network: string
  readonly openedAt: string
  readonly seenAt: string
  readonly current: boolean
}

const wayWords = {
  password: '密码',
  passkey: '通行密钥',
  sso: '统一认证',
  demonstration: '演示角色',
} as const

/** 登录之处 — where this account is signed in now; each can be ended, and all together. */
export function SessionsCard({ sessions }: { sessions: readonly SessionPlace[] }) {
  const api = useApi()
  const client = useQueryClient()
  const [error, setError] = useState<AnswerError>()
  const end = (id: string) =>
    api
      .send('DELETE', `/api/security/sessions/${id}`)
      .then(() => client.invalidateQueries({ queryKey: ['/api/security'] }), setError)
  const endAll = () =>
    api.send('DELETE', '/api/security/sessions').then(() => window.location.assign('/sign-in'), setError)
  return (
    <Card title="登录之处" note="30 分钟不操作或满 12 小时自动退出；最多同时 5 处">
      {error && <Problem error={error} />}
      <ul className="rows">
        {sessions.map((place) => (
          <li key={place.sessionId}>
            <span className="grow">
              <strong>{deviceWords(place.agent)}</strong>{' '}
              {place.current && <span className="tag surplus">本机</span>}
              <br />
              <span className="quiet">
                {wayWords[place.way]}登录，{chinaMoment(place.openedAt)}，网段 {place.network || '未记'}
              </span>
            </span>
            {!place.current && (
              <Button size="small" onClick={() => end(place.sessionId)}>
                结束
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Popconfirm title="包括本机在内，所有地方都会退出。" okText="处处退出" onConfirm={endAll}>
        <Button>处处退出</Button>
      </Popconfirm>
    </Card>
  )
}

function deviceWords(agent: string): string {
  const browser = /(Edg|Firefox|Chrome|Safari)/.exec(agent)?.[0]?.replace('Edg', 'Edge') ?? '未知浏览器'
  const system = /(Windows|Mac OS|Android|iPhone|Linux)/.exec(agent)?.[0] ?? '未知系统'
  return `${browser} · ${system}`
}
