import { useQueryClient } from '@tanstack/react-query'
import { Button, Drawer, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { Problem } from '../../../ui/page.tsx'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import { basisNames } from '../contract.ts'
import type { ScenarioAnswer } from '../scenario-contract.ts'
import { AssumptionLines } from './assumption-lines.tsx'
import { blankFields, bodyOf, fieldsOf, type ScenarioFields } from './scenario-fields.ts'
import { baseNames } from './scenario-options.ts'
import { classSizeNames } from './tell-scenario.ts'
import { useCounties } from './use-counties.ts'

const choices = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }))

/** 打开的表单 — blank, filled from a warning, or of a saved scenario. */
export interface OpenForm {
  readonly scenario?: ScenarioAnswer
  readonly draft?: ScenarioFields
}

/** 方案表单 — a new scenario, or a new revision of a saved one; what was filled in stays when it is refused. */
export function ScenarioForm(props: { form: OpenForm | undefined; onClose: () => void }) {
  const { form, onClose } = props
  return (
    <Drawer
      open={form !== undefined}
      onClose={onClose}
      title={form?.scenario ? `修改方案：${form.scenario.name}` : '新建情景方案'}
      size="large"
      closable={{ 'aria-label': '关闭' }}
      destroyOnHidden
    >
      {form && <Fields {...form} onSaved={onClose} />}
    </Drawer>
  )
}

function Fields({ scenario, draft, onSaved }: OpenForm & { onSaved: () => void }) {
  const { save, saving, error } = useSaving(scenario, onSaved)
  return (
    <Form<ScenarioFields>
      layout="vertical"
      requiredMark={false}
      scrollToFirstError={{ block: 'center' }}
      initialValues={scenario ? fieldsOf(scenario) : (draft ?? blankFields)}
      onFinish={save}
    >
      <Form.Item
        name="name"
        label="方案名称"
        rules={[{ required: true, min: 2, message: '请填写 2 个字以上的名称' }]}
      >
        <Input maxLength={60} placeholder="如 东区新住宅与二胎回落" />
      </Form.Item>
      <Form.Item name="note" label="说明（可不填）">
        <Input.TextArea maxLength={1000} rows={3} placeholder="这个方案回答什么问题" />
      </Form.Item>
      {!scenario && <PlaceField />}
      <Form.Item name="births" label="出生人口">
        <Select options={choices(baseNames)} />
      </Form.Item>
      <Form.Item
        name="townDriftPercent"
        label="向县城流动（每年，%）"
        extra="在以往趋势之外，街道以外的学生每年另有多少进县城；负数是回流，0 只按以往趋势。"
        rules={[{ required: true, message: '请填写比例；没有就填 0' }]}
      >
        <InputNumber min={-20} max={20} step={0.5} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="capacityBasis" label="学位口径">
        <Select options={choices(basisNames)} />
      </Form.Item>
      <Form.Item name="classSize" label="班额">
        <Select options={choices(classSizeNames)} />
      </Form.Item>
      <p className="quiet">
        这里换的是需求一侧和学位口径的假设；新建、扩建的学位请在批准后登记校舍，登记后重新测算。
      </p>
      <AssumptionLines />
      {error && <Problem error={error} />}
      <Button type="primary" htmlType="submit" loading={saving} style={{ marginTop: 12 }}>
        保存方案
      </Button>
      <p className="quiet">保存后请点“测算”；测算结果与假设一起保留，可以随时对照。</p>
    </Form>
  )
}

/** Asked only of those who answer for more than one county; empty is the whole city. */
function PlaceField() {
  const places = useCounties()
  if (places.length < 2) return null
  return (
    <Form.Item name="countyId" label="范围">
      <Select
        allowClear
        placeholder="全市"
        options={places.map(({ countyId, name }) => ({ value: countyId, label: name }))}
      />
    </Form.Item>
  )
}

function useSaving(scenario: ScenarioAnswer | undefined, onSaved: () => void) {
  const api = useApi()
  const queries = useQueryClient()
  const [saving, setSaving] = useState(false)
  const [error, setError] = useState<AnswerError>()
  const save = async (fields: ScenarioFields) => {
    setSaving(true)
    setError(undefined)
    // What the form does not show, such as the place of a saved scenario, is not among its fields.
    const body = bodyOf({ ...(scenario && { countyId: scenario.countyId }), ...fields })
    const path = '/api/seats/scenarios'
    const sent = scenario
      ? api.send('PUT', `${path}/${scenario.scenarioId}`, { ...body, basedOn: scenario.revision })
      : api.send('POST', path, body)
    await sent.then(async () => {
      await queries.invalidateQueries()
      onSaved()
    }, setError)
    setSaving(false)
  }
  return { save, saving, error }
}
