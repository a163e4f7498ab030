import { prefill } from '../../engines/filing/prefill.ts'
import type { Plan, ReturnForm } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Filing } from '../../records/returns/filing.ts'
import { listFilings } from '../../records/returns/find-filings.ts'
import { listSubjects } from '../../records/returns/list-subjects.ts'
import type { AnswerCell } from '../../records/returns/read-answers.ts'
import { readFormAnswers } from '../../records/returns/read-form-answers.ts'
import type { ReturnPeriod } from '../../records/returns/return-period.ts'
import type { Subject } from '../../records/returns/subject.ts'
import { handsOf, mayWrite } from './hands.ts'
import { type Beside, readBesides } from './read-beside.ts'

/**
 * 总表行 — a subject of a form with its filing, what stands in it, what stands beside it, and whether the visitor may write.
 *
 * To whoever may open a filing that nobody has opened yet, what it will begin with stands there already.
 */
export interface SheetLine {
  readonly subject: Subject
  readonly filing: Filing | undefined
  readonly cells: readonly AnswerCell[]
  readonly beside: Beside
  readonly writable: boolean
}

/** 报表总表 — every subject of a form and period in sight, or of one county or one subject: as many statements for one as for all. */
export async function readFormSheet(
  tx: Tx,
  plan: Plan,
  { form, period }: { readonly form: ReturnForm; readonly period: ReturnPeriod },
  asked: {
    readonly visitor: Visitor
    readonly county?: number | undefined
    readonly subject?: number | undefined
    /** Looking back at it, nobody writes. */
    readonly moment?: string | undefined
  },
): Promise<SheetLine[]> {
  const subjects = (await listSubjects(tx, form.subject, period.from, asked.subject)).filter(
    ({ countyId }) => asked.county === undefined || countyId === asked.county,
  )
  const filings = new Map(
    (await listFilings(tx, form.id, period.id, asked.moment)).map((each) => [
      `${each.countyId} ${each.subjectId}`,
      each,
    ]),
  )
  const answers = await readFormAnswers(tx, form.id, period.id, asked.moment)
  const besides = await readBesides(tx, plan, { form, period: period.id, day: period.from })
  return subjects.map((subject) => {
    const { countyId, kind: subjectKind, id: subjectId } = subject
    const filing = filings.get(`${countyId} ${subjectId}`)
    const hands = handsOf(asked.visitor, form, { countyId, subjectKind, subjectId })
    const beside = besides(subject)
    const writable = asked.moment === undefined && mayWrite(filing ?? { phase: null }, hands)
    const found = writable && !filing ? cellsFound(form, beside) : []
    const cells = filing ? (answers.get(filing.filingId) ?? []) : found
    return { subject, filing, cells, beside, writable }
  })
}

function cellsFound(form: ReturnForm, { before, rows }: Beside): AnswerCell[] {
  return prefill(form, before, rows).map((cell) => ({ ...cell, writtenBy: '', writtenAt: '' }))
}
