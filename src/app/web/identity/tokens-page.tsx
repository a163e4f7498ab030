import { useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { Answered, Card, Page, Problem } from '../../../ui/page.tsx'
import { type AnswerError, useAnswer, useApi } from '../../../ui/use-api.tsx'
import { NewToken, type TokenScope } from './new-token.tsx'

interface Token {
  readonly tokenId: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly readOnly: boolean
  readonly createdAt: string
  readonly expiresAt: string
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}
interface Overview {
  readonly tokens: readonly Token[]
  readonly scopes: readonly TokenScope[]
}

/** 接口令牌 — how one's own programs come in, what each may, and how to stop it. */
export function TokensPage() {
  const query = useAnswer<Overview>('/api/tokens')
  const client = useQueryClient()
  const reread = () => client.invalidateQueries({ queryKey: ['/api/tokens'] })
  return (
    <Page
      title="接口令牌"
      answer="让程序以您的名义取数或上报。令牌不会超出您本人的授权，也不能管理账号和令牌；账号停用，令牌随之作废。"
    >
      <Answered query={query}>
        {({ tokens, scopes }) => (
          <div className="grid halves">
            <Card title="我的令牌" note="每次使用都以令牌名称记入审计">
              <TokenList tokens={tokens} onChange={reread} />
            </Card>
            <Card title="发放令牌" note="登录后 10 分钟内可以发放">
              <NewToken scopes={scopes} onIssued={reread} />
            </Card>
          </div>
        )}
      </Answered>
    </Page>
  )
}

function TokenList({ tokens, onChange }: { tokens: readonly Token[]; onChange: () => void }) {
  const api = useApi()
  const [error, setError] = useState<AnswerError>()
  const revoke = (id: string) => api.send('DELETE', `/api/tokens/${id}`).then(onChange, setError)
  if (tokens.length === 0) return <p className="quiet">还没有令牌。</p>
  return (
    <>
      {error && <Problem error={error} />}
      <ul className="rows">
        {tokens.map((token) => (
          <li key={token.tokenId}>
            <span className="grow">
              <strong>{token.name}</strong> {token.readOnly ? '只读' : '可读可办'}
              <br />
              <span className="quiet">
                {token.scopes.join('、')}；{stateWords(token)}
              </span>
            </span>
            {isAlive(token) && (
              <Popconfirm
                title="用它的程序会立即不能使用。"
                okText="撤销"
                onConfirm={() => revoke(token.tokenId)}
              >
                <Button size="small">撤销</Button>
              </Popconfirm>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function isAlive({ revokedAt, expiresAt }: Token): boolean {
  return revokedAt === null && Date.parse(expiresAt) > Date.now()
}

function stateWords(token: Token): string {
  if (token.revokedAt) return `已于 ${chinaMoment(token.revokedAt, 'day')} 撤销`
  const until = chinaMoment(token.expiresAt, 'day')
  if (!isAlive(token)) return `已于 ${until} 到期`
  const used = token.lastUsedAt ? `上次使用 ${chinaMoment(token.lastUsedAt)}` : '还没有用过'
  return `有效至 ${until}，${used}`
}
