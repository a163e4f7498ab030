import { Button, DatePicker, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useDeferredValue, useState } from 'react'
import type { Choices } from '../../../platform/access/identity-contract.ts'
import { Problem } from '../../../ui/page.tsx'
import { type AnswerError, useAnswer, useApi } from '../../../ui/use-api.tsx'

interface Wanted {
  readonly role: string
  readonly counties?: number[]
  readonly institution?: { value: number; label: string }
  readonly units?: { value: number; label: string }[]
  readonly stages?: string[]
  readonly days?: [Dayjs | null, Dayjs | null] | null
  readonly document?: string
  readonly reason: string
}

/** 授权 — role, scope, days, and what it rests on. */
export function GrantForm(props: { account: string; choices: Choices; onDone: () => unknown }) {
  const api = useApi()
  const [form] = Form.useForm<Wanted>()
  const [error, setError] = useState<AnswerError>()
  const [found, setFound] = useState<readonly Institution[]>([])
  const role = Form.useWatch('role', form)
  const scope = props.choices.roles.find((each) => each.role === role)?.scope
  const send = (wanted: Wanted) => {
    const school = found.find(({ id }) => id === wanted.institution?.value)
    const [from, until] = wanted.days ?? []
    return api
      .send('POST', '/api/grants', {
        account: props.account,
        role: wanted.role,
        counties: scope === 'institution' ? (school ? [school.countyId] : []) : (wanted.counties ?? []),
        institutions: school && scope === 'institution' ? [school.id] : [],
        ...(scope === 'counties' &&
          wanted.units?.length && { units: wanted.units.map(({ value }) => value) }),
        ...(wanted.stages && wanted.stages.length > 0 && { stages: wanted.stages }),
        ...(from && { from: from.format('YYYY-MM-DD') }),
        ...(until && { until: until.format('YYYY-MM-DD') }),
        document: wanted.document ?? '',
        reason: wanted.reason,
      })
      .then(() => {
        form.resetFields()
        setError(undefined)
        return props.onDone()
      }, setError)
  }
  return (
    <Form form={form} className="card" layout="vertical" onFinish={send} requiredMark={false}>
      <h3 style={{ marginTop: 0 }}>新的授权</h3>
      {error && <Problem error={error} />}
      <Form.Item name="role" label="角色" rules={[{ required: true, message: '请选角色' }]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={props.choices.roles.map(({ role: value, zh }) => ({ value, label: zh }))}
        />
      </Form.Item>
      {scope === 'counties' && (
        <CountyFields choices={props.choices} onWholeCity={(counties) => form.setFieldsValue({ counties })} />
      )}
      {scope === 'institution' && <InstitutionField onFound={setFound} />}
      {scope !== undefined && scope !== 'site' && (
        <Form.Item name="stages" label="学段" extra="不选就是全部学段">
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            options={props.choices.stages.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      )}
      <Form.Item name="days" label="起止日期" extra="不填就从今天起、没有结束日">
        <DatePicker.RangePicker allowEmpty={[true, true]} minDate={dayjs()} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="document" label="依据文号（可不填）">
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="reason" label="事由" rules={[{ required: true, min: 2, message: '请写明事由' }]}>
        <Input maxLength={200} placeholder="例如：任基教股股长" />
      </Form.Item>
      <Button type="primary" htmlType="submit">
        授权
      </Button>
    </Form>
  )
}

function CountyFields(props: { choices: Choices; onWholeCity: (counties: number[]) => void }) {
  const { places } = props.choices
  return (
    <>
      <Form.Item
        name="counties"
        label="县（市、区）"
        rules={[{ required: true, message: '至少选一个' }]}
        extra={
          <button
            type="button"
            className="link-button"
            onClick={() => props.onWholeCity(places.map(({ id }) => id))}
          >
            全市
          </button>
        }
      >
        <Select
          mode="multiple"
          maxTagCount="responsive"
          showSearch={{ optionFilterProp: 'label' }}
          options={places.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <UnitsField />
    </>
  )
}

/** A unit names whatever belongs to it on the day somebody asks: the grant follows the tree. */
function UnitsField() {
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim())
  const { data } = useAnswer<Institution[]>(wanted ? '/api/access/units' : undefined, { text: wanted })
  return (
    <Form.Item
      name="units"
      label="单位"
      extra="只管这些乡镇（街道）、教育集团或督学责任区所属的机构；不选就是全县（市、区）"
    >
      <Select
        mode="multiple"
        labelInValue
        showSearch={{ filterOption: false, onSearch: setText }}
        placeholder="单位名称的一部分、拼音首字母或代码"
        notFoundContent={wanted ? '没有找到' : null}
        options={(data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form.Item>
  )
}

interface Institution {
  readonly id: number
  readonly name: string
  readonly countyId: number
}

function InstitutionField(props: { onFound: (found: readonly Institution[]) => void }) {
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim())
  const { data } = useAnswer<Institution[]>(wanted ? '/api/access/institutions' : undefined, { text: wanted })
  return (
    <Form.Item name="institution" label="学校（园）" rules={[{ required: true, message: '请选一所' }]}>
      <Select
        labelInValue
        showSearch={{ filterOption: false, onSearch: setText }}
        placeholder="校名的一部分、拼音首字母或标识码"
        notFoundContent={wanted ? '没有找到' : null}
        onChange={() => props.onFound(data ?? [])}
        options={(data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form.Item>
  )
}
