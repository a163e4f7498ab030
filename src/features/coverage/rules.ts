import { type CoverageDuty, type Plan, quotedWords } from '../../plan/index.ts'
import type { CountyCoverage, DutyJudgement } from '../../records/duties/duty-judgement.ts'
import type { Cell, Light } from './contract.ts'

/** 计数 — of how many, how many are covered, not, or not known; summed for the city. */
export type Counts = Pick<CountyCoverage, 'total' | 'covered' | 'uncovered' | 'unknown'>

/**
 * 判灯 — what a count means: the same gap is a failing under 应, to be explained under 原则上, work in hand under 推进,
 * and no more than a share under 鼓励. Before the item's last day nobody is late.
 */
export function lightOf({ total, uncovered, unknown }: Counts, judgement: DutyJudgement): Light {
  const { duty, day, due } = judgement
  if (judgement.refused !== undefined) return 'unknown'
  if (total === 0) return duty.nobody === undefined ? 'idle' : 'unknown'
  if (uncovered === 0) return unknown > 0 ? 'unknown' : 'covered'
  if (duty.force === 'encouraged') return 'inviting'
  if (duty.force === 'advance') return 'advancing'
  if (due !== undefined && day <= due) return 'not-due'
  return duty.force === 'in-principle' ? 'to-explain' : 'open-gaps'
}

/** 一格 — counts of one place with their light, a few words and a sentence. */
export function cellOf(
  unitId: number,
  { total, covered, uncovered, unknown }: Counts,
  judgement: DutyJudgement,
): Cell {
  const counts = { total, covered, uncovered, unknown }
  const light = lightOf(counts, judgement)
  return {
    unitId,
    light,
    ...counts,
    words: wordsOf(counts, light),
    sentence: sentenceOf(counts, light, judgement),
  }
}

function wordsOf({ total, covered }: Counts, light: Light): string {
  if (light === 'idle') return '不要求'
  return light === 'unknown' && total === 0 ? '缺数据' : `${covered}/${total}`
}

const meanings: Readonly<Record<Light, string>> = {
  covered: '全部做到',
  'open-gaps': '应做到而没有做到',
  'not-due': '尚未到期',
  'to-explain': '原则上应做到，没有做到的须写明理由',
  advancing: '要求逐步推进，没有做到的逐个列出、逐步解决，不称违规',
  inviting: '属于鼓励，没有做到的只反映占比，不列为问题',
  unknown: '台账没有说明，不能判断',
  idle: '没有应覆盖的对象，不作要求',
}

function sentenceOf(counts: Counts, light: Light, { duty, due, refused }: DutyJudgement): string {
  if (refused !== undefined) return refused
  if (light === 'idle') return `${duty.every}：${meanings.idle}`
  if (counts.total === 0) return duty.nobody ?? meanings.unknown
  const { total, covered, uncovered, unknown } = counts
  const parts = [
    `${duty.every}共 ${total} 个，已有${duty.has}的 ${covered} 个`,
    ...(uncovered > 0 ? [`没有的 ${uncovered} 个`] : []),
    ...(unknown > 0 ? [`台账没有说明的 ${unknown} 个`] : []),
  ]
  return `${parts.join('，')}；${meanings[light]}${light === 'not-due' ? `（${due} 到期）` : ''}`
}

/** 合计 — the counts of all counties together. */
export function sumCounts(
  counties: readonly CountyCoverage[],
): Counts & Pick<CountyCoverage, 'whole' | 'part'> {
  const sum = (of: (county: CountyCoverage) => number | null | undefined) =>
    counties.reduce((total, county) => total + (of(county) ?? 0), 0)
  const counted = counties.some(({ whole }) => typeof whole === 'number')
  return {
    total: sum(({ total }) => total),
    covered: sum(({ covered }) => covered),
    uncovered: sum(({ uncovered }) => uncovered),
    unknown: sum(({ unknown }) => unknown),
    ...(counted && { whole: sum(({ whole }) => whole), part: sum(({ part }) => part) }),
  }
}

/** 原文 — the words of the item a duty stands for; none where it is an item of a farther layer. */
export function quoteOf(plan: Plan, duty: CoverageDuty): string {
  const item = plan.items.get(duty.item)
  return item ? quotedWords(item) : ''
}

/** 读法 — the reading a judgement went by, as the duty tells it. */
export function readingOf(duty: CoverageDuty, id: string | undefined) {
  return duty.readings?.find((reading) => reading.id === id) ?? null
}
