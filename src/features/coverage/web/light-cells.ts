import type { BoardCell, CellTone } from '../../../ui/board.tsx'
import { counted } from '../../../ui/counted.ts'
import { type BoardDuty, type Cell, type CoverageBoard, type Light, lightWords } from '../contract.ts'

export const lightTones: Readonly<Record<Light, CellTone>> = {
  covered: 'surplus',
  'open-gaps': 'shortage',
  'not-due': 'plain',
  'to-explain': 'shortage-pale',
  advancing: 'surplus-pale',
  inviting: 'even',
  unknown: 'missing',
  idle: 'even',
}

/** 总表一格 — covered over all, with the light in a word. */
export function boardCell(placeName: string, duty: BoardDuty, cell: Cell): BoardCell {
  const words =
    cell.light === 'idle' || cell.total === 0 ? cell.words : `${cell.words} ${lightWords[cell.light]}`
  return {
    words,
    tone: lightTones[cell.light],
    sentence: `${placeName} ${duty.item} ${duty.zh}：${cell.sentence}`,
  }
}

/** 总表一句 — what the leading place has still to do, in one sentence. */
export function tellBoard({ duties, places, asOf }: CoverageBoard): string {
  const [place] = places
  const cells = duties.flatMap((duty) => duty.cells.filter(({ unitId }) => unitId === place?.unitId))
  const withLight = (light: Light) => cells.filter((cell) => cell.light === light)
  const gaps = withLight('open-gaps').reduce((sum, { uncovered }) => sum + uncovered, 0)
  const parts = [
    `全部做到的 ${withLight('covered').length} 行`,
    ...(gaps > 0
      ? [counted`应做到而没有做到的 ${withLight('open-gaps').length} 行，缺口 ${gaps} 个`]
      : ['没有应做到而未做到的']),
    ...(withLight('unknown').length > 0 ? [`缺数据、不能判断的 ${withLight('unknown').length} 行`] : []),
  ]
  return `${place?.name}截至 ${asOf}：${new Set(duties.map(({ dutyId }) => dutyId)).size} 项覆盖任务（有两种读法的分两行，共 ${duties.length} 行）中，${parts.join('；')}。`
}

/** 标签色 — the tone of a tag that says the same as a cell. */
export function tagTone(light: Light): string {
  const tone = lightTones[light]
  if (tone.startsWith('shortage')) return 'shortage'
  if (tone.startsWith('surplus')) return 'surplus'
  return tone === 'missing' ? 'waiting' : 'plain'
}
