import { sql } from 'kysely'
import type { Static } from 'typebox'
import { granted, type Result, refused } from '../../kernel/result.ts'
import { checkParameters, type Plan, type ReturnForm } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import { type BooksRoute, bookDay, booksRoute } from '../../records/books.ts'
import { lookedAt } from '../../records/returns/looked-at.ts'
import { type CellMark, listOpenMarks } from '../../records/returns/mark-cell.ts'
import { findPeriod, type ReturnPeriod } from '../../records/returns/return-period.ts'
import { filingAccess } from './access.ts'
import type { AnswersSaved } from './contract.ts'
import { tellState } from './flow.ts'
import { rulesOf } from './form-checks.ts'
import { readFormSheet, type SheetLine } from './form-sheet.ts'
import { stateOf } from './hands.ts'
import { openOwed } from './open-owed.ts'
import { saveAnswers } from './save-answers.ts'
import {
  type FormSheetShown,
  SheetBody,
  SheetQuery,
  SheetSaved,
  FormSheetShown as Shown,
} from './sheet-contract.ts'

/** 总表接口 — a form of all its subjects as one grid, read and, where the visitor fills it, written. */
export const sheetRoutes: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/filing-sheets',
    summary: '报表总表：一张报表一期全部应报单位的数，一家一行',
    may: filingAccess.read,
    query: SheetQuery,
    answer: Shown,
    handle: async ({ context: { db, plan, site }, visitor, query, scope }) => {
      const { today, moment } = lookedAt(site, query.asOf, scope().knownAt)
      const form = plan.forms.get(query.form)
      const period = form && findPeriod(form, query.period, today)
      if (!form || !period) return notFound
      return db.transaction(scope({ asOf: today }), (tx) =>
        showSheet(tx, plan, visitor, { form, period }, { county: query.county, moment }),
      )
    },
  }),
  booksRoute({
    method: 'PUT',
    path: '/api/filing-sheets/answers',
    summary: '保存总表中的若干单元格：按单位各自存入其填报单',
    may: filingAccess.write,
    body: SheetBody,
    answer: SheetSaved,
    handle: async ({ context: { db, plan, site }, visitor, body, scope }) => {
      const today = bookDay(site)
      return db.transaction(scope({ asOf: today }), (tx) => saveSheet(tx, plan, visitor, body, today))
    },
  }),
]

async function showSheet(
  tx: Tx,
  plan: Plan,
  visitor: Visitor,
  turn: { readonly form: ReturnForm; readonly period: ReturnPeriod },
  asked: { readonly county: number | undefined; readonly moment: string | undefined },
): Promise<FormSheetShown> {
  const { form, period } = turn
  const fields = form.parts.flatMap((part) => part.fields)
  const rules = rulesOf(plan, form.id)
  const { id, zh, dueOn } = period
  const lines = await readFormSheet(tx, plan, turn, { visitor, ...asked })
  const marks = Map.groupBy(await listOpenMarks(tx, form.id, id, asked.moment), ({ filingId }) => filingId)
  return {
    form,
    period: { id, zh, dueOn },
    rules,
    parameters: checkParameters(plan, rules, period.from),
    you: visitor.account,
    past: asked.moment ?? null,
    rows: lines.map((line) => rowOf(line, fields, marks.get(line.filing?.filingId ?? 0) ?? [])),
  }
}

function rowOf(
  { subject, filing, cells, beside, writable }: SheetLine,
  fields: ReturnForm['parts'][number]['fields'],
  marks: readonly CellMark[],
): FormSheetShown['rows'][number] {
  const once = new Map(cells.flatMap((cell) => (cell.line === 0 ? [[cell.field, cell] as const] : [])))
  return {
    countyId: subject.countyId,
    subjectId: subject.id,
    name: subject.name,
    filingId: filing?.filingId ?? null,
    stands: filing ? tellState(stateOf(filing)) : '未开始填',
    writable,
    values: fields.map(({ id, shows }) => (shows ? beside.fields[id]?.value : once.get(id)?.value) ?? null),
    origins: fields.map(({ id, shows }) =>
      shows ? (beside.fields[id]?.origin ?? '') : once.get(id)?.origin === 'before' ? '上期' : '',
    ),
    before: beside.before ? fields.map(({ id }) => beside.before?.once[id] ?? null) : [],
    marks: marks
      .filter(({ line }) => line === 0)
      .map(({ field, why, markedBy, markedAt }) => ({ field, why, markedBy, markedAt })),
    facts: beside.facts,
  }
}

/** Each subject's cells go into its own filing by its own rules; what one refuses stops no other, and all of them only where nothing else was sent. */
async function saveSheet(
  tx: Tx,
  plan: Plan,
  visitor: Visitor,
  { form, period, cells }: Static<typeof SheetBody>,
  today: string,
): Promise<Result<SheetSaved> | NotFound> {
  const all: SheetSaved = { saved: [], unmerged: [], wrong: [] }
  // Everybody holds filings in the same order: two who write the same rows do not wait for each other.
  const inOrder = cells.toSorted((one, other) => one.subjectId - other.subjectId)
  const rows = Map.groupBy(inOrder, (cell) => cell.subjectId)
  for (const [subjectId, own] of rows) {
    const saved = await saveRow(tx, plan, visitor, { form, period, subjectId, cells: own }, today)
    if ('kind' in saved) return saved
    const mine = <C extends { line: number }>({ line: _, ...cell }: C) => ({ ...cell, subjectId })
    if (saved.ok) {
      all.saved.push(...saved.value.saved.map(mine))
      all.unmerged.push(...saved.value.unmerged.map(mine))
      all.wrong.push(...saved.value.wrong.map(mine))
      continue
    }
    const whose = await nameOf(tx, subjectId, plan.forms.get(form)?.subject.each === 'institution')
    const says = `${whose}：${saved.refusal.text}`
    if (rows.size === 1) return refused({ ...saved.refusal, text: says })
    all.wrong.push(...own.map(({ field }) => ({ subjectId, field, says })))
  }
  return granted(all)
}

async function saveRow(
  tx: Tx,
  plan: Plan,
  visitor: Visitor,
  row: Static<typeof SheetBody> & { readonly subjectId: number },
  today: string,
): Promise<Result<Static<typeof AnswersSaved>> | NotFound> {
  const { form: formId, period, subjectId } = row
  const opened = await openOwed(tx, plan, visitor, { formId, period, subjectId }, today)
  if ('kind' in opened || !opened.ok) return opened
  const cells = row.cells.map(({ field, written, saw }) => ({ line: 0, field, written, saw }))
  return saveAnswers(tx, plan, visitor, opened.value.filingId, { cells }, today)
}

async function nameOf(tx: Tx, id: number, institution: boolean): Promise<string> {
  const { rows } = await (institution
    ? sql<{ name: string }>`select name from book.institution_last where institution_id = ${id}`
    : sql<{ name: string }>`select name from book.unit_last where unit_id = ${id}`
  ).execute(tx)
  return rows[0]?.name ?? `编号 ${id} 的单位`
}
