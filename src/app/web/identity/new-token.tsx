import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { Problem } from '../../../ui/page.tsx'
import { ShownOnce } from '../../../ui/shown-once.tsx'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'

/** 可授之事 — what a token can be for, and the functions it opens. */
export interface TokenScope {
  readonly scope: string
  readonly uses: readonly string[]
  readonly onlyReads: boolean
}

interface Wanted {
  readonly name: string
  readonly scopes: readonly string[]
  readonly readOnly: boolean
  readonly days: number
}

/** 发放令牌 — the form, and the secret, shown this once. */
export function NewToken({ scopes, onIssued }: { scopes: readonly TokenScope[]; onIssued: () => void }) {
  const api = useApi()
  const [form] = Form.useForm()
  const [error, setError] = useState<AnswerError>()
  const [secret, setSecret] = useState<string>()
  const issue = (wanted: Wanted) => {
    setError(undefined)
    return api.send<{ secret: string }>('POST', '/api/tokens', wanted).then((issued) => {
      setSecret(issued.secret)
      form.resetFields()
      onIssued()
    }, setError)
  }
  return (
    <Form
      form={form}
      layout="vertical"
      initialValues={{ readOnly: true, days: 90 }}
      onFinish={issue}
      requiredMark={false}
    >
      {error && <Problem error={error} />}
      {secret && (
        <ShownOnce
          words="请现在就交给程序保管。它只显示这一次；丢失请撤销后重新发放。"
          name="令牌密文"
          secret={secret}
        />
      )}
      <Form.Item name="name" label="名称" rules={[{ required: true, message: '请写明给哪个程序用。' }]}>
        <Input maxLength={30} placeholder="例如：市共享平台每日取数" />
      </Form.Item>
      <Form.Item name="scopes" label="用于" rules={[{ required: true, message: '请至少选一项。' }]}>
        <Select
          mode="multiple"
          options={scopes.map(({ scope, uses }) => ({
            value: scope,
            label: `${uses.join('、')}（${scope}）`,
          }))}
        />
      </Form.Item>
      <Form.Item name="readOnly" valuePropName="checked">
        <Checkbox>只读，不能办理</Checkbox>
      </Form.Item>
      <Form.Item name="days" label="有效天数" rules={[{ required: true, message: '请填 1 到 366 天。' }]}>
        <InputNumber min={1} max={366} />
      </Form.Item>
      <Button type="primary" htmlType="submit">
        发放
      </Button>
    </Form>
  )
}
