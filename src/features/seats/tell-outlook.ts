import type { Missing } from '../../kernel/missing.ts'
import type { SchoolYear } from '../../kernel/school-year.ts'
import type { Outlook, Warning } from './outlook.ts'

/** 所述对象 — what the paragraph speaks of, and what limits it. */
export interface Told {
  /** e.g. "叶县小学". */
  readonly subject: string
  readonly outlook: Outlook
  /** Last year of the forecast. */
  readonly until: SchoolYear
  /** Confidence of the band, 0–1. */
  readonly bandLevel: number
  readonly missing: readonly Missing[]
  /** Set when figures beyond this year are only hints (school level). */
  readonly hintBeyond?: SchoolYear
  /** The first year in which the band is wider than the figure itself. */
  readonly wideFrom?: SchoolYear | undefined
}

/**
 * 用话说 — what happens, when it peaks, how sure it is; only what the numbers carry.
 *
 * Large figures in 万 with one decimal. Nothing is said of a stage whose seats or pupils are unknown except
 * what is owed and by whom.
 */
export function tellOutlook(told: Told): string {
  const sentences = [happening(told), peaking(told), ...limits(told)].filter((sentence) => sentence !== '')
  return `${told.subject}：${sentences.join('；')}。`
}

function happening(told: Told): string {
  const { warnings } = told.outlook
  if (told.missing.length > 0) {
    return `${told.missing.map(oneMissing).join('、')}，不能判断余缺`
  }
  if (warnings.length === 0) return `到 ${told.until} 年需求区间一直跨过现有学位，暂不预警`
  return warnings.map((warning) => oneWarning(warning, told)).join('；')
}

function oneWarning(warning: Warning, told: Told): string {
  const { worst, sign } = warning
  const word = sign === 'shortage' ? '缺' : '余'
  const low = Math.abs((sign === 'shortage' ? worst.gap.low : worst.gap.high) ?? 0)
  const high = Math.abs((sign === 'shortage' ? worst.gap.high : worst.gap.low) ?? 0)
  const most = `${worst.year} 年约${word} ${counted(Math.abs(worst.gap.gap ?? 0), '个学位')}`
  const range = rangeWords(low, high)
  const sure =
    low === high ? '' : `（${inTenths(told.bandLevel)}把握在 ${range}${range.endsWith('万') ? '' : ' '}之间）`
  return `${spanWords(warning, told.until)}${sign === 'shortage' ? '学位不足' : '学位富余'}，${most}${sure}`
}

function spanWords({ first, last, persistent }: Warning, until: SchoolYear): string {
  if (last === until) return `${first} 年起`
  const span = first === last ? `${first} 年` : `${first}—${last} 年`
  return persistent ? span : `${span}暂时`
}

function peaking({ outlook }: Told): string {
  const { peak } = outlook
  if (!peak) return ''
  return peak.observed
    ? `在校生 ${peak.year} 年已到峰值 ${counted(peak.pupils, '人')}`
    : `在校生预计 ${peak.year} 年到峰值，约 ${counted(peak.pupils, '人')}`
}

function limits(told: Told): string[] {
  return [
    told.wideFrom === undefined ? '' : `${told.wideFrom} 年起区间比预测值还宽，只宜看方向`,
    told.hintBeyond === undefined ? '' : `${told.hintBeyond} 年以后的校级数字只作提示，不宜据以建设`,
  ]
}

/** 缺什么 — who owes which figure, as part of a sentence. */
export function oneMissing({ of, where, owedBy }: Missing): string {
  return `缺${where}的${of}${owedBy ? `（由${owedBy}提供）` : ''}`
}

/** 以万计 — 16432 → "1.6 万"; below ten thousand with thousands separated. */
export function inWan(value: number): string {
  const whole = Math.round(value)
  return whole >= 10_000 ? `${(whole / 10_000).toFixed(1)} 万` : whole.toLocaleString('en-US')
}

/** 区间 — both ends in the same unit: in 万 where both are large enough to be read so, else in full. */
export function rangeWords(low: number, high: number): string {
  if (low < 1_000 || high < 10_000) return `${inFull(low)}—${inFull(high)}`
  return `${tenThousands(low)}—${tenThousands(high)}`
}

const inFull = (value: number) => Math.round(value).toLocaleString('en-US')
const tenThousands = (value: number) => `${(value / 10_000).toFixed(1)} 万`

/** 数与量词 — 16432 个 → "1.6 万个", 120 人 → "120 人". */
export function counted(value: number, of: string): string {
  const number = inWan(value)
  return number.endsWith('万') ? `${number}${of}` : `${number} ${of}`
}

const tenths = ['零', '一', '两', '三', '四', '五', '六', '七', '八', '九', '十']

/** 几成 — 0.8 → "八成"; levels between are given in percent. */
export function inTenths(level: number): string {
  const ten = level * 10
  return Math.abs(ten - Math.round(ten)) < 1e-9
    ? `${tenths[Math.round(ten)]}成`
    : `${Math.round(level * 100)}%`
}
