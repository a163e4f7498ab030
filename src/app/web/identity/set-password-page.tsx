import { Button, Form } from 'antd'
import { useEffect, useState } from 'react'
import { Empty } from '../../../ui/page.tsx'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import { Door } from './door.tsx'
import { NewPasswordFields } from './new-password-fields.tsx'

/** 设置密码 — opened by the one-time link an administrator handed over. */
export function SetPasswordPage() {
  const api = useApi()
  const token = new URLSearchParams(window.location.search).get('token') ?? ''
  const [owner, setOwner] = useState<{ account: string; name: string }>()
  const [error, setError] = useState<AnswerError>()
  const [done, setDone] = useState(false)
  useEffect(() => {
    api
      .send<{ account: string; name: string }>('POST', '/api/password-link', { token })
      .then(setOwner, () =>
        setError({ kind: 'refusal', text: '这个链接已经用过或已过期。请联系管理员取得新的链接。' }),
      )
  }, [api, token])
  const save = ({ password }: { password: string }) =>
    api.send('PUT', '/api/password-link', { token, password }).then(() => setDone(true), setError)
  return (
    <Door
      title="设置密码"
      answer={owner && !done && `${owner.name}（账号 ${owner.account}），这个链接只能用一次，24 小时内有效。`}
      error={error}
    >
      {done && <Empty why="密码已设置。请用账号和新密码登录。" next={<a href="/sign-in">去登录</a>} />}
      {owner && !done && (
        <Form className="card" layout="vertical" onFinish={save} requiredMark={false}>
          {/* Tells a password manager whose password it is. */}
          <input type="text" autoComplete="username" value={owner.account} readOnly hidden />
          <NewPasswordFields label="新密码" />
          <Button type="primary" htmlType="submit">
            保存
          </Button>
        </Form>
      )}
    </Door>
  )
}
