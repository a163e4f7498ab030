import type exceljs from 'exceljs'
import type { CellProblem } from './cell-problem.ts'
import type { Sheet } from './sheet.ts'

/** 问题说明 — header of the column that tells the reasons in a file handed back. */
export const reasonHeader = '问题说明'

/** 说明列 — the column of an earlier round, else the first free one on the right. */
export function reasonColumn(sheet: Sheet): number {
  const earlier = sheet.headers.find((header) => header.text.startsWith(reasonHeader))
  if (earlier) return earlier.column
  const widths = sheet.rows.map((row) => row.cells.length)
  const header = sheet.headers.at(-1)?.column ?? 0
  return widths.reduce((widest, width) => Math.max(widest, width), header) + 1
}

/** 逐行说明 — all sentences of a row together; those of the whole file stand in the header row. */
export function reasonsByRow(problems: readonly CellProblem[], headerRow: number): Map<number, string> {
  const reasons = new Map<number, string[]>()
  for (const { row, text } of problems) {
    const at = row === 0 ? headerRow : row
    const known = reasons.get(at)
    if (known) known.push(text)
    else reasons.set(at, [text])
  }
  // Excel opens no cell with more than 32,767 characters.
  return new Map([...reasons].map(([row, texts]) => [row, texts.join('\n').slice(0, 32_000)]))
}

const colours = { error: 'FFFF8A80', doubt: 'FFFFCC80', warning: 'FFFFF59D' } as const

/** 问题底色 — red for errors, orange for doubts, yellow for warnings; the reason column says it in words. */
export function problemFill(severity: CellProblem['severity']): exceljs.FillPattern {
  return { type: 'pattern', pattern: 'solid', fgColor: { argb: colours[severity] } }
}
