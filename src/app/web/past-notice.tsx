import { useQueryClient } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { type ReactNode, useEffect, useMemo } from 'react'
import { ApiContext, useApi } from '../../ui/use-api.tsx'
import { useUrlChoices, useUrlState } from '../../ui/use-url-state.ts'
import { lookingBack } from './looking-back.ts'
import { useAsOf, useBookDay } from './where-and-when.tsx'

const views = [
  { value: 'now', label: '按今天的台账看那天（含后来的更正）' },
  { value: 'then', label: '按当日所知（后来登记的不算）' },
]

/** 回看提示 — over every page that shows a past day: which day, as known when, that nothing can be done there, and the way back. */
export function PastNotice({ children }: { children: ReactNode }) {
  const api = useApi()
  const [asOf] = useAsOf()
  const past = asOf < useBookDay()
  const [known, setKnown] = useUrlState('known', 'now')
  const choose = useUrlChoices()
  const queries = useQueryClient()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same addresses answer otherwise once another moment is asked for
  useEffect(() => {
    queries.invalidateQueries()
  }, [known, queries])
  const given = useMemo(
    () => (past ? lookingBack(api, asOf, known === 'then') : api),
    [past, api, asOf, known],
  )
  return (
    <ApiContext value={given}>
      {past && (
        <div className="notice" role="status" style={{ marginBottom: 14, flexWrap: 'wrap' }}>
          <span>正在回看 {asOf} 的台账，只能看，不能办理。</span>
          <Select
            className="no-print"
            aria-label="按什么时候所知"
            value={known}
            onChange={setKnown}
            options={views}
            style={{ minWidth: 280, maxWidth: '100%' }}
          />
          <span className="print-only">{views.find(({ value }) => value === known)?.label}</span>
          <Button className="no-print" onClick={() => choose({ asOf: undefined, known: undefined })}>
            回到今天
          </Button>
        </div>
      )}
      {children}
    </ApiContext>
  )
}
