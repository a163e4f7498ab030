import type { BoardCell, CellTone } from '../../../ui/board.tsx'
import type { Cell, Sign } from '../contract.ts'

/** 进度用词 — the sign in a word, so that no colour speaks alone. */
export const signWords: Readonly<Record<Sign, string>> = {
  reached: '达到',
  'on-path': '按进度',
  behind: '落后',
  missed: '未达到',
  idle: '不要求',
  open: '不评判',
  missing: '缺数据',
}

/** 方向 — which way is better. */
export const directionWords: Readonly<Record<string, string>> = {
  up: '越高越好',
  down: '越低越好',
  steps: '看步骤和凭据',
}

export const signTones: Readonly<Record<Sign, CellTone>> = {
  reached: 'surplus',
  'on-path': 'surplus-pale',
  behind: 'shortage-pale',
  missed: 'shortage',
  idle: 'even',
  open: 'plain',
  missing: 'missing',
}

/** 总表一格 — the figure with its sign in a word; a star where another reading says something else. */
export function boardCell(placeName: string, targetName: string, cell: Cell): BoardCell {
  const judged = cell.sign !== 'open' && /[%\d]$/.test(cell.words)
  const words = judged ? `${cell.words} ${signWords[cell.sign]}` : cell.words
  return {
    words: cell.differs ? `${words} *` : words,
    tone: signTones[cell.sign],
    sentence: `${placeName} ${targetName}：${cell.sentence}${cell.year ? `（${cell.year} 年）` : ''}`,
  }
}
