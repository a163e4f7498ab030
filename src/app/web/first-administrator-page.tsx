import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { Problem } from '../../ui/page.tsx'
import { type AnswerError, useApi } from '../../ui/use-api.tsx'

/** 建立首个管理员 — opened by the one-time link that the platform prints at its first start. */
export function FirstAdministratorPage() {
  const api = useApi()
  const [error, setError] = useState<AnswerError>()
  const token = new URLSearchParams(window.location.search).get('token') ?? ''
  const create = (wanted: { account: string; name: string; password: string }) =>
    api
      .send('POST', '/api/first-administrator', {
        account: wanted.account,
        name: wanted.name,
        password: wanted.password,
        token,
      })
      .then(() => window.location.assign('/'), setError)
  return (
    <main style={{ maxWidth: 480, margin: '6vh auto', padding: 16 }}>
      <h1 className="page-title">建立首个管理员</h1>
      <p className="page-answer">这个链接只能用一次。建立之后请用账号和密码登录。</p>
      {error && <Problem error={error} />}
      <Form className="card" layout="vertical" onFinish={create} requiredMark={false}>
        <Form.Item name="name" label="姓名" rules={[{ required: true, message: '请填写姓名' }]}>
          <Input autoComplete="name" />
        </Form.Item>
        <Form.Item
          name="account"
          label="账号"
          rules={[
            { required: true, pattern: /^[a-zA-Z0-9._-]{3,30}$/, message: '3 到 30 个字母、数字、点、横线' },
          ]}
        >
          <Input autoComplete="username" />
        </Form.Item>
        <Form.Item
          name="password"
          label="密码"
          rules={[{ required: true, min: 12, message: '至少 12 个字符' }]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label="再输一次"
          dependencies={['password']}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                value === getFieldValue('password')
                  ? Promise.resolve()
                  : Promise.reject(new Error('两次输入不同')),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          建立并进入
        </Button>
      </Form>
    </main>
  )
}
