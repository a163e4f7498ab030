import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useAnswer } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'
import type { ImportAnswer, Kind, KindInfo } from '../contract.ts'

/** 导入导出页的选择 — kind and import stand in the address; place and day come from the shell. */
export function useExchangeView() {
  const [kind, chooseKind] = useUrlState('kind', 'enrolment-by-grade')
  const [importId, openImport] = useUrlState('import', '')
  const [county] = useUrlState('county', '')
  const [asOf] = useUrlState('asOf', '')
  const kinds = useAnswer<KindInfo[]>('/api/exchange/kinds')
  const current = useAnswer<ImportAnswer>(importId ? `/api/exchange/imports/${importId}` : undefined)
  const client = useQueryClient()
  const refresh = useCallback(() => client.invalidateQueries(), [client])
  return {
    kind: kind as Kind,
    chooseKind,
    importId,
    openImport,
    county,
    asOf,
    kinds,
    /** Only the import the address names: an earlier one must not stand in while the next is on its way. */
    current: current.data?.importId === importId ? current.data : undefined,
    currentError: current.error,
    refresh,
  }
}

export type ExchangeView = ReturnType<typeof useExchangeView>
