import { Select } from 'antd'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { useAnswer } from '../../../ui/use-api.tsx'

/** 查到的机构 — as the search of the registry tells it. */
interface Found {
  readonly kind: string
  readonly id: number
  readonly name: string
  readonly where: string
}

/** 选机构 — found by its name, initials or code in the registry and chosen there; a name alone would point at nothing. */
export function InstitutionInput(props: {
  'aria-label': string
  disabled: boolean
  status?: 'error'
  value: string
  names: Readonly<Record<string, string>>
  onChoose: (id: string) => void
}) {
  const { value, names, onChoose, ...shared } = props
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<Found>()
  const asked = useDeferredValue(text.trim())
  const { data = [] } = useAnswer<Found[]>(asked === '' ? undefined : '/api/search', { text: asked })
  const found = data.filter(({ kind }) => kind === 'institution')
  const nameOf = (id: string) =>
    (String(chosen?.id) === id ? chosen?.name : undefined) ?? names[id] ?? `编号 ${id}`
  return (
    <Select
      {...shared}
      allowClear
      style={{ width: '100%' }}
      placeholder="校名 / 拼音首字母 / 标识码"
      showSearch={{ filterOption: false, onSearch: setText }}
      notFoundContent={asked === '' ? '请输入校名查找' : '没有查到，请换个写法'}
      value={value === '' ? undefined : { value, label: nameOf(value) }}
      labelInValue
      options={found.map(({ id, name, where }) => ({ value: String(id), label: `${name}（${where}）` }))}
      onChange={(choice?: { value: string; label?: ReactNode }) => {
        setChosen(found.find(({ id }) => String(id) === choice?.value))
        onChoose(choice?.value ?? '')
      }}
    />
  )
}
