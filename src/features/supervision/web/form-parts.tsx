import { Select } from 'antd'
import type { ReactNode } from 'react'

/** 一行 — a label and the field beside it, or under it on a phone. */
export function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="filing-field">
      <div>{label}</div>
      <div>{children}</div>
    </div>
  )
}

/** 选一项 — of named choices. */
export function Choice<K extends string>(props: {
  label: string
  value: K
  onChange: (value: K) => void
  names: Readonly<Record<K, string>>
  disabled?: boolean
}) {
  return (
    <Select
      aria-label={props.label}
      style={{ width: '100%' }}
      disabled={props.disabled ?? false}
      value={props.value}
      onChange={props.onChange}
      options={(Object.keys(props.names) as K[]).map((value) => ({ value, label: props.names[value] }))}
    />
  )
}
