import { isAsked, judgeFiling } from '../../../engines/filing/judge-filing.ts'
import { readAnswer, writeAnswer } from '../../../engines/filing/read-answer.ts'
import type { Answer } from '../../../kernel/filed-answers.ts'
import type { Severity } from '../../../kernel/severity.ts'
import type { SheetCell } from '../../../ui/sheet/sheet-cells.ts'
import type { FormSheetShown } from '../sheet-contract.ts'
import { cellText } from './cells.ts'
import type { DraftSaver } from './draft-saver.ts'
import { picks } from './picker-input.tsx'
import type { ShownField } from './shown-field.ts'

/** 总表各格 — text, origin and what is wrong, judged row by row as rows come into sight. */
export function sheetCells(
  sheet: FormSheetShown,
  fields: readonly ShownField[],
  saver: DraftSaver,
): (row: number, column: number) => SheetCell {
  const drawn = new Map<number, readonly SheetCell[]>()
  return (row, column) => {
    const cells = drawn.get(row) ?? rowCells(sheet, fields, saver, row)
    drawn.set(row, cells)
    return cells[column]!
  }
}

function rowCells(
  { form, rules, parameters, rows }: FormSheetShown,
  fields: readonly ShownField[],
  saver: DraftSaver,
  row: number,
): SheetCell[] {
  const { subjectId, writable, values, origins, facts } = rows[row]!
  const texts = fields.map((field, at) => {
    const value = values[at]
    if (field.shows) return value === null || value === undefined ? '' : writeAnswer(field, value)
    return cellText(saver, subjectId, field)
  })
  const readings = fields.map((field, at) => readAnswer(field, texts[at]!))
  const once: Record<string, Answer> = {}
  for (const [at, read] of readings.entries()) if ('answer' in read) once[fields[at]!.id] = read.answer
  const remarks = judgeFiling(form, rules, { once, lines: [] }, { facts, parameters }).filter(
    ({ check, line }) => check !== undefined && line === 0,
  )
  return fields.map((field, at) => {
    const marks: readonly { severity: Severity }[] =
      'wrong' in readings[at]!
        ? [{ severity: 'error' }]
        : remarks.filter((each) => each.fields.includes(field.id))
    return {
      text: texts[at]!,
      closed: !writable || field.shows !== undefined || picks(field) || !isAsked(field, once),
      origin: origins[at] || undefined,
      severity: (['error', 'doubt', 'hint'] as const).find((one) =>
        marks.some((each) => each.severity === one),
      ),
    }
  })
}
