import { Select } from 'antd'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { useAnswer } from '../../../ui/use-api.tsx'

/** 选学校 — found by name, initials or code among those the visitor sees. */
export function InstitutionField(props: {
  value: string
  onChoose: (id: string) => void
  disabled?: boolean
}) {
  const { value, onChoose, disabled = false } = props
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const { data = [] } = useAnswer<{ kind: string; id: number; name: string; where: string }[]>(
    asked === '' ? undefined : '/api/search',
    { text: asked },
  )
  const named = useAnswer<{ name: string }>(value ? `/api/institutions/${value}` : undefined)
  const found = data.filter(({ kind }) => kind === 'institution')
  return (
    <Select
      aria-label="学校（园）"
      style={{ width: '100%' }}
      placeholder="校名 / 拼音首字母 / 标识码"
      labelInValue
      disabled={disabled}
      showSearch={{ filterOption: false, onSearch: setText }}
      notFoundContent={asked === '' ? '请输入校名查找' : '没有查到，请换个写法'}
      value={value ? { value, label: named.data?.name ?? `编号 ${value}` } : null}
      options={found.map(({ id, name, where }) => ({ value: String(id), label: `${name}（${where}）` }))}
      onChange={(choice: { value: string; label?: ReactNode } | null) => onChoose(choice?.value ?? '')}
    />
  )
}
