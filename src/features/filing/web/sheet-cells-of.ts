import { type FilingRule, isAsked, judgeFiling } from '../../../engines/filing/judge-filing.ts'
import { readAnswer, writeAnswer } from '../../../engines/filing/read-answer.ts'
import { isExpression, parseExpression, readsLines } from '../../../kernel/expression.ts'
import type { Answer } from '../../../kernel/filed-answers.ts'
import type { Severity } from '../../../kernel/severity.ts'
import type { SheetCell } from '../../../ui/sheet/sheet-cells.ts'
import type { FormSheetShown } from '../sheet-contract.ts'
import { cellText, picks, worst } from './cells.ts'
import type { DraftSaver } from './draft-saver.ts'
import { cellKey } from './kept-draft.ts'
import type { ShownField } from './shown-field.ts'

/** 总表一格 — with what is wrong in it as sentences. */
export interface SheetCellHere extends SheetCell {
  readonly remarks: readonly { readonly severity: Severity; readonly says: string }[]
}

/** 总表各格 — text, origin and what is wrong, judged row by row as rows come into sight. */
export function sheetCells(
  sheet: FormSheetShown,
  fields: readonly ShownField[],
  saver: DraftSaver,
): (row: number, column: number) => SheetCellHere {
  const drawn = new Map<number, readonly SheetCellHere[]>()
  const desk = {
    sheet,
    fields,
    saver,
    rules: sheet.rules.filter(ofOneRow),
    unmerged: new Set(saver.unmerged().map(({ line, field }) => cellKey(line, field))),
    refused: new Map((saver.told?.wrong ?? []).map(({ line, field, says }) => [cellKey(line, field), says])),
  }
  return (row, column) => {
    const cells = drawn.get(row) ?? rowCells(desk, row)
    drawn.set(row, cells)
    return cells[column]!
  }
}

/** The lines of a filing do not stand in the sheet: what is asked of them cannot be told here. */
function ofOneRow({ holds }: FilingRule): boolean {
  const expression = holds === undefined ? undefined : parseExpression(holds)
  return expression !== undefined && isExpression(expression) && !readsLines(expression)
}

interface SheetDesk {
  readonly sheet: FormSheetShown
  readonly fields: readonly ShownField[]
  readonly saver: DraftSaver
  readonly rules: readonly FilingRule[]
  /** Cells that somebody else changed meanwhile. */
  readonly unmerged: ReadonlySet<string>
  /** Why the platform did not take a cell, where the cell itself can be read. */
  readonly refused: ReadonlyMap<string, string>
}

function rowCells({ sheet, fields, saver, rules, ...told }: SheetDesk, row: number): SheetCellHere[] {
  const { subjectId, writable, values, origins, before, facts, marks } = sheet.rows[row]!
  const texts = fields.map((field, at) => {
    const value = values[at]
    if (field.shows) return value === null || value === undefined ? '' : writeAnswer(field, value)
    return cellText(saver, subjectId, field)
  })
  const readings = fields.map((field, at) => readAnswer(field, texts[at]!))
  const once = byField(fields, (at) => {
    const read = readings[at]!
    return 'answer' in read ? read.answer : undefined
  })
  const earlier = { once: byField(fields, (at) => before[at]), lines: [] }
  const { form, parameters } = sheet
  const judged = judgeFiling(form, rules, { once, lines: [] }, { before: earlier, facts, parameters })
  const broken = judged.filter(({ check, line }) => check !== undefined && line === 0)
  return fields.map((field, at) => {
    const read = readings[at]!
    const key = cellKey(subjectId, field.id)
    const refused = saver.draft.has(key) ? told.refused.get(key) : undefined
    const wrong = 'wrong' in read ? read.wrong : refused
    const remarks = [
      ...(told.unmerged.has(key) ? [changedMeanwhile] : []),
      ...(wrong === undefined
        ? broken.filter((each) => each.fields.includes(field.id))
        : [{ severity: 'error' as const, says: wrong }]),
    ]
    return {
      text: texts[at]!,
      closed: !writable || field.shows !== undefined || picks(field) || !isAsked(field, once),
      origin: origins[at] || undefined,
      severity: worst(remarks),
      asked: marks.some((mark) => mark.field === field.id),
      remarks,
    }
  })
}

const changedMeanwhile = {
  severity: 'error' as const,
  says: '这一格没有存下—您填写时别人也改了它—请在表上方“有人同时改过这几处”中选定一个值。',
}

function byField(
  fields: readonly ShownField[],
  answerAt: (at: number) => Answer | null | undefined,
): Record<string, Answer> {
  const answers: Record<string, Answer> = {}
  for (const [at, { id }] of fields.entries()) {
    const answer = answerAt(at)
    if (answer !== null && answer !== undefined) answers[id] = answer
  }
  return answers
}
