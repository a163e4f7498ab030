import type { SchoolYear } from '../../kernel/school-year.ts'
import { type Figure, figureValue, isIdle } from './figure.ts'

/** 进度 — how one unit stands against its target: a sign, the words of a cell, a whole sentence. */
export interface Standing {
  readonly sign: 'reached' | 'on-path' | 'behind' | 'missed' | 'idle' | 'open' | 'missing'
  readonly words: string
  readonly sentence: string
}

/** 路径 — as the target's file says it; `line` is the figure to reach, absent when the paper gives none. */
export interface Path {
  readonly kind: 'linear' | 'hold' | 'rise' | 'end' | 'steps'
  readonly baselineYear: SchoolYear
  readonly endYear: SchoolYear
  readonly line?: number
  /** Why there is no figure to reach on the day although the target has one: past its review, not entered. */
  readonly refused?: string
}

/**
 * 路径值 — what a unit should have reached by a year.
 *
 * `linear`: baseline + (line − baseline) × (year − baseline year) ÷ (end year − baseline year), the line
 * itself for whoever began above it; only used where the plan's file calls it an assumption. `hold`: the
 * line every year. `end`: the line in the last year. Nothing for `rise` and `steps`, nor for `linear`
 * while the baseline is unknown.
 */
export function expectedAt(path: Path, baseline: number | null, year: SchoolYear): number | null {
  const { kind, line, baselineYear, endYear } = path
  if (line === undefined) return null
  if (kind === 'hold' || (kind !== 'rise' && kind !== 'steps' && year >= endYear)) return line
  if (kind !== 'linear' || baseline === null || year < baselineYear) return null
  if (baseline >= line) return line
  return baseline + ((line - baseline) * (year - baselineYear)) / (endYear - baselineYear)
}

/**
 * 判断进度 — the current figure against the path; `history` holds the figures of all years up to it.
 *
 * Missing stays 缺数据 and never counts as behind.
 */
export function judgeTarget(path: Path, history: readonly Figure[], current: Figure | undefined): Standing {
  if (current?.refused) return { sign: 'missing', words: '不能算', sentence: current.refused }
  if (!current || (figureValue(current) === null && !isIdle(current)))
    return { sign: 'missing', words: '缺数据', sentence: '缺数据，不能判断' }
  if (path.kind === 'steps') return judgeSteps(current)
  if (isIdle(current)) return { sign: 'idle', words: '不要求', sentence: '不在计算范围内，不作要求' }
  if (path.refused !== undefined) return judgeWithoutLine(path.refused, current)
  if (path.kind === 'end') return judgeCoverage(path, current)
  return path.kind === 'rise' ? judgeRise(path, history, current) : judgeAgainstLine(path, history, current)
}

/** A figure to reach that may not be used is none: nobody is judged by what it was. */
function judgeWithoutLine(refused: string, current: Figure): Standing {
  const words = figureWords(current)
  return { sign: 'open', words, sentence: `${words}；不能与目标值比较：${refused}` }
}

function judgeSteps({ numerator, denominator }: Figure): Standing {
  const words = `${numerator}/${denominator}`
  const all = numerator === denominator
  return { sign: all ? 'reached' : 'open', words, sentence: `应有 ${denominator} 项，已有 ${numerator} 项` }
}

function judgeCoverage(path: Path, current: Figure): Standing {
  const { numerator, denominator } = current
  const reached = figureValue(current)! >= (path.line ?? 1)
  const words = denominator === 1 ? (reached ? '已覆盖' : '未覆盖') : `${numerator}/${denominator}`
  const sentence = `应覆盖 ${denominator} 个，已覆盖 ${numerator} 个`
  if (reached) return { sign: 'reached', words, sentence }
  return { sign: current.year >= path.endYear ? 'missed' : 'behind', words, sentence }
}

function judgeRise(path: Path, history: readonly Figure[], current: Figure): Standing {
  const words = figureWords(current)
  const years = range(path.baselineYear, current.year).map((year) =>
    history.find((each) => each.year === year),
  )
  const values = years.map((figure) => (figure ? figureValue(figure) : null))
  const unknown = values.indexOf(null)
  if (unknown >= 0) {
    const year = path.baselineYear + unknown
    return { sign: 'missing', words, sentence: `${words}；缺 ${year} 年的值，不能判断是否逐年上升` }
  }
  if (values.length === 1) return { sign: 'open', words, sentence: `${words}，是基期值，尚无后一年可比` }
  // A rate has to rise until it can rise no more; a count must not fall.
  const strict = current.denominator !== undefined
  const fall = values.findIndex(
    (value, at) => at > 0 && (strict ? value! <= values[at - 1]! && value! < 1 : value! < values[at - 1]!),
  )
  if (fall < 0) return { sign: 'on-path', words, sentence: `${words}，${path.baselineYear} 年以来没有下降` }
  const year = path.baselineYear + fall
  return { sign: 'behind', words, sentence: `${words}，${year} 年没有高于上年，未做到逐年上升` }
}

function judgeAgainstLine(path: Path, history: readonly Figure[], current: Figure): Standing {
  const value = figureValue(current)!
  const words = figureWords(current)
  const { line } = path
  if (line === undefined) return { sign: 'open', words, sentence: `${words}；该日尚无目标值` }
  const goal = percentWords(line)
  if (value >= line) return { sign: 'reached', words, sentence: `${words}，已达 ${goal}` }
  const short = `${words}，距 ${goal} 差 ${pointsWords(line - value)}`
  if (current.year >= path.endYear) return { sign: 'missed', words, sentence: short }
  const baseline = history.find((each) => each.year === path.baselineYear)
  const expected = expectedAt(path, baseline ? figureValue(baseline) : null, current.year)
  if (expected === null)
    return { sign: 'open', words, sentence: `${short}；缺 ${path.baselineYear} 年基期值，没有路径可比` }
  if (value >= expected)
    return { sign: 'on-path', words, sentence: `${short}，不低于路径值 ${percentWords(expected)}` }
  return {
    sign: 'behind',
    words,
    sentence: `${short}，比路径值 ${percentWords(expected)} 低 ${pointsWords(expected - value)}`,
  }
}

/** 写值 — a rate with two decimals as bulletins print it, a count as it is. */
export function figureWords(figure: Figure): string {
  const value = figureValue(figure)
  if (value === null) return isIdle(figure) ? '不要求' : '缺数据'
  return figure.denominator === undefined ? value.toLocaleString('zh-CN') : percentWords(value)
}

/** 写比率 — 0.8308 → "83.08%". */
export function percentWords(ratio: number): string {
  return `${(ratio * 100).toFixed(2)}%`
}

function pointsWords(difference: number): string {
  return `${(difference * 100).toFixed(2)} 个百分点`
}

/** 年份 — from the first to the last, both included. */
export function range(first: SchoolYear, last: SchoolYear): SchoolYear[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at)
}
