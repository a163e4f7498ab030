import type { CellTone } from '../../../ui/board.tsx'
import type { ScenarioAnswer } from '../scenario-contract.ts'
import { keyOf } from './scenario-options.ts'

const formatNumber = (value: number) => Math.abs(Math.round(value)).toLocaleString('zh-CN')

/** 余缺的词 — 缺 for a positive gap, 余 for a negative one; unknown is said, never 0. */
export function gapWords(gap: number | null): string {
  if (gap === null) return '缺数据'
  const rounded = Math.round(gap)
  return rounded === 0 ? '0' : `${rounded > 0 ? '缺' : '余'} ${formatNumber(rounded)}`
}

/** 差的词 — latter less former: positive, the latter is shorter of seats. */
export function differenceWords(difference: number | null): string {
  if (difference === null) return '缺数据'
  const rounded = Math.round(difference)
  return rounded === 0 ? '0' : `${rounded > 0 ? '+' : '−'}${formatNumber(rounded)}`
}

/** 差的底色 — repeats the sign. */
export function differenceTone(difference: number | null): CellTone {
  if (difference === null) return 'missing'
  const rounded = Math.round(difference)
  return rounded === 0 ? 'even' : rounded > 0 ? 'shortage-pale' : 'surplus-pale'
}

/**
 * 对照哪里 — the county chosen in the shell, else the county a chosen scenario was saved for; empty: the visitor's own
 * place.
 *
 * A county's scenario was computed for that county only; for the whole city it would have nothing to say.
 */
export function placeToCompare(
  county: string,
  keys: readonly string[],
  saved: readonly ScenarioAnswer[],
  counties: readonly number[],
): string {
  if (county !== '') return county
  const own = saved.find((each) => keys.includes(keyOf(each)) && counties.includes(each.countyId))
  return String(own?.countyId ?? '')
}
