import { Select } from 'antd'
import type { ViolationsAnswer } from '../contract.ts'

/** 依据 — the lists of the plan first, then every item a finding may rest on. */
export function BasisField(props: {
  violations: ViolationsAnswer
  value: string | undefined
  onChange: (basis: string) => void
}) {
  const { lists, items } = props.violations
  return (
    <Select
      aria-label="依据"
      style={{ width: '100%' }}
      placeholder="选问题种类，或输入任务项编号、原文查找"
      showSearch={{ optionFilterProp: 'label' }}
      value={props.value}
      onChange={props.onChange}
      options={[
        ...lists.map(({ zh, item, kinds }) => ({
          label: `${zh}（${item}）`,
          options: kinds.map(({ rule, zh }) => ({ value: rule, label: zh })),
        })),
        { label: '任务项', options: items.map(({ id, quote }) => ({ value: id, label: `${id} ${quote}` })) },
      ]}
    />
  )
}
