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
import { type Known, readKnownOfAll } from './read-known.ts'

/** 总表行 — a subject of a form with its filing, what stands in it, what the books know, and whether the visitor may write. */
export interface SheetLine {
  readonly subject: Subject
  readonly filing: Filing | undefined
  readonly cells: readonly AnswerCell[]
  readonly known: Readonly<Record<string, Known>>
  readonly writable: boolean
}

/** 报表总表 — every subject of a form and period in sight, or of one county or one subject: four statements, however many. */
export async function readFormSheet(
  tx: Tx,
  plan: Plan,
  { form, period }: { readonly form: ReturnForm; readonly period: ReturnPeriod },
  asked: {
    readonly visitor: Visitor
    readonly county?: number | undefined
    readonly subject?: number | undefined
  },
): Promise<SheetLine[]> {
  const subjects = (await listSubjects(tx, form.subject, period.from, asked.subject)).filter(
    ({ countyId }) => asked.county === undefined || countyId === asked.county,
  )
  const filings = new Map(
    (await listFilings(tx, form.id, period.id)).map((each) => [`${each.countyId} ${each.subjectId}`, each]),
  )
  const answers = await readFormAnswers(tx, form.id, period.id)
  const known = await readKnownOfAll(tx, plan, form, period.from)
  return subjects.map((subject) => {
    const { countyId, kind: subjectKind, id: subjectId } = subject
    const filing = filings.get(`${countyId} ${subjectId}`)
    const hands = handsOf(asked.visitor, form, { countyId, subjectKind, subjectId })
    return {
      subject,
      filing,
      cells: filing ? (answers.get(filing.filingId) ?? []) : [],
      known: known.get(`${countyId} ${subjectId}`) ?? {},
      writable: mayWrite(filing ?? { phase: 'draft' }, hands),
    }
  })
}
