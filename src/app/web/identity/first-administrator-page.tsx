import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import { Door } from './door.tsx'
import { NewPasswordFields } from './new-password-fields.tsx'

/** 建立首个管理员 — opened by the one-time link that the platform prints at its first start. */
export function FirstAdministratorPage() {
  const api = useApi()
  const [error, setError] = useState<AnswerError>()
  const token = new URLSearchParams(window.location.search).get('token') ?? ''
  const create = ({ account, name, password }: { account: string; name: string; password: string }) =>
    api
      .send('POST', '/api/first-administrator', { account, name, password, token })
      .then(() => window.location.assign('/sign-in'), setError)
  return (
    <Door
      title="建立系统管理员"
      answer="这个链接只能用一次。系统管理员管账号，不看业务数据；进入后请再建立安全管理员和审计管理员，三者由不同账号担任。"
      error={error}
    >
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
        <NewPasswordFields />
        <Button type="primary" htmlType="submit">
          建立并进入
        </Button>
      </Form>
    </Door>
  )
}
