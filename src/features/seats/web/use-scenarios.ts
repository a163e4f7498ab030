import { useAnswer } from '../../../ui/use-api.tsx'
import type { ScenarioAnswer } from '../scenario-contract.ts'

/** 已存的情景方案 — all the visitor may see, latest first. */
export function useScenarios() {
  return useAnswer<ScenarioAnswer[]>('/api/seats/scenarios')
}
