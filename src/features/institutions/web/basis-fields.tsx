import { DatePicker, Form, Input } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'

/** The decision every change rests on. */
export function BasisFields() {
  return (
    <>
      <Form.Item
        name="docNumber"
        label="发文字号"
        rules={[{ required: true, message: '请填写批准文件的发文字号' }]}
      >
        <Input placeholder="如 平教体〔2024〕18号" />
      </Form.Item>
      <DayField name="decidedOn" label="决定日期" />
      <DayField name="effectiveOn" label="生效日期" />
      <Form.Item name="note" label="备注（可不填）">
        <Input maxLength={200} />
      </Form.Item>
    </>
  )
}

/** The form holds the day as text, the picker as its own kind of date. */
function DayField({ name, label }: { name: string; label: string }) {
  return (
    <Form.Item
      name={name}
      label={label}
      rules={[{ required: true, message: `请选择${label}` }]}
      getValueProps={(day?: string) => ({ value: day ? dayjs(day) : undefined })}
      getValueFromEvent={(day: Dayjs | null) => day?.format('YYYY-MM-DD')}
    >
      <DatePicker style={{ width: '100%' }} placeholder="如 2024-09-01" />
    </Form.Item>
  )
}
