import { Button, Checkbox, DatePicker, Form, Input } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { Card, Problem } from '../../../ui/page.tsx'
import { type AnswerError, useApi } from '../../../ui/use-api.tsx'
import type { DecisionBody, ImportAnswer, Started } from '../contract.ts'

interface Fields {
  readonly docNumber?: string
  readonly decidedOn: Dayjs
  readonly effectiveOn?: Dayjs | null
  readonly onlyGood?: boolean
  readonly acceptCorrections?: boolean
  readonly reason?: string
}

/** What has a day from which it holds; figures speak of a day of their own. */
const effectiveWords: Readonly<Partial<Record<ImportAnswer['kind'], string>>> = {
  institutions: '机构信息的变更从哪天起',
  pupils: '入学、变动年级班级从哪天起',
}

/** 确认 — the document, and what is knowingly accepted: only the good rows, corrections, doubts with their reason. */
export function ConfirmCard({ current, onDone }: { current: ImportAnswer; onDone: () => void }) {
  const api = useApi()
  const [error, setError] = useState<AnswerError>()
  const [sending, setSending] = useState(false)
  const counts = current.counts
  if (!counts) return null
  const send = async (fields: Fields) => {
    setSending(true)
    setError(undefined)
    const path = `/api/exchange/imports/${current.importId}/confirmation`
    await api.send<Started>('POST', path, bodyOf(fields)).then(onDone, setError)
    setSending(false)
  }
  const good = counts.rows - counts.rejected
  return (
    <Card title="确认导入" note={`可导入 ${good} 行，有错误 ${counts.rejected} 行`}>
      <Form
        layout="vertical"
        requiredMark={false}
        scrollToFirstError={{ block: 'center' }}
        onFinish={send}
        initialValues={{ decidedOn: dayjs() }}
      >
        <div className="grid halves">
          <Form.Item
            name="docNumber"
            label="文号"
            rules={[{ required: true, message: '请填写批准或报送文件的文号' }]}
          >
            <Input placeholder="如 叶教体〔2024〕12号" />
          </Form.Item>
          <Form.Item
            name="decidedOn"
            label="文件日期"
            rules={[{ required: true, message: '请选择文件日期' }]}
          >
            <DatePicker maxDate={dayjs()} />
          </Form.Item>
        </div>
        {effectiveWords[current.kind] && (
          <Form.Item name="effectiveOn" label={`${effectiveWords[current.kind]}（不填为文件日期）`}>
            <DatePicker maxDate={dayjs()} />
          </Form.Item>
        )}
        <Accepted counts={counts} />
        {error && <Problem error={error} />}
        <Submit counts={counts} sending={sending} />
      </Form>
    </Card>
  )
}

/** Not before the rows with errors are knowingly left out: else the whole file is refused anyway. */
function Submit({ counts, sending }: { counts: NonNullable<ImportAnswer['counts']>; sending: boolean }) {
  const onlyGood = Form.useWatch('onlyGood') === true
  const good = counts.rows - counts.rejected
  const held = counts.rejected > 0 && !onlyGood
  return (
    <>
      <Button type="primary" htmlType="submit" loading={sending} disabled={good === 0 || held}>
        确认导入
      </Button>
      {good > 0 && held && <span className="quiet"> 有错误的行：请改好再传，或先勾选“仅导入通过行”。</span>}
    </>
  )
}

function Accepted({ counts }: { counts: NonNullable<ImportAnswer['counts']> }) {
  return (
    <>
      {counts.rejected > 0 && (
        <Form.Item name="onlyGood" valuePropName="checked">
          <Checkbox>
            仅导入通过行：有错误的 {counts.rejected} 行不导入，其余 {counts.rows - counts.rejected} 行先入账
          </Checkbox>
        </Form.Item>
      )}
      {counts.corrected > 0 && (
        <Form.Item name="acceptCorrections" valuePropName="checked">
          <Checkbox>同意更正：{counts.corrected} 处以文件为准</Checkbox>
        </Form.Item>
      )}
      {counts.doubts > 0 && (
        <Form.Item name="reason" label={`${counts.doubts} 处存疑属实的原因`}>
          <Input.TextArea rows={2} placeholder="如：本年撤并邻村教学点，学生整班转入" />
        </Form.Item>
      )}
    </>
  )
}

function bodyOf({
  docNumber = '',
  decidedOn,
  effectiveOn,
  onlyGood,
  acceptCorrections,
  reason,
}: Fields): DecisionBody {
  return {
    docNumber,
    decidedOn: decidedOn.format('YYYY-MM-DD'),
    ...(effectiveOn && { effectiveOn: effectiveOn.format('YYYY-MM-DD') }),
    onlyGood: onlyGood ?? false,
    acceptCorrections: acceptCorrections ?? false,
    ...(reason && { reason }),
  }
}
