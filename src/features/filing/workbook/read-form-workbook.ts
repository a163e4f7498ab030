import { isAsked } from '../../../engines/filing/judge-filing.ts'
import { readAnswer } from '../../../engines/filing/read-answer.ts'
import type { Answer } from '../../../kernel/filed-answers.ts'
import type { Field, ReturnForm } from '../../../plan/index.ts'
import { type CellProblem, cellProblem } from '../../../platform/sheets/cell-problem.ts'
import { plainHeader } from '../../../platform/sheets/read-sheet.ts'
import type { Sheet, SheetRow } from '../../../platform/sheets/sheet.ts'
import type { SheetLine } from '../form-sheet.ts'
import { fieldsIn, heads, type Part } from './form-columns.ts'

/** 表格里的一格 — what the file says of one cell of a subject's filing, and where it says so. */
export interface FileCell {
  readonly line: number
  readonly field: string
  readonly value: Answer
  readonly at: { readonly row: number; readonly column: number }
}

/** 表格里的一家 — a subject of the file with its cells and the moment its row was taken out. */
export interface FileSubject {
  readonly of: SheetLine
  readonly takenAt: string | undefined
  readonly cells: FileCell[]
  /** The row where it stands. */
  readonly row: number
}

/**
 * 读填报表格 — the cells of one part of the form, by subject, read as the page reads what is typed; each that cannot be
 * read, and each row that belongs to nobody here, is a problem with its address.
 */
export function readFormPart(
  form: ReturnForm,
  part: Part,
  sheet: Sheet,
  lines: ReadonlyMap<string, SheetLine>,
): { readonly subjects: Map<string, FileSubject>; readonly problems: CellProblem[] } {
  const columns = new Map(sheet.headers.map(({ column, text }) => [plainHeader(text), column]))
  const columnOf = (words: string) => columns.get(plainHeader(words))
  const subjects = new Map<string, FileSubject>()
  const problems: CellProblem[] = []
  for (const row of sheet.rows) {
    const key = textAt(row, columnOf(heads.subject))
    const of = lines.get(key)
    if (!of) {
      problems.push(strange(row, columnOf(heads.subject), key))
      continue
    }
    const line = part === 'once' ? 0 : lineNumber(row, columnOf(heads.line), form, problems)
    if (line === undefined) continue
    const subject = subjects.get(key) ?? {
      of,
      takenAt: textAt(row, columnOf(heads.takenAt)) || undefined,
      cells: [],
      row: row.row,
    }
    subjects.set(key, subject)
    if (part === 'once' && subject.row !== row.row)
      problems.push(twice(row, columnOf(heads.subject), subject.row))
    else subject.cells.push(...cellsOf(row, line, fieldsIn(form, part), columnOf, problems))
  }
  return { subjects, problems }
}

function cellsOf(
  row: SheetRow,
  line: number,
  fields: readonly Field[],
  columnOf: (words: string) => number | undefined,
  problems: CellProblem[],
): FileCell[] {
  return fields.flatMap((field) => {
    const column = field.shows === undefined ? columnOf(field.zh) : undefined
    const cell = column === undefined ? undefined : row.cells[column - 1]
    // A flawed cell has its problem already.
    if (!cell || column === undefined || cell.kind === 'flawed') return []
    const at = { row: row.row, column }
    const read = readAnswer(field, cell.text)
    if ('wrong' in read) problems.push(cellProblem(at, 'filing.wrong-answer', read.wrong))
    return 'answer' in read ? [{ line, field: field.id, value: read.answer, at }] : []
  })
}

function lineNumber(row: SheetRow, column: number | undefined, form: ReturnForm, problems: CellProblem[]) {
  const text = textAt(row, column)
  const line = Number(text)
  const most = form.lines?.atMost ?? 0
  if (/^\d+$/.test(text) && line >= 1 && line <= most) return line
  const at = { row: row.row, column: column ?? 1 }
  problems.push(
    cellProblem(
      at,
      'filing.wrong-answer',
      `行号“${text}”不对—要用行号对上平台里的行—请写 1 到 ${most} 的整数。`,
    ),
  )
  return undefined
}

function textAt(row: SheetRow, column: number | undefined): string {
  return (column === undefined ? undefined : row.cells[column - 1]?.text.trim()) ?? ''
}

function strange(row: SheetRow, column: number | undefined, key: string): CellProblem {
  return cellProblem(
    { row: row.row, column: column ?? 1 },
    'filing.not-owed',
    `单位编号“${key}”不在本表本期您可见的应报单位之内—对不上就不知道是谁的数—请用平台下载的表格，不要改动灰色列。`,
  )
}

function twice(row: SheetRow, column: number | undefined, first: number): CellProblem {
  return cellProblem(
    { row: row.row, column: column ?? 1 },
    'filing.wrong-answer',
    `与第 ${first} 行是同一个单位—不知道该取哪一行—请删去一行。`,
  )
}

/** 条件之外的值 — cells that are not asked under the answers of the file are told, not dropped. */
export function outOfQuestion(form: ReturnForm, { of, cells }: FileSubject): CellProblem[] {
  const fields = new Map(
    [...fieldsIn(form, 'once'), ...fieldsIn(form, 'lines')].map((field) => [field.id, field]),
  )
  return cells.flatMap(({ line, field: id, at }) => {
    const field = fields.get(id)
    const beside = [
      ...of.cells.filter((each) => each.line === line),
      ...cells.filter((each) => each.line === line),
    ]
    const answers = Object.fromEntries(beside.map((each) => [each.field, each.value]))
    if (!field || isAsked(field, answers)) return []
    return [
      cellProblem(
        at,
        'filing.wrong-answer',
        `${field.zh}在这里不用填—它只在另一项为特定答案时才问—请清空这一格，或改正前面的答案。`,
      ),
    ]
  })
}
