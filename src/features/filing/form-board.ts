import { sql } from 'kysely'
import type { Plan, ReturnForm } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { countFilings } from '../../records/returns/count-filings.ts'
import type { Filing } from '../../records/returns/filing.ts'
import { listFilings } from '../../records/returns/find-filings.ts'
import { listSubjects } from '../../records/returns/list-subjects.ts'
import { waitingFilings } from '../../records/returns/list-waiting.ts'
import type { Looked } from '../../records/returns/looked-at.ts'
import { listOpenReminders } from '../../records/returns/remind.ts'
import { periodsBegun, type ReturnPeriod } from '../../records/returns/return-period.ts'
import type { Subject } from '../../records/returns/subject.ts'
import type { FilingBoard, FormBoard } from './contract.ts'
import { tellState } from './flow.ts'
import { formsOwedHere, looksFromSchool } from './forms-owed-here.ts'
import { handsOf, looksAt, mayWrite, stateOf } from './hands.ts'
import { mayRemind } from './remind-owing.ts'
import { isLate } from './show-filing.ts'

/** Of each form the running period and the one before are what people still work on. */
const periodsShown = 2

/**
 * 报表总览 — every form in the visitor's sight with how many owe it, have handed it in, have it back or approved, and
 * are late; of books, which nobody owes, to a school and its centre those that speak of their own schools.
 */
export async function formBoard(
  tx: Tx,
  plan: Plan,
  visitor: Visitor,
  { today, moment }: Looked,
): Promise<FormBoard> {
  const inSight = formsOwedHere(plan, visitor)
  const turns = inSight.flatMap((form) =>
    periodsBegun(form, today)
      .slice(0, periodsShown)
      .map((period) => ({ form, period })),
  )
  const counts = await countFilings(tx, turns, today, moment)
  const owed = turns.flatMap(({ form, period: { id, zh, dueOn } }, at) =>
    counts[at]!.due > 0 ? [{ form, period: { id, zh, dueOn, ...counts[at]! } }] : [],
  )
  const books = await booksOf(tx, inSight, visitor, today)
  const forms = inSight.flatMap((form) => {
    const { id: formId, zh, why, serves, filledBy, approvedBy } = form
    const byEvent = books.includes(form)
    const periods = owed.filter((turn) => turn.form === form).map(({ period }) => period)
    return byEvent || periods.length > 0
      ? [{ formId, zh, why, serves, filledBy, approvedBy, byEvent, periods }]
      : []
  })
  return { forms }
}

async function booksOf(tx: Tx, forms: readonly ReturnForm[], visitor: Visitor, today: string) {
  const books = forms.filter(({ rhythm }) => rhythm.kind === 'event')
  if (!looksFromSchool(visitor)) return books
  const theirs: ReturnForm[] = []
  for (const book of books) if ((await listSubjects(tx, book.subject, today)).length > 0) theirs.push(book)
  return theirs
}

/**
 * 催报名单 — who owes one form of one period and where each stands, by county; narrowed on request. Of a book kept by
 * event, which has no periods, its entries.
 */
export async function filingBoard(
  tx: Tx,
  form: ReturnForm,
  period: ReturnPeriod | undefined,
  { visitor, county, only }: Wanted,
  looked: Looked,
): Promise<FilingBoard> {
  const subjects = await listSubjects(tx, form.subject, period?.from ?? looked.today)
  const all = await (period
    ? rowsOf(tx, form, period, subjects, looked)
    : entriesOf(tx, form, subjects, looked))
  const names = await countyNames(tx)
  const reminded = new Map(
    (await listOpenReminders(tx, looked.moment))
      .filter(({ formId, period: turn }) => formId === form.id && turn === period?.id)
      .map(({ countyId, subjectId, remindedAt }) => [`${countyId} ${subjectId}`, remindedAt]),
  )
  const wanted = await wantedOf(tx, visitor, only, { formId: form.id, period: period?.id }, looked.moment)
  const open = looked.moment === undefined
  const mine = open ? subjects.filter((subject) => mayFill(visitor, form, subject)) : []
  const filled = new Set(mine.map(({ countyId, id }) => `${countyId} ${id}`))
  const rows = all.filter((row) => (county === undefined || row.countyId === county) && wanted(row))
  return {
    form: { id: form.id, zh: form.zh, why: form.why },
    period: { id: period?.id ?? 'book', zh: period?.zh ?? '台账', dueOn: period?.dueOn ?? null },
    mayEnter: period ? [] : mine.map(entered),
    counties: [...Map.groupBy(all, ({ countyId }) => countyId)].map(([countyId, of]) => ({
      countyId,
      name: names.get(countyId) ?? String(countyId),
      ...count(of),
    })),
    rows: rows.slice(0, rowsShown).map((each) => ({
      ...each,
      mayFill: filled.has(`${each.countyId} ${each.subjectId}`) && mayWrite(each, ['filler']),
      remindedAt: reminded.get(`${each.countyId} ${each.subjectId}`) ?? null,
    })),
    mayRemind: period !== undefined && open && subjects.some((each) => mayRemind(visitor, form, each)),
    total: rows.length,
  }
}

interface Wanted {
  readonly visitor: Visitor
  readonly county?: number | undefined
  readonly only?: Only | undefined
}

type Only = 'not-submitted' | 'waiting' | 'returned' | 'late'
type Row = Omit<FilingBoard['rows'][number], 'mayFill' | 'remindedAt'>

/** A page of names; the county and the state narrow them. */
const rowsShown = 500

async function rowsOf(
  tx: Tx,
  form: ReturnForm,
  period: ReturnPeriod,
  subjects: readonly Subject[],
  { today, moment }: Looked,
): Promise<Row[]> {
  const filings = new Map(
    (await listFilings(tx, form.id, period.id, moment)).map((filing) => [
      `${filing.countyId} ${filing.subjectId}`,
      filing,
    ]),
  )
  return subjects.map((subject) =>
    row(subject, filings.get(`${subject.countyId} ${subject.id}`), period, today),
  )
}

async function entriesOf(
  tx: Tx,
  form: ReturnForm,
  subjects: readonly Subject[],
  { today, moment }: Looked,
): Promise<Row[]> {
  const names = new Map(subjects.map(({ countyId, id, name }) => [`${countyId} ${id}`, name]))
  return (await listFilings(tx, form.id, undefined, moment)).map((filing) => {
    const { countyId, subjectId: id, subjectKind: kind, period } = filing
    const name = `${names.get(`${countyId} ${id}`) ?? `编号 ${id}`} 第 ${period} 条`
    return row({ countyId, kind, id, name }, filing, { dueOn: null }, today)
  })
}

function mayFill(visitor: Visitor, form: ReturnForm, { countyId, kind, id }: Subject): boolean {
  return handsOf(visitor, form, { countyId, subjectKind: kind, subjectId: id }).includes('filler')
}

const entered = ({ id, name }: Subject) => ({ subjectId: id, name })

function row(
  { countyId, id, name }: Subject,
  filing: Filing | undefined,
  { dueOn }: { readonly dueOn: string | null },
  today: string,
): Row {
  return {
    countyId,
    subjectId: id,
    name,
    filingId: filing?.filingId ?? null,
    stands: filing ? tellState(stateOf(filing)) : '未开始填',
    phase: filing?.phase ?? null,
    late: isLate(filing ?? { dueOn, firstSubmittedAt: null }, today),
    firstSubmittedAt: filing?.firstSubmittedAt ?? null,
  }
}

function count(rows: readonly Row[]) {
  const of = (wanted: (row: Row) => boolean) => rows.filter(wanted).length
  return {
    due: rows.length,
    submitted: of(({ firstSubmittedAt }) => firstSubmittedAt !== null),
    returned: of(({ phase }) => phase === 'returned'),
    approved: of(({ phase }) => phase === 'approved'),
    late: of(({ late }) => late),
  }
}

/** To whoever looks at filings, what waits is what waits for them: not what they had a part in themselves. */
async function wantedOf(
  tx: Tx,
  visitor: Visitor,
  only: Only | undefined,
  turn: Parameters<typeof waitingFilings>[2],
  moment: string | undefined,
): Promise<(row: Row) => boolean> {
  const looking = only === 'waiting' ? looksAt(visitor) : undefined
  if (!looking) return (row) => isWanted(row, only)
  const waiting = await waitingFilings(tx, looking, turn, moment)
  return ({ filingId }) => filingId !== null && waiting.has(filingId)
}

function isWanted({ phase, late, firstSubmittedAt }: Row, only: Only | undefined): boolean {
  if (only === 'not-submitted') return firstSubmittedAt === null
  if (only === 'waiting') return phase === 'submitted' || phase === 'accepted'
  if (only === 'returned') return phase === 'returned'
  return only !== 'late' || late
}

async function countyNames(tx: Tx): Promise<ReadonlyMap<number, string>> {
  const { rows } = await sql<{
    id: number
    name: string
  }>`select county_id as id, name from registry.county`.execute(tx)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
