import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import { useSignOut } from '../sign-out.ts'
import { passkeyUsable, signWithPasskey } from './use-passkey.ts'

type Stage = 'factor' | 'enrol' | 'password' | 'full'

/** 第二步 — the code of an authenticator, a recovery code or a passkey, whichever the account has. */
export function SecondStep(props: {
  ways: readonly string[]
  onDone: (step: { stage: Stage }) => void
  onError: (error: AnswerError) => void
}) {
  const api = useApi()
  const signOut = useSignOut()
  const [byRecovery, setByRecovery] = useState(!props.ways.includes('totp'))
  const send = ({ code }: { code: string }) =>
    api
      .send<{ stage: Stage }>('POST', '/api/session/code', { code: code.trim() })
      .then(props.onDone, props.onError)
  const codes = props.ways.includes('totp') || props.ways.includes('recovery')
  return (
    <div className="card">
      {props.ways.includes('passkey') && passkeyUsable() && (
        <p style={{ marginTop: 0 }}>
          <Button
            type="primary"
            onClick={() => signWithPasskey<{ stage: Stage }>(api).then(props.onDone, props.onError)}
          >
            用通行密钥
          </Button>
        </p>
      )}
      {codes && (
        <Form layout="vertical" onFinish={send} requiredMark={false} key={String(byRecovery)}>
          <Form.Item
            name="code"
            label={byRecovery ? '恢复码' : '验证器上的六位验证码'}
            rules={[{ required: true, message: '请填写' }]}
          >
            <Input
              autoFocus
              autoComplete="one-time-code"
              inputMode={byRecovery ? 'text' : 'numeric'}
              maxLength={30}
            />
          </Form.Item>
          <div className="page-tools" style={{ marginBottom: 0 }}>
            <Button type="primary" htmlType="submit">
              确定
            </Button>
            {props.ways.includes('totp') && props.ways.includes('recovery') && (
              <Button type="text" onClick={() => setByRecovery(!byRecovery)}>
                {byRecovery ? '改用验证码' : '手机不在身边？用恢复码'}
              </Button>
            )}
          </div>
        </Form>
      )}
      <p className="quiet" style={{ marginBottom: 0 }}>
        手机和恢复码都丢了，请联系安全管理员清除第二因素。{' '}
        <button type="button" className="link-button" onClick={signOut}>
          换一个账号
        </button>
      </p>
    </div>
  )
}
