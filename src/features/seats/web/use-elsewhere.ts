import type { BoardAnswer } from '../contract.ts'
import { keyOf } from './scenario-options.ts'
import { useScenarios } from './use-scenarios.ts'
import type { SeatsView } from './use-seats-view.ts'

/** 方案在别处 — a sentence when the chosen scenario was made for a county that is not the one on the page; else nothing. */
export function useElsewhere(view: SeatsView, board: BoardAnswer | undefined): string | undefined {
  const scenarios = useScenarios()
  const scenario = scenarios.data?.find((each) => keyOf(each) === view.scenario)
  if (!scenario || !board || board.published) return undefined
  if (board.trail.some(({ unitId }) => unitId === scenario.countyId)) return undefined
  return `情景方案“${scenario.name}”只为${scenario.place}测算，${board.parent.name}没有这个方案的数。请改看${scenario.place}，或改选基本情景。`
}
