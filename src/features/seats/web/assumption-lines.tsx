import { Button, Form, Input, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import { gradesOf, stages } from '../../../kernel/stage.ts'
import { stageNames } from '../contract.ts'
import { gradeName } from './tell-scenario.ts'
import { UnitField } from './unit-field.tsx'

const required = (what: string) => [{ required: true, message: `请填写${what}` }]
const chosen = (what: string) => [{ required: true, message: `请选择${what}` }]
const stageOptions = stages.map((value) => ({ value, label: stageNames[value] }))
const fieldGrid = {
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))',
  columnGap: 12,
}
const gradeOptions = stages.map((stage) => ({
  label: stageNames[stage],
  options: gradesOf[stage].map((value) => ({ value, label: gradeName(value) })),
}))

/** 逐条假设 — new housing, the split after junior school, and single numbers set by hand, each with its reason. */
export function AssumptionLines() {
  return (
    <>
      <Lines name="housing" title="新增住宅" hint="入住当年起按每百套带来的学生计入所在乡镇（街道）。">
        {(line) => (
          <>
            <UnitField name={[line, 'unitId']} label="乡镇（街道）" level="township" />
            <NumberField name={[line, 'year']} label="入住年份" min={2000} max={2100} />
            <Form.Item name={[line, 'stage']} label="学段" rules={chosen('学段')}>
              <Select options={stageOptions} />
            </Form.Item>
            <NumberField name={[line, 'dwellings']} label="入住套数" min={1} max={200_000} />
            <NumberField
              name={[line, 'pupilsPer100']}
              label="每百套学生（人）"
              min={0}
              max={300}
              digits={1}
            />
          </>
        )}
      </Lines>
      <Lines name="seniorShares" title="普职分流" hint="初中毕业生升入高中阶段者中，上普通高中的比例。">
        {(line) => (
          <>
            <UnitField name={[line, 'unitId']} label="单位" level="county" />
            <NumberField name={[line, 'from']} label="起始年份" min={2000} max={2100} />
            <NumberField name={[line, 'percent']} label="上普通高中（%）" min={0} max={100} digits={1} />
          </>
        )}
      </Lines>
      <Lines
        name="overrides"
        title="人工修正"
        hint="把某单位某年某年级改为一个人数，或乘以一个倍数。"
        blank={{ as: 'pupils' }}
      >
        {(line) => (
          <>
            <UnitField name={[line, 'unitId']} label="单位" level="any" />
            <NumberField name={[line, 'year']} label="年份" min={2000} max={2100} />
            <Form.Item name={[line, 'grade']} label="年级" rules={chosen('年级')}>
              <Select options={gradeOptions} />
            </Form.Item>
            <Form.Item name={[line, 'as']} label="改为">
              <Select
                options={[
                  { value: 'pupils', label: '人数' },
                  { value: 'factor', label: '推算值的倍数' },
                ]}
              />
            </Form.Item>
            <ValueField line={line} />
          </>
        )}
      </Lines>
    </>
  )
}

/** A head count is whole; a factor is at most ten. */
function ValueField({ line }: { line: number }) {
  const as = Form.useWatch(['overrides', line, 'as'])
  return as === 'factor' ? (
    <NumberField name={[line, 'value']} label="倍数" min={0} max={10} digits={3} />
  ) : (
    <NumberField name={[line, 'value']} label="人数" min={0} max={1_000_000} />
  )
}

function NumberField(props: {
  name: [number, string]
  label: string
  min: number
  max: number
  digits?: number
}) {
  const { name, label, min, max, digits = 0 } = props
  return (
    <Form.Item name={name} label={label} rules={required(label)}>
      <InputNumber min={min} max={max} precision={digits} style={{ width: '100%' }} />
    </Form.Item>
  )
}

function Lines(props: {
  name: 'housing' | 'seniorShares' | 'overrides'
  title: string
  hint: string
  blank?: object
  children: (line: number) => ReactNode
}) {
  return (
    <Form.List name={props.name}>
      {(lines, { add, remove }) => (
        <fieldset style={{ border: 0, padding: 0, margin: '0 0 16px', minWidth: 0 }}>
          <legend style={{ fontWeight: 600, fontSize: 14, border: 0, margin: 0 }}>{props.title}</legend>
          <p className="quiet" style={{ margin: '2px 0 8px' }}>
            {props.hint}
          </p>
          {lines.map(({ key, name }) => (
            <div className="card" key={key} style={{ marginBottom: 8 }}>
              <div style={fieldGrid}>{props.children(name)}</div>
              <Form.Item
                name={[name, 'reason']}
                label="理由或出处"
                rules={[{ required: true, min: 2, message: '请写明理由或出处' }]}
              >
                <Input maxLength={400} />
              </Form.Item>
              <Button onClick={() => remove(name)}>去掉这一条</Button>
            </div>
          ))}
          <Button onClick={() => add(props.blank ?? {})}>加一条{props.title}</Button>
        </fieldset>
      )}
    </Form.List>
  )
}
