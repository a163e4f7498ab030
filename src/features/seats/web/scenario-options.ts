import { baseScenarios } from '../contract.ts'
import type { ScenarioAnswer } from '../scenario-contract.ts'

export const baseNames = {
  low: '低方案',
  mid: '中方案',
  high: '高方案',
} as const satisfies Record<(typeof baseScenarios)[number], string>

/** 情景的词 — a saved scenario's name in addresses and queries. */
export function keyOf({ scenarioId }: Pick<ScenarioAnswer, 'scenarioId'>): string {
  return `s${scenarioId}`
}

/** 可选情景 — the base scenarios, then the saved ones with their place and whether there is anything to see yet. */
export function scenarioOptions(saved: readonly ScenarioAnswer[]) {
  const base = baseScenarios.map((value) => ({
    value: value as string,
    label: `基本情景：${baseNames[value]}`,
  }))
  return [
    ...base,
    ...saved.map((scenario) => ({
      value: keyOf(scenario),
      label: `${scenario.place}：${scenario.name}${scenario.computed ? '' : '（未测算）'}`,
    })),
  ]
}
