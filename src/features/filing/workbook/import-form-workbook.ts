import { RefusedMidway } from '../../../kernel/refused-midway.ts'
import { granted, type Refusal, type Result } from '../../../kernel/result.ts'
import type { Plan, ReturnForm } from '../../../plan/index.ts'
import type { Visitor } from '../../../platform/access/visitor.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { type CellProblem, cellProblem } from '../../../platform/sheets/cell-problem.ts'
import { readInThread } from '../../../platform/sheets/read-in-thread.ts'
import type { SheetReading } from '../../../platform/sheets/sheet.ts'
import { findFiling } from '../../../records/returns/find-filings.ts'
import { openFiling } from '../../../records/returns/open-filing.ts'
import { gatherAnswers, readAnswers } from '../../../records/returns/read-answers.ts'
import type { ReturnPeriod } from '../../../records/returns/return-period.ts'
import { writeAnswers } from '../../../records/returns/write-answers.ts'
import { tellState } from '../flow.ts'
import { readFormSheet, type SheetLine } from '../form-sheet.ts'
import { stateOf } from '../hands.ts'
import { judge } from '../judge.ts'
import { type Part, wantedPart } from './form-columns.ts'
import { type FileSubject, outOfQuestion, readFormPart } from './read-form-workbook.ts'

/** 上传的表格 — its content and the tables found in it. */
export interface ReadWorkbook {
  readonly parts: readonly { readonly part: Part; readonly reading: SheetReading }[]
}

/** 读上传的表格 — each part of the form in its own table, in a thread whose memory is limited. */
export async function readWorkbookOf(
  form: ReturnForm,
  file: { fileName: string; bytes: Buffer },
): Promise<ReadWorkbook> {
  const parts: { part: Part; reading: SheetReading }[] = []
  for (const part of form.lines ? (['once', 'lines'] as const) : (['once'] as const))
    parts.push({ part, reading: await readInThread(file.bytes, wantedPart(form, part, file.fileName)) })
  return { parts }
}

/** 导入结果 — how many filings and cells were written; or what is wrong, and then nothing was. */
export interface Imported {
  readonly filings: number
  readonly cells: number
  /** Those written, as `county subject`. */
  readonly subjects: readonly string[]
  readonly problems: readonly { readonly part: Part; readonly problem: CellProblem }[]
}

/**
 * 导入填报表格 — all or nothing: every cell is read, held against the form's checks and against what was written on the
 * platform since the file was taken out; one problem, and nothing is written. Empty cells change nothing. A filing that
 * somebody moved or wrote in between reading and writing takes all of it back (`RefusedMidway`).
 */
export async function importFormWorkbook(
  tx: Tx,
  plan: Plan,
  visitor: Visitor,
  { form, period }: { readonly form: ReturnForm; readonly period: ReturnPeriod },
  file: ReadWorkbook,
): Promise<Result<Imported>> {
  const lines = await readFormSheet(tx, plan, { form, period }, { visitor })
  const known = new Map(lines.map((line) => [String(line.subject.id), line]))
  const problems: { part: Part; problem: CellProblem }[] = []
  const subjects = new Map<string, { part: Part; subject: FileSubject }[]>()
  for (const { part, reading } of file.parts) {
    const tell = (found: readonly CellProblem[]) =>
      problems.push(...found.map((problem) => ({ part, problem })))
    tell(
      reading.problems.filter(
        ({ severity, code }) => severity === 'error' && !(part === 'lines' && empty.has(code)),
      ),
    )
    if (!reading.sheet) continue
    const read = readFormPart(form, part, reading.sheet, known)
    tell(read.problems)
    for (const [key, subject] of read.subjects)
      subjects.set(key, [...(subjects.get(key) ?? []), { part, subject }])
  }
  for (const parts of subjects.values()) {
    // the moment stands once in a file: beside the answers asked once
    const takenAt = parts.find(({ subject }) => subject.takenAt !== undefined)?.subject.takenAt
    for (const { part, subject } of parts)
      problems.push(...standing(form, { ...subject, takenAt }).map((problem) => ({ part, problem })))
    problems.push(...against(plan, form, period, parts))
  }
  if (problems.length > 0) return granted({ filings: 0, cells: 0, subjects: [], problems })
  let cells = 0
  // Everybody holds filings in the same order: two who write the same ones do not wait for each other.
  const inOrder = [...subjects.values()].sort((one, other) => idOf(one) - idOf(other))
  for (const parts of inOrder) cells += await write(tx, visitor, { form, period }, parts)
  const written = inOrder.map(([first]) => first!.subject.of.subject)
  return granted({
    filings: written.length,
    cells,
    subjects: written.map(({ countyId, id }) => `${countyId} ${id}`),
    problems,
  })
}

/** A form may have no lines yet. */
const empty = new Set(['file.no-rows', 'file.no-table'])

/** Locked or somebody else's to fill; or changed on the platform after the file was taken out. */
function standing(form: ReturnForm, { of, takenAt, cells, row }: FileSubject): CellProblem[] {
  const changing = cells.filter(({ line, field, value }) => stands(of, line, field)?.value !== value)
  if (changing.length === 0) return []
  if (!of.writable) {
    const state = of.filing ? `它“${tellState(stateOf(of.filing))}”` : '您不是填报单位的人员'
    return [
      cellProblem(
        { row, column: 1 },
        'filing.locked',
        `${of.subject.name}的《${form.zh}》不能改—${state}—请删去这一行，或请有关单位退回后再传。`,
      ),
    ]
  }
  return changing.flatMap(({ line, field, at }) => {
    const now = stands(of, line, field)
    if (!now || takenAt === undefined || now.writtenAt <= takenAt) return []
    return [
      cellProblem(
        at,
        'filing.moved-meanwhile',
        `下载之后，${now.writtenBy}已在平台上改过这一格—两个数不知道取哪个—请重新下载表格，核对后再填。`,
      ),
    ]
  })
}

function stands({ cells }: SheetLine, line: number, field: string) {
  return cells.find((cell) => cell.line === line && cell.field === field)
}

/** The form's own checks over what would stand; what is merely not filled yet is no fault of a file. */
function against(
  plan: Plan,
  form: ReturnForm,
  period: ReturnPeriod,
  parts: readonly { readonly part: Part; readonly subject: FileSubject }[],
): { part: Part; problem: CellProblem }[] {
  const { of } = parts[0]!.subject
  const written = parts.flatMap(({ subject }) => subject.cells)
  const all = new Map([...of.cells, ...written].map((cell) => [`${cell.line} ${cell.field}`, cell]))
  const filed = gatherAnswers([...all.values()])
  const remarks = judge(plan, form, filed, of.beside, period.from)
  const errors = remarks.filter(({ severity, check }) => severity === 'error' && check !== undefined)
  return parts.flatMap(({ part, subject }) => [
    ...outOfQuestion(form, subject).map((problem) => ({ part, problem })),
    ...errors.flatMap((remark) => {
      if ((remark.line === 0) !== (part === 'once')) return []
      const marked = subject.cells.filter(
        ({ line, field }) => line === remark.line && remark.fields.includes(field),
      )
      const places = marked.length > 0 ? marked.map(({ at }) => at) : [{ row: subject.row, column: 1 }]
      return places.map((at) => ({ part, problem: cellProblem(at, 'filing.errors-left', remark.says) }))
    }),
  ])
}

const idOf = ([first]: readonly { readonly subject: FileSubject }[]) => first!.subject.of.subject.id

async function write(
  tx: Tx,
  visitor: Visitor,
  { form, period }: { readonly form: ReturnForm; readonly period: ReturnPeriod },
  parts: readonly { readonly subject: FileSubject }[],
): Promise<number> {
  const { of } = parts[0]!.subject
  const filingId = await openFiling(tx, form, period, of.subject, visitor.name, async () => of.cells)
  const { filing } = (await findFiling(tx, filingId, 'locked'))!
  const changes = parts
    .flatMap(({ subject }) => subject.cells)
    .map(({ line, field, value }) => ({ line, field, value, saw: stands(of, line, field)?.value ?? null }))
    .filter(({ value, saw }) => value !== saw)
  const by = { name: visitor.name, origin: 'hand' } as const
  const unmerged = await writeAnswers(tx, filing, await readAnswers(tx, filing), changes, by)
  if (unmerged.length > 0 || filing.revision !== (of.filing?.revision ?? 0))
    throw new RefusedMidway(movedMeanwhile(form, of))
  return changes.length
}

function movedMeanwhile(form: ReturnForm, { subject }: SheetLine): Refusal {
  return {
    kind: 'refusal',
    code: 'filing.moved-meanwhile',
    text: `传回的表格没有写入—就在写入的时候，别人改动或提交了${subject.name}的《${form.zh}》—请刷新看过现在的数，再传一次。`,
  }
}
