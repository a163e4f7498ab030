import { Select } from 'antd'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { useAnswer } from '../../../ui/use-api.tsx'
import type { FilingShown } from '../contract.ts'
import type { ShownField } from './shown-field.ts'

/** 查到的机构或单位 — as the search of the registry tells it. */
interface Found {
  readonly kind: string
  readonly id: number
  readonly name: string
  readonly where: string
}

interface Props {
  field: ShownField
  label: string
  disabled: boolean
  wrong?: boolean
  filing: Pick<FilingShown, 'filingId' | 'names'>
  value: string
  onChoose: (chosen: string) => void
}

/** 选取 — from the registry or from the filing's own papers: a name alone would point at nothing. */
export function PickerInput(props: Props) {
  return props.field.type === 'file' ? <FilePicker {...props} /> : <RegistryPicker {...props} />
}

function RegistryPicker(props: Props) {
  const { field, filing, value, onChoose } = props
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<Found>()
  const asked = useDeferredValue(text.trim())
  const { data = [] } = useAnswer<Found[]>(asked === '' ? undefined : '/api/search', { text: asked })
  const found = data.filter(({ kind }) => kind === field.type)
  const nameOf = (id: string) =>
    (String(chosen?.id) === id ? chosen?.name : undefined) ?? filing.names[id] ?? `编号 ${id}`
  return (
    <Select
      {...shared(props)}
      placeholder={field.type === 'unit' ? '单位名称 / 拼音首字母' : '校名 / 拼音首字母 / 标识码'}
      showSearch={{ filterOption: false, onSearch: setText }}
      notFoundContent={asked === '' ? '请输入名称查找' : '没有查到，请换个写法'}
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

interface Paper {
  readonly attachmentId: string
  readonly name: string
  readonly removedAt: string | null
}

function FilePicker(props: Props) {
  const { filing, value, onChoose } = props
  const { data = [] } = useAnswer<Paper[]>(`/api/filings/${filing.filingId}/attachments`)
  const there = data.filter(({ removedAt }) => removedAt === null)
  const options = there.map(({ attachmentId, name }) => ({ value: attachmentId, label: name }))
  return (
    <Select
      {...shared(props)}
      placeholder="选一份佐证材料"
      notFoundContent="还没有材料，请先在下面“佐证材料”里上传"
      value={value === '' ? undefined : value}
      options={options}
      onChange={(chosen?: string) => onChoose(chosen ?? '')}
    />
  )
}

function shared({ label, disabled, wrong }: Props) {
  return {
    'aria-label': label,
    disabled,
    ...(wrong && { status: 'error' as const }),
    allowClear: true,
    style: { width: '100%' },
  }
}
