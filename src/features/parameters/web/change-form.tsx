import { useQueryClient } from '@tanstack/react-query'
import { Button, DatePicker, Form, Input, InputNumber, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { Problem } from '../../../ui/page.tsx'
import { statusWords } from '../../../ui/status-words.ts'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import { type ImpactAnswer, type ParameterAnswer, statuses } from '../contract.ts'
import { FlipTable } from './flip-table.tsx'

interface Trial {
  readonly one?: string | number
  readonly fields?: Readonly<Record<string, number>>
  readonly from: Dayjs
}
interface Basis {
  readonly status: string
  readonly document: string
  readonly article?: string
  readonly quote?: string
  readonly reason: string
}

/** 改动表单 — first the new value and what it flips; only then the document it rests on, and the submission. */
export function ChangeForm({ answer }: { answer: ParameterAnswer }) {
  const api = useApi()
  const [tried, setTried] = useState<{ trial: Trial; impact: ImpactAnswer }>()
  const [error, setError] = useState<AnswerError>()
  const [busy, setBusy] = useState(false)
  const tryIt = async (trial: Trial) => {
    setBusy(true)
    setTried(undefined)
    setError(undefined)
    await api
      .get<ImpactAnswer>(`/api/parameters/${answer.line.key}/impact`, {
        value: JSON.stringify(valueOfTrial(trial)),
        from: trial.from.format('YYYY-MM-DD'),
      })
      .then((impact) => setTried({ trial, impact }), setError)
    setBusy(false)
  }
  return (
    <>
      <Form<Trial>
        layout="vertical"
        requiredMark={false}
        onFinish={tryIt}
        onValuesChange={() => setTried(undefined)}
      >
        <ValueFields answer={answer} />
        <Form.Item name="from" label="自哪一天起" rules={[{ required: true, message: '请选择生效日' }]}>
          <DatePicker style={{ width: '100%' }} />
        </Form.Item>
        <Button htmlType="submit" loading={busy}>
          试算影响
        </Button>
      </Form>
      {error && <Problem error={error} />}
      {tried && (
        <>
          <p style={{ lineHeight: 1.8, marginTop: 14 }}>
            按 {tried.impact.asOf} 的台账试算，共判断 {tried.impact.judged.toLocaleString('zh-CN')} 项，
            <strong>{tried.impact.flips.length} 项会变</strong>
            。正式判断自生效日起按新值办；统计日早于生效日的数，到下一个统计日起按新值判断。
          </p>
          <FlipTable flips={tried.impact.flips} notCompared={tried.impact.notCompared} />
          <BasisForm answer={answer} tried={tried} />
        </>
      )}
    </>
  )
}

function ValueFields({ answer }: { answer: ParameterAnswer }) {
  const { line, fields } = answer
  if (fields.length > 0) {
    return fields.map(({ id, zh }) => (
      <Form.Item
        key={id}
        name={['fields', id]}
        label={`新值：${zh}（${line.unit}）`}
        rules={[{ required: true, message: '请填写' }]}
      >
        <InputNumber style={{ width: '100%' }} />
      </Form.Item>
    ))
  }
  const isNumber = typeof (line.inForce?.value ?? answer.values[0]?.value ?? 0) === 'number'
  return (
    <Form.Item name="one" label={`新值（${line.unit}）`} rules={[{ required: true, message: '请填写新值' }]}>
      {isNumber ? <InputNumber style={{ width: '100%' }} /> : <Input maxLength={200} />}
    </Form.Item>
  )
}

function BasisForm(props: {
  answer: ParameterAnswer
  tried: { readonly trial: Trial; readonly impact: ImpactAnswer }
}) {
  const { answer, tried } = props
  const api = useApi()
  const queries = useQueryClient()
  const [error, setError] = useState<AnswerError>()
  const submit = (basis: Basis) =>
    api
      .send('POST', `/api/parameters/${answer.line.key}/proposals`, {
        ...basis,
        value: valueOfTrial(tried.trial),
        from: tried.trial.from.format('YYYY-MM-DD'),
        fingerprint: tried.impact.fingerprint,
      })
      .then(() => queries.invalidateQueries(), setError)
  return (
    <Form<Basis>
      layout="vertical"
      requiredMark={false}
      initialValues={{ status: 'V' }}
      onFinish={submit}
      style={{ marginTop: 14 }}
    >
      <Form.Item
        name="document"
        label="依据文件（名称、文号）"
        rules={[{ required: true, message: '请填写依据文件' }]}
      >
        <Input maxLength={200} placeholder="如 平教体〔2026〕12号" />
      </Form.Item>
      <Form.Item name="article" label="条款（可不填）">
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="quote" label="原文（可不填）">
        <Input.TextArea maxLength={1000} rows={2} />
      </Form.Item>
      <Form.Item name="status" label="核实程度">
        <Select options={statuses.map((value) => ({ value, label: statusWords[value] ?? value }))} />
      </Form.Item>
      <Form.Item name="reason" label="理由" rules={[{ required: true, message: '请写明理由' }]}>
        <Input.TextArea maxLength={500} rows={2} />
      </Form.Item>
      {error && <Problem error={error} />}
      <Button type="primary" htmlType="submit">
        看过影响，提交审定
      </Button>
    </Form>
  )
}

function valueOfTrial({ one, fields }: Trial): unknown {
  return fields ?? one
}
