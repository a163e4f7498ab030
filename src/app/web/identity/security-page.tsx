import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Popconfirm } from 'antd'
import { useState } from 'react'
import { chinaMoment } from '../../../kernel/china-moment.ts'
import { Answered, Card, Page, Problem } from '../../../ui/page.tsx'
import { type AnswerError, useAnswer, useApi } from '../../../ui/use-api.tsx'
import { useSession } from '../session.tsx'
import { EnrolFactor } from './enrol-factor.tsx'
import { NewPasswordFields } from './new-password-fields.tsx'
import { OwnGrants } from './own-grants.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { type SessionPlace, SessionsCard } from './sessions-card.tsx'

interface Overview {
  readonly passwordChangedAt: string | null
  readonly hasPassword: boolean
  readonly rule: { readonly secondFactor: 'required' | 'offered' }
  readonly factors: readonly Factor[]
  readonly recoveryCodes: number
  readonly sessions: readonly SessionPlace[]
}
interface Factor {
  readonly factorId: string
  readonly kind: 'totp' | 'passkey'
  readonly name: string
  readonly createdAt: string
  readonly usedAt: string | null
}

/** 账号与安全 — one's own password, second factors, where one is signed in, and what one may do. */
export function SecurityPage() {
  const { visitor } = useSession()
  const query = useAnswer<Overview>('/api/security')
  return (
    <Page title="账号与安全" answer={`${visitor?.name}，账号 ${visitor?.account}。`}>
      <Answered query={query}>
        {(overview) => (
          <>
            <div className="grid halves">
              <FactorsCard overview={overview} />
              <PasswordCard overview={overview} />
            </div>
            <div className="grid">
              <SessionsCard sessions={overview.sessions} />
              <OwnGrants />
            </div>
          </>
        )}
      </Answered>
    </Page>
  )
}

/** 重读 — after something was changed. */
function useReread() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['/api/security'] })
}

function PasswordCard({ overview }: { overview: Overview }) {
  const api = useApi()
  const reread = useReread()
  const [form] = Form.useForm()
  const [error, setError] = useState<AnswerError>()
  const [saved, setSaved] = useState(false)
  const save = ({ old, password }: { old: string; password: string }) => {
    setError(undefined)
    setSaved(false)
    return api.send('PUT', '/api/security/password', { old, password }).then(() => {
      form.resetFields()
      setSaved(true)
      return reread()
    }, setError)
  }
  return (
    <Card
      title="密码"
      note={overview.passwordChangedAt && `上次修改 ${chinaMoment(overview.passwordChangedAt, 'day')}`}
    >
      {!overview.hasPassword && <p className="quiet">这个账号没有密码（演示角色，或只用统一认证登录）。</p>}
      {overview.hasPassword && (
        <>
          {error && <Problem error={error} />}
          {saved && <Alert type="success" title="密码已修改，其他登录之处都已退出。" />}
          <Form form={form} layout="vertical" onFinish={save} requiredMark={false}>
            <Form.Item name="old" label="原密码" rules={[{ required: true, message: '请填写原密码' }]}>
              <Input.Password autoComplete="current-password" />
            </Form.Item>
            <NewPasswordFields label="新密码" />
            <Button htmlType="submit">修改密码</Button>
          </Form>
        </>
      )}
    </Card>
  )
}

function FactorsCard({ overview }: { overview: Overview }) {
  const api = useApi()
  const reread = useReread()
  const [error, setError] = useState<AnswerError>()
  const [adding, setAdding] = useState(false)
  const [codes, setCodes] = useState<readonly string[]>()
  const settle = () => {
    setError(undefined)
    setAdding(false)
    setCodes(undefined)
    return reread()
  }
  if (codes) return <RecoveryCodes codes={codes} onRead={settle} />
  const { factors, recoveryCodes, rule } = overview
  return (
    <Card title="第二因素" note={rule.secondFactor === 'required' ? '本站要求工作人员使用' : '建议使用'}>
      {error && <Problem error={error} />}
      <ul className="rows">
        {factors.map((factor) => (
          <FactorRow
            key={factor.factorId}
            factor={factor}
            onRemove={() =>
              api.send('DELETE', `/api/security/factors/${factor.factorId}`).then(settle, setError)
            }
          />
        ))}
        {factors.length === 0 && (
          <li className="quiet">还没有登记。只有密码时，密码被人知道就等于账号被人拿走。</li>
        )}
        {factors.length > 0 && (
          <li>
            <span className="grow">
              恢复码 <span className="quiet">剩余 {recoveryCodes} 个</span>
            </span>
            <Popconfirm
              title="换一组后，原来的恢复码全部作废。"
              okText="换一组"
              onConfirm={() =>
                api
                  .send<{ codes: string[] }>('POST', '/api/security/recovery-codes')
                  .then((answer) => setCodes(answer.codes), setError)
              }
            >
              <Button size="small">换一组</Button>
            </Popconfirm>
          </li>
        )}
      </ul>
      {adding ? (
        <EnrolFactor onDone={settle} onError={setError} />
      ) : (
        <Button onClick={() => setAdding(true)}>登记一种</Button>
      )}
    </Card>
  )
}

function FactorRow({ factor, onRemove }: { factor: Factor; onRemove: () => void }) {
  const used = factor.usedAt ? `最近使用 ${chinaMoment(factor.usedAt, 'day')}` : '还没用过'
  return (
    <li>
      <span className="grow">
        <strong>{factor.name}</strong>
        <br />
        <span className="quiet">
          {chinaMoment(factor.createdAt, 'day')} 登记，{used}
        </span>
      </span>
      <Popconfirm title="移除后不能再用它登录。" okText="移除" onConfirm={onRemove}>
        <Button size="small">移除</Button>
      </Popconfirm>
    </li>
  )
}
