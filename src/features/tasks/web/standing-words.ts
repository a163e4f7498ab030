import type { BoardCell, CellTone } from '../../../ui/board.tsx'
import { counted } from '../../../ui/counted.ts'
import { standingWords, type TaskBoard } from '../contract.ts'

type Cell = TaskBoard['sections'][number]['cells'][number]
export type Standing = Cell['light']

const tones: Readonly<Record<Standing, CellTone>> = {
  red: 'shortage',
  yellow: 'missing',
  green: 'surplus-pale',
  unknown: 'even',
}

/** 标签样式 — of a standing beside its word. */
export const tagTones: Readonly<Record<Standing, string>> = {
  red: 'shortage',
  yellow: 'waiting',
  green: 'surplus',
  unknown: 'plain',
}

/** 矩阵一格 — the worst standing with how many items show it, and all of them in a sentence. */
export function taskCell(place: string, section: string, { light, words, counts }: Cell): BoardCell {
  const parts = (Object.keys(standingWords) as Standing[]).flatMap((each) =>
    counts[each] > 0 ? [`${standingWords[each]} ${counts[each]} 项`] : [],
  )
  const all = parts.length > 0 ? parts.join('，') : '只由市级承担'
  return { words, tone: parts.length > 0 ? tones[light] : 'plain', sentence: `${place} ${section}：${all}` }
}

/** 矩阵回答 — how many items stand how in the places shown, and for how many nobody is named. */
export function tellTasks({ places, owners, sections }: TaskBoard): string {
  const sum = (of: (county: TaskBoard['owners'][number]) => number) =>
    owners.reduce((total, county) => total + of(county), 0)
  const where = places.length === 1 ? places[0]?.name : `${places.length} 个县（市、区）`
  const worst = owners.toSorted((one, other) => other.counts.red - one.counts.red)[0]
  const most =
    worst && places.length > 1 && worst.counts.red > 0 ? `，${worst.name}最多（${worst.counts.red} 项）` : ''
  return counted`${where}共 ${sum(({ items }) => items)} 项任务（分 ${sections.length} 行）：滞后 ${sum(({ counts }) => counts.red)} 项${most}，须办 ${sum(({ counts }) => counts.yellow)} 项，正常 ${sum(({ counts }) => counts.green)} 项，缺数据 ${sum(({ counts }) => counts.unknown)} 项；没有落实责任的 ${sum(({ without }) => without)} 项，落实不全的 ${sum(({ incomplete }) => incomplete)} 项。`
}
