import { type Grade, stageOfGrade } from '../../../kernel/stage.ts'
import { basisNames, stageNames } from '../contract.ts'
import type { Assumptions, ScenarioAnswer } from '../scenario-contract.ts'
import { baseNames } from './scenario-options.ts'

export const classSizeNames: Readonly<Record<Assumptions['classSize'], string>> = {
  standard: '标准班额',
  'below-large': '不超大班额的上限',
}

/** 假设成句 — what a scenario assumes, in one sentence. */
export function tellAssumptions(assumed: Assumptions): string {
  const { townDrift, housing, seniorShares, overrides } = assumed
  const percent = Number((Math.abs(townDrift) * 100).toFixed(1))
  const drift = townDrift > 0 ? `每年另有 ${percent}% 进县城` : `每年另有 ${percent}% 由县城回流`
  return [
    `出生人口${baseNames[assumed.births]}`,
    townDrift === 0 ? '流动按以往趋势' : drift,
    `学位${basisNames[assumed.capacityBasis]}`,
    assumed.classSize === 'standard' ? '' : `班额取${classSizeNames[assumed.classSize]}`,
    housing.length === 0
      ? ''
      : `新增住宅 ${housing.reduce((sum, { dwellings }) => sum + dwellings, 0).toLocaleString('zh-CN')} 套（${housing.length} 处）`,
    seniorShares.length === 0 ? '' : `普职分流 ${seniorShares.length} 条`,
    overrides.length === 0 ? '' : `人工修正 ${overrides.length} 条`,
  ]
    .filter((part) => part !== '')
    .join('，')
}

/** 测算情况 — whether what was computed still answers to the assumptions; the tag repeats the words. */
export function computedState({ computed }: ScenarioAnswer): { words: string; tag: 'waiting' | 'plain' } {
  if (!computed) return { words: '未测算', tag: 'waiting' }
  return computed.current
    ? { words: `已测算，截至 ${computed.asOf}`, tag: 'plain' }
    : { words: '假设已改，待重新测算', tag: 'waiting' }
}

/** 方案页的一句话 — how many there are, and how many can be looked at as they stand. */
export function tellScenarios(scenarios: readonly ScenarioAnswer[]): string {
  if (scenarios.length === 0)
    return '还没有情景方案。新建一个，写明假设与理由，测算后即可与基本情景逐单位、逐年对照。'
  const current = scenarios.filter(({ computed }) => computed?.current).length
  const rest = scenarios.length - current
  return `已存 ${scenarios.length} 个情景方案，${current} 个可以直接看${rest > 0 ? `，${rest} 个要先测算` : ''}。`
}

const preschoolGrades: Readonly<Record<string, string>> = { K1: '小班', K2: '中班', K3: '大班' }

/** 年级名 — e.g. 小学三年级. */
export function gradeName(grade: Grade): string {
  const stage = stageOfGrade(grade)
  if (stage === undefined || stage === 'special') return stageNames.special
  if (stage === 'preschool') return `${stageNames.preschool}${preschoolGrades[grade]}`
  return `${stageNames[stage]}${'一二三四五六'[Number(grade.slice(1)) - 1]}年级`
}
