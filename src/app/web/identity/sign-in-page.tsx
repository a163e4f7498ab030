import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import { useSession } from '../session.tsx'
import { backTo } from './back-to.ts'
import { DemonstrationRoles } from './demonstration-roles.tsx'
import { Door } from './door.tsx'
import { EnrolFactor } from './enrol-factor.tsx'
import { NewPasswordFields } from './new-password-fields.tsx'
import { SecondStep } from './second-step.tsx'
import { passkeyUsable, signWithPasskey } from './use-passkey.ts'

type Stage = 'factor' | 'enrol' | 'password' | 'full'

/** 登录 — account and password, then what the account still owes; or a passkey, single sign-on, a demonstration role. */
export function SignInPage() {
  const { site, owing } = useSession()
  const [error, setError] = useState<AnswerError>()
  const title = `扩优 · ${site.cityName}基础教育扩优提质平台`
  const go = ({ stage }: { stage: Stage }) => {
    const { search, origin } = window.location
    const onward = stage === 'full' ? backTo(search, origin) : `/sign-in${search}`
    window.location.assign(onward)
  }
  if (owing?.stage === 'factor')
    return (
      <Door title={title} answer="密码已核对，还需要第二步。" error={error}>
        <SecondStep ways={owing.ways} onDone={go} onError={setError} />
      </Door>
    )
  if (owing?.stage === 'enrol')
    return (
      <Door
        title={title}
        answer="本站要求工作人员使用第二因素：密码之外，再加一样只有您手里才有的东西。请登记一种，以后登录都会用到。"
        error={error}
        wide
      >
        <EnrolFactor onDone={go} onError={setError} />
      </Door>
    )
  if (owing?.stage === 'password')
    return (
      <Door title={title} answer="密码已满 90 天，请换一个新的。" error={error}>
        <RenewPassword onDone={go} onError={setError} />
      </Door>
    )
  return (
    <Door title={title} error={error} wide={site.synthetic}>
      {site.synthetic && <DemonstrationRoles onDone={go} onError={setError} />}
      <FirstStep onDone={go} onError={setError} />
    </Door>
  )
}

interface StepProps {
  readonly onDone: (step: { stage: Stage }) => void
  readonly onError: (error: AnswerError) => void
}

function FirstStep({ onDone, onError }: StepProps) {
  const { sso, site } = useSession()
  const api = useApi()
  const [busy, setBusy] = useState(false)
  const signIn = (body: { account: string; password: string }) => {
    setBusy(true)
    return api
      .send<{ stage: Stage }>('POST', '/api/session', body)
      .then(onDone, onError)
      .finally(() => setBusy(false))
  }
  const goTo = (provider: string) =>
    api
      .send<{ url: string }>('POST', `/api/sso/${provider}`)
      .then(({ url }) => window.location.assign(url), onError)
  return (
    <Form className="card" layout="vertical" onFinish={signIn} requiredMark={false}>
      {site.synthetic && <h2>用账号登录</h2>}
      <Form.Item name="account" label="账号" rules={[{ required: true, message: '请填写账号' }]}>
        <Input autoComplete="username webauthn" autoFocus={!site.synthetic} />
      </Form.Item>
      <Form.Item name="password" label="密码" rules={[{ required: true, message: '请填写密码' }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <div className="page-tools" style={{ marginBottom: 0 }}>
        <Button type="primary" htmlType="submit" loading={busy}>
          登录
        </Button>
        {passkeyUsable() && (
          <Button onClick={() => signWithPasskey<{ stage: Stage }>(api).then(onDone, onError)}>
            用通行密钥登录
          </Button>
        )}
        {sso.map(({ id, name }) => (
          <Button key={id} onClick={() => goTo(id)}>
            {name}登录
          </Button>
        ))}
      </div>
      <p className="quiet" style={{ marginBottom: 0 }}>
        忘记密码请联系本单位的系统管理员，他会给您一个一次性链接。不登录也可以看
        <a href="/notices">公示公告</a>，或到<a href="/complain">投诉举报</a>反映问题。
      </p>
    </Form>
  )
}

function RenewPassword({ onDone, onError }: StepProps) {
  const api = useApi()
  const save = ({ password }: { password: string }) =>
    api.send<{ stage: Stage }>('POST', '/api/session/password', { password }).then(onDone, onError)
  return (
    <Form className="card" layout="vertical" onFinish={save} requiredMark={false}>
      <NewPasswordFields label="新密码" />
      <Button type="primary" htmlType="submit">
        保存并进入
      </Button>
    </Form>
  )
}
