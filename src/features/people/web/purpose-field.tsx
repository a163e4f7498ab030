import { Select } from 'antd'
import { purposeNames } from '../contract.ts'

export type PurposeWord = keyof typeof purposeNames

/** 事由 — chosen from the list; nothing opens without one. */
export function PurposeField(props: {
  value: PurposeWord | undefined
  onChange: (purpose: PurposeWord) => void
}) {
  return (
    <Select
      aria-label="查看事由"
      placeholder="请选择查看事由"
      style={{ width: '100%' }}
      value={props.value}
      onChange={props.onChange}
      options={Object.entries(purposeNames).map(([value, label]) => ({ value, label }))}
    />
  )
}
