import { useLocation, useNavigate } from '@tanstack/react-router'
import { AutoComplete, Input } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useAnswer } from '../../ui/use-api.tsx'

interface Found {
  readonly kind: 'unit' | 'institution'
  readonly id: number
  readonly countyId: number
  readonly level: string
  readonly name: string
  readonly code: string
  readonly where: string
}

/** 全局查找 — any unit or institution by part of its name, pinyin initials or code; choosing one opens it. */
export function Search() {
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim())
  const open = useOpening()
  const { data } = useAnswer<Found[]>(wanted ? '/api/search' : undefined, { text: wanted })
  const found = wanted ? (data ?? []) : []
  return (
    <AutoComplete
      className="no-print frame-wide"
      style={{ width: 230 }}
      popupMatchSelectWidth={false}
      styles={{ popup: { root: { width: 420, maxWidth: '94vw' } } }}
      value={text}
      options={found.map((each) => ({ value: `${each.kind}-${each.id}`, label: <Line {...each} /> }))}
      onChange={(value) => setText(value ?? '')}
      onSelect={(value: string) => {
        setText('')
        const chosen = found.find(({ kind, id }) => `${kind}-${id}` === value)
        if (chosen) open(chosen)
      }}
      notFoundContent={
        wanted && data?.length === 0 ? '没有找到。可输校名的一部分、拼音首字母或标识码。' : null
      }
    >
      <Input aria-label="查找学校或单位" placeholder="校名 / 拼音首字母 / 标识码" allowClear />
    </AutoComplete>
  )
}

/** Two lines: schools of the same name are told apart by where they are. */
function Line({ name, where, code }: Found) {
  return (
    <span style={{ whiteSpace: 'normal' }}>
      {name}
      <br />
      <span className="quiet">{[where, code].filter((part) => part !== '').join(' · ')}</span>
    </span>
  )
}

/** Pages that speak of a place show the chosen one where the reader stands. */
const ofPlaces = ['/seats', '/targets', '/indicators', '/coverage', '/institutions', '/exchange']

function useOpening(): (found: Found) => void {
  const navigate = useNavigate()
  const { pathname } = useLocation()
  return ({ kind, level, id, countyId }) => {
    const within = level === 'county' || level === 'city' ? undefined : id
    const county = level === 'city' ? undefined : countyId
    const stays = within === undefined ? ofPlaces.includes(pathname) : pathname === '/seats'
    navigate({
      to: kind === 'institution' ? `/institutions/${id}` : stays ? pathname : '/institutions',
      search: ({ asOf, scenario, stage }: Record<string, unknown>) =>
        kind === 'institution'
          ? { asOf, scenario }
          : { asOf, scenario, county, unit: within, ...(stays && { stage }) },
    } as never)
  }
}
