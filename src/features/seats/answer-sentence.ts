import type { BoardRowAnswer } from './contract.ts'
import type { UnitOutlook } from './unit-row.ts'

/**
 * 先说答案 — the parent's own outlook, then how many of its parts will be short, have too many, or cannot be judged.
 */
export function answerSentence(parent: UnitOutlook | undefined, parts: readonly UnitOutlook[]): string {
  const own = parent?.words ?? ''
  const judged = parts.filter(({ years }) => years.length > 0)
  if (judged.length === 0) return own
  const first = (sign: 'shortage' | 'surplus') =>
    judged
      .flatMap(({ unit, outlook }) => {
        const warning = outlook.warnings.find((each) => each.sign === sign)
        return warning ? [{ name: unit.name, year: warning.first }] : []
      })
      .sort((one, other) => one.year - other.year)
  const clauses = [
    clause(first('shortage'), '将缺学位'),
    clause(first('surplus'), '将有富余'),
    turning(judged),
    unknown(judged),
  ].filter((each) => each !== '')
  return `${own}下辖 ${judged.length} 个单位中，${clauses.length === 0 ? '都没有预警' : clauses.join('，')}。`
}

function clause(units: readonly { name: string; year: number }[], what: string): string {
  const earliest = units[0]
  return earliest ? `${units.length} 个${what}（最早 ${earliest.year} 年，${earliest.name}）` : ''
}

/** Units counted twice above, as they are first short and later have too many, or the other way round. */
function turning(parts: readonly UnitOutlook[]): string {
  const turns = parts.map(({ outlook }) => outlook.warnings.map(({ sign }) => sign))
  const shortFirst = turns.filter((signs) => signs[0] === 'shortage' && signs.includes('surplus')).length
  const spareFirst = turns.filter((signs) => signs[0] === 'surplus' && signs.includes('shortage')).length
  return [
    shortFirst > 0 ? `其中 ${shortFirst} 个先缺后余` : '',
    spareFirst > 0 ? `其中 ${spareFirst} 个先余后缺` : '',
  ]
    .filter((part) => part !== '')
    .join('，')
}

function unknown(parts: readonly UnitOutlook[]): string {
  const count = parts.filter(({ missing }) => missing.length > 0).length
  return count === 0 ? '' : `${count} 个缺数据不能判断`
}

/** 列 — the years any of the rows has something to say of. */
export function boardYears(seen: readonly UnitOutlook[]): number[] {
  return [...new Set(seen.flatMap(({ years }) => years.map(({ year }) => year)))].sort(
    (one, other) => one - other,
  )
}

/** 是否有格 — a unit whose every cell is absent does not run the stage and is left out of the board. */
export function runsStage(row: BoardRowAnswer): boolean {
  return row.cells.some(({ sign }) => sign !== 'absent')
}
