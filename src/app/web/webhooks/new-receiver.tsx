import { useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Form, Input } from 'antd'
import { useState } from 'react'
import { eventKinds } from '../../../platform/webhooks/event-kinds.ts'
import { Problem } from '../../../ui/page.tsx'
import { ShownOnce } from '../../../ui/shown-once.tsx'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'

interface Wanted {
  readonly name: string
  readonly url: string
  readonly kinds: readonly string[]
}

/** 登记接收方 — the form, and the signing secret, shown this once. */
export function NewReceiver({ onRegistered }: { onRegistered: (endpointId: string) => void }) {
  const api = useApi()
  const client = useQueryClient()
  const [form] = Form.useForm()
  const [error, setError] = useState<AnswerError>()
  const [secret, setSecret] = useState<string>()
  const register = (wanted: Wanted) => {
    setError(undefined)
    return api.send<{ endpointId: string; secret: string }>('POST', '/api/webhooks', wanted).then((made) => {
      setSecret(made.secret)
      form.resetFields()
      onRegistered(made.endpointId)
      return client.invalidateQueries({ queryKey: ['/api/webhooks'] })
    }, setError)
  }
  const kinds = Object.entries(eventKinds).map(([value, label]) => ({ value, label }))
  return (
    <Form form={form} layout="vertical" onFinish={register} requiredMark={false}>
      {error && <Problem error={error} />}
      {secret && (
        <ShownOnce
          words="请现在就交给对方，用来核对通知确实来自本平台。它只显示这一次；丢失请停用后重新登记。"
          name="签名密钥"
          secret={secret}
        />
      )}
      <Form.Item
        name="name"
        label="名称"
        rules={[{ required: true, whitespace: true, message: '请写明是哪个系统。' }]}
      >
        <Input maxLength={30} placeholder="例如：市数据共享平台" />
      </Form.Item>
      <Form.Item name="url" label="网址" rules={[{ required: true, message: '请填写接收通知的网址。' }]}>
        <Input maxLength={500} inputMode="url" placeholder="https://example.gov.cn/kuoyou" />
      </Form.Item>
      <Form.Item name="kinds" label="通知哪些事" rules={[{ required: true, message: '请至少选一项。' }]}>
        <Checkbox.Group options={kinds} />
      </Form.Item>
      <Button type="primary" htmlType="submit">
        登记
      </Button>
    </Form>
  )
}
