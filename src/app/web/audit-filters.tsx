import { Button, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { AuditState } from '../../platform/audit/audit-contract.ts'
import { outcomeNames } from '../../platform/audit/outcome-names.ts'
import type { AuditView } from './use-audit-view.ts'

/** 审计筛选栏 — each choice goes into the address. */
export function AuditFilters({ view, state }: { view: AuditView; state: AuditState | undefined }) {
  const { values, set } = view
  const day = (text: string) => (text ? dayjs(text) : null)
  const any = (name: string) => ({ value: '', label: `全部${name}` })
  return (
    <>
      <DatePicker.RangePicker
        aria-label="日期范围"
        allowEmpty={[true, true]}
        value={[day(values.from), day(values.to)]}
        onChange={(range) =>
          set({
            from: range?.[0]?.format('YYYY-MM-DD') ?? '',
            to: range?.[1]?.format('YYYY-MM-DD') ?? '',
          })
        }
        style={{ width: 250 }}
      />
      <TextFilter
        label="账号"
        key={`account ${values.account}`}
        value={values.account}
        enter={(account) => set({ account })}
      />
      <Select
        aria-label="事项"
        style={{ width: 210 }}
        showSearch
        optionFilterProp="label"
        value={values.act}
        onChange={(act) => set({ act })}
        options={[any('事项'), ...(state?.acts ?? []).map(({ act, name }) => ({ value: act, label: name }))]}
      />
      <Select
        aria-label="结果"
        style={{ width: 120 }}
        value={values.outcome}
        onChange={(outcome) => set({ outcome })}
        options={[any('结果'), ...Object.entries(outcomeNames).map(([value, label]) => ({ value, label }))]}
      />
      <Select
        aria-label="县（市、区）"
        style={{ width: 130 }}
        value={values.in}
        onChange={(county) => set({ in: county })}
        options={[
          any('县区'),
          ...(state?.counties ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
      <TextFilter
        label="对象编号"
        key={`object ${values.objectId}`}
        value={values.objectId}
        enter={(objectId) => set({ objectId })}
      />
      <TextFilter
        label="人员盲编号"
        key={`subject ${values.subject}`}
        value={values.subject}
        enter={(subject) => set({ subject })}
      />
      {Object.values(values).some(Boolean) && (
        <Button onClick={() => set(Object.fromEntries(Object.keys(values).map((name) => [name, ''])))}>
          清除筛选
        </Button>
      )}
    </>
  )
}

/** The text goes into the address when it is entered, not at every key. */
function TextFilter(props: { label: string; value: string; enter: (text: string) => void }) {
  const [text, setText] = useState(props.value)
  return (
    <Input.Search
      aria-label={props.label}
      placeholder={props.label}
      style={{ width: 160 }}
      allowClear
      value={text}
      onChange={(event) => setText(event.target.value)}
      onSearch={(entered) => props.enter(entered.trim())}
    />
  )
}
