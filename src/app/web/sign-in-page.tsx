import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { Problem } from '../../ui/page.tsx'
import { type AnswerError, useApi } from '../../ui/use-api.tsx'
import { useSession } from './session.tsx'

const roleWords: Readonly<Record<string, string>> = {
  'city-planning-finance': '看全市学位供需、目标进度，做情景，导入任何县的台账',
  'county-bureau': '看本县学位供需，导入本县台账',
  'school-clerk': '看本校档案，报本校在校生数',
  'audit-administrator': '看谁在何时办了什么，核验审计是否完好',
}

/** 登录 — with an account, or on a demonstration site by choosing a role. */
export function SignInPage() {
  const { site, demonstrationAccounts } = useSession()
  const api = useApi()
  const [error, setError] = useState<AnswerError>()
  const signIn = (body: { account: string; password?: string }) =>
    api.send('POST', '/api/session', body).then(() => window.location.assign('/'), setError)
  return (
    <main style={{ maxWidth: 720, margin: '6vh auto', padding: 16 }}>
      <h1 className="page-title">扩优 · {site.cityName}基础教育扩优提质平台</h1>
      {error && <Problem error={error} />}
      {site.synthetic ? (
        <section className="card">
          <p style={{ marginTop: 0 }}>
            <span className="synthetic">合成数据</span> 这是演示城市，请选一个角色进入。
          </p>
          <ul className="rows">
            {demonstrationAccounts.map(({ account, name, role }) => (
              <li key={account}>
                <span className="grow">
                  <strong>{name}</strong>
                  <br />
                  <span className="quiet">{roleWords[role]}</span>
                </span>
                <Button onClick={() => signIn({ account })} aria-label={`以${name}身份进入`}>
                  进入
                </Button>
              </li>
            ))}
          </ul>
        </section>
      ) : (
        <Form className="card" layout="vertical" onFinish={signIn} requiredMark={false}>
          <Form.Item name="account" label="账号" rules={[{ required: true, message: '请填写账号' }]}>
            <Input autoComplete="username" autoFocus />
          </Form.Item>
          <Form.Item name="password" label="密码" rules={[{ required: true, message: '请填写密码' }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit">
            登录
          </Button>
        </Form>
      )}
    </main>
  )
}
