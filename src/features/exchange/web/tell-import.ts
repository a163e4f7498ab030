import type { ImportAnswer } from '../contract.ts'

/** 步骤 — the six steps of an import, in their order. */
export const steps = ['模板', '上传', '对应列', '逐行结果', '确认', '回执'] as const

/** 走到哪一步 — index into `steps`. */
export function stepOf(answer: Pick<ImportAnswer, 'state'> | undefined): number {
  if (!answer) return 0
  return { reading: 1, unreadable: 1, mapping: 2, judged: 3, confirmed: 5 }[answer.state]
}

/** 导入情况一句话 — what came out and what to do next. */
export function tellImport({
  state,
  fileName,
  counts,
  receipt,
}: Pick<ImportAnswer, 'state' | 'fileName' | 'counts' | 'receipt'>): string {
  if (state === 'reading') return `正在核对“${fileName}”。`
  if (state === 'unreadable') return `“${fileName}”读不出表格，没有导入任何内容。请看下面的原因，改好再传。`
  if (state === 'mapping')
    return `“${fileName}”的表头与模板不同。请指定哪一列是什么，下次同样的表头会自动照用。`
  if (state === 'confirmed' && receipt)
    return `“${fileName}”已入账：新增 ${receipt.rowsNew} 行，更正 ${receipt.rowsCorrected} 处，与台账相同 ${receipt.rowsSame} 行。回执号 ${receipt.receiptNumber}。`
  if (!counts) return `“${fileName}”还没有结果。`
  const good = counts.rows - counts.rejected
  if (counts.rejected > 0)
    return `“${fileName}”共 ${counts.rows} 行，${counts.rejected} 行有错误，${good} 行可以导入。默认整个文件都不导入：请下载错误回填表改好再传，或明确选“仅导入通过行”。`
  if (counts.fresh + counts.corrected === 0)
    return `“${fileName}”共 ${counts.rows} 行，与台账完全相同，导入不会有任何改动。`
  return `“${fileName}”共 ${counts.rows} 行，没有错误：新增 ${counts.fresh} 行，更正 ${counts.corrected} 处，相同 ${counts.same} 行。填上文号即可确认。`
}

/** 严重程度 — in words; colour is never the only sign. */
export const severityWords = { error: '错误', doubt: '存疑', warning: '提示' } as const

/** 状态 — in words. */
export const stateWords = {
  reading: '核对中',
  unreadable: '读不出',
  mapping: '待对应列',
  judged: '待确认',
  confirmed: '已入账',
} as const

/** 列号转字母 — 1 → "A"; as spreadsheets head their columns. */
export function columnName(column: number): string {
  const rest = Math.floor((column - 1) / 26)
  const letter = String.fromCharCode(65 + ((column - 1) % 26))
  return rest > 0 ? columnName(rest) + letter : letter
}

/** 没有读的列 — columns of the file that answer to nothing: said aloud, so that nobody believes they were taken in. */
export function unreadColumns({ sheet, mapping }: Pick<ImportAnswer, 'sheet' | 'mapping'>): string[] {
  const used = new Set(Object.values(mapping ?? {}))
  return (sheet?.headers ?? [])
    .filter(({ column, text }) => text.trim() !== '' && !used.has(column))
    .map(({ column, text }) => `第 ${columnName(column)} 列“${text}”`)
}

/** 拆成三句 — what is wrong, why, how to mend it; a dash between years is none between sentences. */
export function findingParts(text: string): string[] {
  return text.split(/(?<!\d)—|—(?!\d)/).filter((part) => part !== '')
}
