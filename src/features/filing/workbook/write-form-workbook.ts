import { rowOf } from '../../../engines/filing/known-rows.ts'
import type { Field, ReturnForm } from '../../../plan/index.ts'
import { writeWorkbook } from '../../../platform/sheets/write-workbook.ts'
import type { WrittenCell, WrittenColumn, WrittenSheet } from '../../../platform/sheets/written-sheet.ts'
import { gatherAnswers } from '../../../records/returns/read-answers.ts'
import type { ReturnPeriod } from '../../../records/returns/return-period.ts'
import type { SheetLine } from '../form-sheet.ts'
import { columnOf, fieldsIn, heads, writtenCell, writtenValue } from './form-columns.ts'

/** Empty lines under a form's own that already have drop-downs. */
const spareRows = 500

/** 填报表格 — what the workbook is of, when it was taken out, and whether its data are generated. */
export interface WorkbookNote {
  readonly form: ReturnForm
  readonly period: ReturnPeriod
  readonly takenAt: string
  readonly synthetic: boolean
}

/** 写填报表格 — the form of every given subject as it stands, to be filled in a spreadsheet and handed back. */
export function writeFormWorkbook(note: WorkbookNote, lines: readonly SheetLine[]): Promise<Buffer> {
  const { form } = note
  return writeWorkbook([onceSheet(note, lines), ...(form.lines ? [linesSheet(note, lines)] : [])])
}

function onceSheet(
  { form, period, takenAt, synthetic }: WorkbookNote,
  lines: readonly SheetLine[],
): WrittenSheet {
  const fields = fieldsIn(form, 'once')
  return {
    name: sheetName(form.zh),
    captions: [
      ...(synthetic ? ['合成数据：仅供演示，不代表任何真实学校'] : []),
      `${form.zh}，${period.zh}，截止 ${period.dueOn}，第 ${form.version} 版表式`,
      '灰色来自台账，蓝色是上期审核通过的数，请核对；灰色列不用填。填好后整个文件传回平台。空着的格不改动平台上的数；一格有错，整个文件不入库，原表标红退回。',
    ],
    columns: [
      ...given([heads.subject, heads.name, heads.takenAt]),
      ...fields.map((field) => columnOf(field, lines[0]?.beside.fields[field.id]?.origin)),
    ],
    rows: lines.map(({ subject, cells, beside }) => {
      const once = new Map(cells.flatMap((cell) => (cell.line === 0 ? [[cell.field, cell] as const] : [])))
      return [
        String(subject.id),
        subject.name,
        takenAt,
        ...fields.map((field) =>
          field.shows
            ? writtenValue(field, beside.fields[field.id]?.value)
            : writtenCell(field, once.get(field.id)),
        ),
      ]
    }),
  }
}

function linesSheet({ form }: WorkbookNote, lines: readonly SheetLine[]): WrittenSheet {
  const fields = fieldsIn(form, 'lines')
  const origin = lines.find(({ beside }) => beside.rows)?.beside.rows?.origin
  return {
    name: sheetName(form.lines?.zh ?? '明细'),
    columns: [
      ...given([heads.subject, heads.name]),
      { header: heads.line, kind: 'integer' },
      ...fields.map((field) => columnOf(field, origin)),
    ],
    rows: lines.flatMap((each) => rowsOf(fields, each)),
    spareRows,
  }
}

function rowsOf(fields: readonly Field[], { subject, cells, beside }: SheetLine): WrittenCell[][] {
  const at = new Map(cells.map((cell) => [`${cell.line} ${cell.field}`, cell]))
  return gatherAnswers(cells).lines.map(({ line, answers }) => {
    const row = rowOf(beside.rows, answers)
    return [
      String(subject.id),
      subject.name,
      line,
      ...fields.map((field) =>
        field.shows
          ? writtenValue(field, row?.[field.id])
          : writtenCell(field, at.get(`${line} ${field.id}`)),
      ),
    ]
  })
}

function given(headers: readonly string[]): WrittenColumn[] {
  return headers.map((header) => ({ header, kind: 'text', given: true, width: 22 }))
}

/** A worksheet's name may hold no more letters, and none of these. */
function sheetName(words: string): string {
  return words.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31)
}
