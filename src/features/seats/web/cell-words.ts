import type { BoardCell, CellTone } from '../../../ui/board.tsx'
import type { BoardCellAnswer } from '../contract.ts'

const formatNumber = (value: number) => Math.round(value).toLocaleString('zh-CN')

/** 格中的话 — 缺、余、≈ with the number; never by colour alone. */
export function cellWords(cell: BoardCellAnswer): string {
  const number = cell.gap === null ? '' : formatNumber(Math.abs(cell.gap))
  if (cell.sign === 'shortage') return `缺 ${number}`
  if (cell.sign === 'surplus') return `余 ${number}`
  if (cell.sign === 'even') return number === '0' ? '≈ 0' : `≈${(cell.gap ?? 0) > 0 ? '缺' : '余'} ${number}`
  return cell.sign === 'missing' ? '缺数据' : '—'
}

/** 格色 — repeats the words: dark for what lasts at least as long as one class stays in the stage. */
export function cellTone(cell: BoardCellAnswer): CellTone {
  if (cell.sign === 'shortage' || cell.sign === 'surplus')
    return cell.persistent ? cell.sign : `${cell.sign}-pale`
  return cell.sign === 'absent' ? 'plain' : cell.sign
}

/** 一格的整句 — for those who listen or hover. */
export function cellSentence(name: string, cell: BoardCellAnswer): string {
  const at = `${name} ${cell.year} 年`
  if (cell.sign === 'absent') return `${at}：不设此学段。`
  if (cell.sign === 'missing') {
    const { of = '数据', where = '', owedBy } = cell.missing ?? {}
    return `${at}：缺${where}的${of}${owedBy ? `，由${owedBy}提供` : ''}，不能判断余缺。`
  }
  const demand = cell.demand
    ? `需求约 ${formatNumber(cell.demand.mean)} 人（区间 ${formatNumber(cell.demand.lo80)}—${formatNumber(cell.demand.hi80)}）`
    : '没有学生'
  const verdict = {
    shortage: `缺 ${formatNumber(cell.gap ?? 0)} 个`,
    surplus: `余 ${formatNumber(-(cell.gap ?? 0))} 个`,
    even: '区间跨过现有学位，暂不预警',
  }[cell.sign]
  return `${at}：${demand}，现有学位 ${formatNumber(cell.ruling ?? 0)} 个，${verdict}。${substitutes(cell)}`
}

/** 以另一口径代替 — how many institutions did not file the figure and are counted by their other one. */
export function substitutes({ substituted: { rooms, approved } }: BoardCellAnswer): string {
  return [
    rooms > 0 ? `${rooms} 所未报教室数，按核定规模计。` : '',
    approved > 0 ? `${approved} 所未报核定规模，按教室推算计。` : '',
  ].join('')
}

/** 总表一格 — what the board shows of a cell. */
export function boardCell(name: string, cell: BoardCellAnswer): BoardCell {
  return { words: cellWords(cell), tone: cellTone(cell), sentence: cellSentence(name, cell) }
}
