import { isStage, type Stage } from '../../../kernel/stage.ts'
import type { Params } from '../../../ui/use-api.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'

/** 所看 — what the page shows; all of it stands in the address. */
export interface SeatsView {
  readonly stage: Stage
  readonly scenario: string
  /** Empty: as the scenario says. */
  readonly basis: string
  /** The chosen row and year; empty: the page's own choice. */
  readonly row: string
  readonly year: string
  /** 'table' or 'map': the same figures twice. */
  readonly twin: string
  /** What the server is asked with. */
  readonly params: Params
  setStage(stage: string): void
  setScenario(scenario: string): void
  setBasis(basis: string): void
  setTwin(twin: string): void
  /** Opens a unit's parts; empty goes back to the visitor's own place. */
  drill(unit: string): void
  choose(row: string, year: string): void
}

/**
 * 所看 — read from the address.
 *
 * `unit` is kept together with the county the shell stood at, so that choosing another county in the shell leaves
 * the drilled unit behind; `at` holds row and year in one, as one choice makes both.
 */
export function useSeatsView(): SeatsView {
  const [stageWord, setStage] = useUrlState('stage', 'primary')
  const [county] = useUrlState('county', '')
  const [asOf] = useUrlState('asOf', '')
  const [scenario, setScenario] = useUrlState('scenario', 'mid')
  const [basis, setBasis] = useUrlState('basis', '')
  const [drilled, setDrilled] = useUrlState('unit', '')
  const [at, setAt] = useUrlState('at', '')
  const [twin, setTwin] = useUrlState('view', 'table')
  const [unit = '', under] = drilled.split('@')
  const [row = '', year = ''] = at.split('@')
  const stage = isStage(stageWord) ? stageWord : 'primary'
  const place = unit !== '' && under === county ? unit : county
  return {
    stage,
    scenario,
    basis,
    row,
    year,
    twin,
    params: {
      stage,
      scenario,
      ...(basis && { basis }),
      ...(place && { unit: place }),
      ...(asOf && { asOf }),
    },
    setStage,
    setScenario,
    setBasis,
    setTwin,
    drill: (next) => setDrilled(next === '' ? '' : `${next}@${county}`),
    choose: (nextRow, nextYear) => setAt(`${nextRow}@${nextYear}`),
  }
}
