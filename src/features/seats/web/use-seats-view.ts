import { useEffect } from 'react'
import { isStage } from '../../../kernel/stage.ts'
import type { Params } from '../../../ui/use-api.tsx'
import { useUrlChoices, useUrlState } from '../../../ui/use-url-state.ts'
import type { BoardAnswer, UnitRef } from '../contract.ts'

/** 所看 — what the page shows; all of it stands in the address. */
export interface SeatsView {
  /** Empty: the reader's first. */
  readonly stage: string
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
  /** Opens a unit's parts; the shell's place goes along. */
  drill(unit: UnitRef): void
  choose(row: string, year: string): void
}

/**
 * 所看 — read from the address.
 *
 * The city and the counties are the shell's place; only a township stands in `unit`, so that shell and page never
 * name two places. `at` holds row and year in one, as one choice makes both.
 */
export function useSeatsView(): SeatsView {
  const [stageWord, setStage] = useUrlState('stage', '')
  const [county] = useUrlState('county', '')
  const [asOf] = useUrlState('asOf', '')
  const [scenario, setScenario] = useUrlState('scenario', 'mid')
  const [basis, setBasis] = useUrlState('basis', '')
  const [drilled] = useUrlState('unit', '')
  const [at, setAt] = useUrlState('at', '')
  const [twin, setTwin] = useUrlState('view', 'table')
  const chooseAll = useUrlChoices()
  const [unit = ''] = drilled.split('@')
  const [row = '', year = ''] = at.split('@')
  const stage = isStage(stageWord) ? stageWord : ''
  const place = unit || county
  return {
    stage,
    scenario,
    basis,
    row,
    year,
    twin,
    params: {
      scenario,
      ...(stage && { stage }),
      ...(basis && { basis }),
      ...(place && { unit: place }),
      ...(asOf && { asOf }),
    },
    setStage,
    setScenario,
    setBasis,
    setTwin,
    drill: (next) => chooseAll(placeInAddress(next)),
    choose: (nextRow, nextYear) => setAt(`${nextRow}@${nextYear}`),
  }
}

/** Where a unit stands in the address: a county is the shell's place, a township a unit within it. */
function placeInAddress({ kind, unitId, countyId }: UnitRef) {
  if (kind === 'city') return { county: undefined, unit: undefined }
  return { county: countyId, unit: kind === 'county' ? undefined : unitId }
}

/** 框架随页 — an address written by hand may name a unit of another county than its own: the shell then follows the page. */
export function useShellFollowing(board: BoardAnswer | undefined): void {
  const [county] = useUrlState('county', '')
  const [drilled] = useUrlState('unit', '')
  const chooseAll = useUrlChoices()
  const parent = board?.parent
  useEffect(() => {
    if (!parent || drilled.split('@')[0] !== String(parent.unitId)) return
    const wanted = placeInAddress(parent)
    if (String(wanted.county ?? '') !== county || String(wanted.unit ?? '') !== drilled) chooseAll(wanted)
  }, [parent, drilled, county, chooseAll])
}
