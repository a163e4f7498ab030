import { writeAnswer } from '../../../engines/filing/read-answer.ts'
import type { Answer } from '../../../kernel/filed-answers.ts'
import type { Field, ReturnForm } from '../../../plan/index.ts'
import type { WantedTable } from '../../../platform/sheets/read-sheet.ts'
import type { WrittenCell, WrittenColumn } from '../../../platform/sheets/written-sheet.ts'
import type { AnswerCell } from '../../../records/returns/read-answers.ts'

/** 表格的部分 — `once`: one row for each subject; `lines`: one for each line of each subject. */
export type Part = 'once' | 'lines'

/** Headers that say whose row it is and of which state of the platform. */
export const heads = { subject: '单位编号', name: '单位名称', takenAt: '下载时刻', line: '行号' } as const

/** 部分的字段 — asked once, those only shown among them, or asked on every line. */
export function fieldsIn(form: ReturnForm, part: Part): readonly Field[] {
  return part === 'once' ? form.parts.flatMap(({ fields }) => fields) : (form.lines?.fields ?? [])
}

/** 表头 — the words of the field with its unit, as the page shows them. */
export function headerOf({ zh, unit }: Field): string {
  return unit ? `${zh}（${unit}）` : zh
}

/** 要找的表 — headers that mark this part's table in a workbook; what both parts have is not among them. */
export function wantedPart(form: ReturnForm, part: Part, fileName: string): WantedTable {
  const own = part === 'once' ? heads.takenAt : heads.line
  return { fileName, headers: [own, ...fieldsIn(form, part).map(({ zh }) => zh)] }
}

/** 写出的列 — text format throughout, so that codes and long numbers stay whole; drop-downs where there are choices. */
export function columnOf(field: Field, origin = '台账'): WrittenColumn {
  const choices = field.type === 'yes-no' ? ['是', '否'] : field.codes?.map(({ zh }) => zh)
  const numeric = field.type === 'count' || field.type === 'number' || field.type === 'money'
  return {
    header: headerOf(field),
    kind: numeric ? (field.type === 'count' ? 'integer' : 'decimal') : 'text',
    note: [field.ask, field.note, field.shows && `来自${origin}，不用填`].filter(Boolean).join('\n'),
    ...(!field.optional && !field.shows && !field.when && { required: true }),
    ...(field.shows && { given: true }),
    ...(choices && { choices }),
  }
}

/** 写出的单元格 — with the tint of where it was found: grey from a book, blue from the period before. */
export function writtenCell(
  field: Field,
  cell: Pick<AnswerCell, 'value' | 'origin'> | undefined,
): WrittenCell {
  const value = writtenValue(field, cell?.value)
  if (cell === undefined || cell.origin === 'hand') return value
  return { value, tint: cell.origin === 'book' ? 'given' : 'found' }
}

/** 写出的值 — numbers as numbers, everything else in the words people read. */
export function writtenValue(field: Field, answer: Answer | null | undefined): string | number | null {
  if (answer === null || answer === undefined) return null
  if (field.type === 'money') return Number(answer) / 100
  return typeof answer === 'number' && field.type !== 'institution' && field.type !== 'unit'
    ? answer
    : writeAnswer(field, answer)
}
