import { useNavigate } from '@tanstack/react-router'
import { AutoComplete, Input } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useAnswer } from '../../ui/use-api.tsx'

interface Found {
  readonly kind: 'unit' | 'institution'
  readonly id: number
  readonly name: string
  readonly code: string
  readonly where: string
}

/** 全局查找 — any unit or institution by part of its name, pinyin initials or code; choosing one opens it. */
export function Search() {
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim())
  const navigate = useNavigate()
  const { data } = useAnswer<Found[]>(wanted ? '/api/search' : undefined, { text: wanted })
  const options = (wanted ? (data ?? []) : []).map((found) => ({
    value: `${found.kind}-${found.id}`,
    label: (
      <span>
        {found.name}{' '}
        <span className="quiet">
          {found.where} · {found.code}
        </span>
      </span>
    ),
  }))
  return (
    <AutoComplete
      className="no-print frame-wide"
      style={{ width: 230 }}
      value={text}
      options={options}
      onChange={(value) => setText(value ?? '')}
      onSelect={(value: string) => {
        setText('')
        const [kind, id] = value.split('-')
        navigate({
          to: kind === 'institution' ? `/institutions/${id}` : '/institutions',
          search: kind === 'unit' ? { unit: id } : {},
        } as never)
      }}
      notFoundContent={
        wanted && data?.length === 0 ? '没有找到。可输校名的一部分、拼音首字母或标识码。' : null
      }
    >
      <Input aria-label="查找学校或单位" placeholder="校名 / 拼音首字母 / 标识码" allowClear />
    </AutoComplete>
  )
}
