import type { Params } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'

/** 筛选 — what the list is narrowed to; all of it stands in the address. */
export interface ListView {
  readonly stage: string
  readonly kind: string
  readonly sector: string
  readonly text: string
  readonly unit: string
  readonly params: Params
  setStage(stage: string): void
  setKind(kind: string): void
  setSector(sector: string): void
  setText(text: string): void
  /** Shows the whole place again. */
  leaveUnit(): void
}

/** As many as any city here has: the table draws only the rows in sight. */
const all = 5000

/** 筛选 — read from the address; the county and the day are the shell's. */
export function useListView(): ListView {
  const [county] = useUrlState('county', '')
  const [asOf] = useUrlState('asOf', '')
  const [stage, setStage] = useUrlState('stage', '')
  const [kind, setKind] = useUrlState('kind', '')
  const [sector, setSector] = useUrlState('sector', '')
  const [text, setText] = useUrlState('text', '')
  const [unit, setUnit] = useUrlState('unit', '')
  // A unit opened from the search says where it is by itself.
  const place = unit === '' ? { county } : { unit }
  const given = Object.entries({ ...place, asOf, stage, kind, sector, text }).filter(
    ([, value]) => value !== '',
  )
  return {
    stage,
    kind,
    sector,
    text,
    unit,
    params: { ...Object.fromEntries(given), pageSize: all },
    setStage,
    setKind,
    setSector,
    setText,
    leaveUnit: () => setUnit(''),
  }
}
