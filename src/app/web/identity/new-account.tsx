import { useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Form, Input } from 'antd'
import { useState } from 'react'
import { Problem } from '../../../ui/page.tsx'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import { OneTimeLink } from './one-time-link.tsx'

interface Wanted {
  readonly account: string
  readonly name: string
  readonly externalId?: string
}

/** 建立账号 — by the system administrator; it can do nothing until the security administrator grants it something. */
export function NewAccount(props: { open: boolean; onClose: () => void }) {
  const api = useApi()
  const client = useQueryClient()
  const [error, setError] = useState<AnswerError>()
  const [token, setToken] = useState<string>()
  const close = () => {
    setError(undefined)
    setToken(undefined)
    props.onClose()
  }
  const create = ({ account, name, externalId }: Wanted) =>
    api
      .send<{ token: string }>('POST', '/api/accounts', { account, name, ...(externalId && { externalId }) })
      .then((answer) => {
        setError(undefined)
        setToken(answer.token)
        return client.invalidateQueries({ queryKey: ['/api/accounts'] })
      }, setError)
  return (
    <Drawer title="建立账号" open={props.open} onClose={close} destroyOnHidden>
      {error && <Problem error={error} />}
      {token ? (
        <>
          <OneTimeLink token={token} />
          <p>账号已建立，还没有任何权限。请告知安全管理员授权。</p>
          <Button onClick={close}>完成</Button>
        </>
      ) : (
        <Form layout="vertical" onFinish={create} requiredMark={false}>
          <AccountFields />
          <Form.Item
            name="externalId"
            label="统一认证标识（可不填）"
            extra="统一认证登录时用来认出这个人，例如工号；由对方系统提供。"
          >
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          <Button type="primary" htmlType="submit">
            建立
          </Button>
        </Form>
      )}
    </Drawer>
  )
}

/** 账号与姓名 — the two fields every new account has. */
export function AccountFields() {
  return (
    <>
      <Form.Item name="name" label="姓名或岗位" rules={[{ required: true, message: '请填写' }]}>
        <Input maxLength={30} autoComplete="off" placeholder="例如：叶县教体局 基教股 王丽" />
      </Form.Item>
      <Form.Item
        name="account"
        label="账号"
        rules={[
          { required: true, pattern: /^[a-zA-Z0-9._-]{3,30}$/, message: '3 到 30 个字母、数字、点、横线' },
        ]}
      >
        <Input autoComplete="off" />
      </Form.Item>
    </>
  )
}
