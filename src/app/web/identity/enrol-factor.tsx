import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { enrolPasskey, passkeyUsable } from './use-passkey.ts'

type Stage = 'factor' | 'enrol' | 'password' | 'full'
interface TotpStart {
  readonly factorId: string
  readonly secret: string
  readonly qr: string
}
interface Enrolled {
  readonly codes: readonly string[]
  readonly stage: Stage
}

/** 登记第二因素 — an authenticator app by QR code, or a passkey; the first one comes with recovery codes. */
export function EnrolFactor(props: {
  onDone: (step: { stage: Stage }) => void
  onError: (error: AnswerError) => void
}) {
  const api = useApi()
  const [start, setStart] = useState<TotpStart>()
  const [enrolled, setEnrolled] = useState<Enrolled>()
  const done = (answer: Enrolled) => (answer.codes.length > 0 ? setEnrolled(answer) : props.onDone(answer))
  if (enrolled) return <RecoveryCodes codes={enrolled.codes} onRead={() => props.onDone(enrolled)} />
  const confirm = ({ code }: { code: string }) =>
    api
      .send<Enrolled>('PUT', `/api/security/totp/${start?.factorId}`, { code: code.trim() })
      .then(done, props.onError)
  return (
    <div className="card">
      {start ? (
        <TotpCard start={start} onCode={confirm} />
      ) : (
        <ul className="rows">
          <li>
            <span className="grow">
              <strong>手机验证器</strong>
              <br />
              <span className="quiet">任何支持 TOTP 的验证器应用，每 30 秒换一个六位数，不需要网络。</span>
            </span>
            <Button
              type="primary"
              onClick={() => api.send<TotpStart>('POST', '/api/security/totp').then(setStart, props.onError)}
            >
              登记
            </Button>
          </li>
          <li>
            <span className="grow">
              <strong>通行密钥</strong>
              <br />
              <span className="quiet">
                {passkeyUsable()
                  ? '本机的指纹、面容或解锁口令，或安全钥匙；也可以不用密码直接登录。'
                  : '当前网址或浏览器不支持：通行密钥要求用域名访问平台。'}
              </span>
            </span>
            <Button
              disabled={!passkeyUsable()}
              onClick={() => enrolPasskey<Enrolled>(api, deviceName()).then(done, props.onError)}
            >
              登记
            </Button>
          </li>
        </ul>
      )}
    </div>
  )
}

function TotpCard(props: { start: TotpStart; onCode: (values: { code: string }) => void }) {
  const { secret, qr } = props.start
  return (
    <div className="totp">
      <img
        src={`data:image/svg+xml;utf8,${encodeURIComponent(qr)}`}
        alt="验证器二维码"
        width={180}
        height={180}
      />
      <Form layout="vertical" onFinish={props.onCode} requiredMark={false}>
        <p style={{ marginTop: 0 }}>
          用手机上的验证器扫描二维码；扫不了就手工输入密钥：
          <br />
          <code>{secret.match(/.{4}/g)?.join(' ')}</code>
        </p>
        <Form.Item
          name="code"
          label="验证器显示的六位数"
          rules={[{ required: true, pattern: /^\s*\d{6}\s*$/, message: '六位数字' }]}
        >
          <Input autoFocus inputMode="numeric" autoComplete="one-time-code" maxLength={8} />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          启用
        </Button>
      </Form>
    </div>
  )
}

function deviceName(): string {
  const agent = navigator.userAgent
  const system = /Windows|Mac OS|Android|iPhone|Linux/.exec(agent)?.[0] ?? '浏览器'
  return `${system} 上的通行密钥`
}
