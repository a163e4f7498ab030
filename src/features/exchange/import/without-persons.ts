import type { SheetReading } from '../../../platform/sheets/sheet.ts'
import type { Mapping } from '../judge/match-columns.ts'

/** With fewer columns recognised than this the line taken for a header may be somebody's. */
const fewestColumns = 3

/**
 * 隐去个人信息 — of a file about persons, before anything of it is kept: formulas and words that a problem repeats,
 * and headers where the first line is no header.
 */
export function withoutPersons(reading: SheetReading, suggested: Mapping): SheetReading {
  const { sheet } = reading
  const isHeader = Object.keys(suggested).length >= fewestColumns
  return {
    ...reading,
    problems: reading.problems.map((problem) => ({
      ...problem,
      text: problem.code.startsWith('file.')
        ? problem.text
        : problem.text
            .replaceAll(/（=[^—]*）/g, '')
            .replaceAll(/“[^”]*”/g, (words) => quoted(words, isHeader)),
    })),
    ...(sheet && {
      sheet: isHeader
        ? sheet
        : { ...sheet, headers: sheet.headers.map(({ column }) => ({ column, text: `第 ${column} 列` })) },
    }),
  }
}

/** Words of our own advice, and names of headers, hold no digits. */
function quoted(words: string, isHeader: boolean): string {
  return isHeader && !/\d/.test(words) ? words : '“…”'
}
