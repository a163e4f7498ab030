import { useQueryClient } from '@tanstack/react-query'
import { Button, DatePicker, Drawer, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { roleName } from '../../../kernel/role.ts'
import type { Choices, GrantSeen } from '../../../platform/access/identity-contract.ts'
import { Problem } from '../../../ui/page.tsx'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'

interface Wanted {
  readonly account: string
  readonly counties: number[]
  readonly stages?: string[]
  readonly until: Dayjs
  readonly reason: string
}

/** 委托 — part or all of one grant, to an account, until a day. */
export function DelegationForm(props: {
  grant: GrantSeen | undefined
  choices: Choices | undefined
  onClose: () => void
}) {
  const api = useApi()
  const client = useQueryClient()
  const [error, setError] = useState<AnswerError>()
  const { grant, choices } = props
  const close = () => {
    setError(undefined)
    props.onClose()
  }
  const send = ({ until, stages, ...wanted }: Wanted) =>
    api
      .send('POST', '/api/delegations', {
        ...wanted,
        ...(stages && stages.length > 0 && { stages }),
        grantId: grant?.grantId,
        institutions: grant?.institutions ?? [],
        until: until.format('YYYY-MM-DD'),
      })
      .then(() => {
        close()
        return client.invalidateQueries({ queryKey: ['/api/delegations'] })
      }, setError)
  return (
    <Drawer title="委托" open={grant !== undefined} onClose={close} destroyOnHidden>
      {grant && (
        <Form
          layout="vertical"
          onFinish={send}
          requiredMark={false}
          initialValues={{ counties: grant.counties, ...(grant.stages && { stages: grant.stages }) }}
        >
          {error && <Problem error={error} />}
          <p style={{ marginTop: 0 }}>
            以“{roleName(grant.role)}”的身份，在您自己的范围内，交给一位同事代办。对方所办的事记在对方名下。
          </p>
          <Form.Item
            name="account"
            label="委托给（账号）"
            rules={[{ required: true, message: '请填写对方的账号' }]}
          >
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item name="counties" label="县（市、区）" rules={[{ required: true, message: '至少选一个' }]}>
            <Select
              mode="multiple"
              options={(choices?.places ?? [])
                .filter(({ id }) => grant.counties.includes(id))
                .map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Form.Item>
          <Form.Item name="stages" label="学段" extra={grant.stages ? undefined : '不选就是全部学段'}>
            <Select
              mode="multiple"
              options={(choices?.stages ?? [])
                .filter(({ id }) => !grant.stages || grant.stages.includes(id))
                .map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Form.Item>
          <Form.Item
            name="until"
            label="到哪天为止（含当天）"
            rules={[{ required: true, message: '请选结束日' }]}
          >
            <DatePicker
              style={{ width: '100%' }}
              minDate={dayjs()}
              {...(grant.until && { maxDate: dayjs(grant.until) })}
            />
          </Form.Item>
          <Form.Item name="reason" label="事由" rules={[{ required: true, min: 2, message: '请写明事由' }]}>
            <Input placeholder="例如：出差期间代办" maxLength={200} />
          </Form.Item>
          <Button type="primary" htmlType="submit">
            委托
          </Button>
        </Form>
      )}
    </Drawer>
  )
}
