import { sql } from 'kysely'
import type { Remark } from '../../engines/filing/judge-filing.ts'
import type { Answer, Answers, FiledAnswers } from '../../kernel/filed-answers.ts'
import { checkParameters, fieldsOf, type Plan, type ReturnForm } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { listExplanations } from '../../records/returns/explain-doubt.ts'
import type { Filing, FilingInForm } from '../../records/returns/filing.ts'
import { findFiling } from '../../records/returns/find-filings.ts'
import type { Looked } from '../../records/returns/looked-at.ts'
import { type CellMark, listMarks } from '../../records/returns/mark-cell.ts'
import {
  type AnswerCell,
  gatherAnswers,
  readAnswers,
  readApproved,
} from '../../records/returns/read-answers.ts'
import { standingRemarks } from '../../records/returns/remark-cell.ts'
import { findPeriod } from '../../records/returns/return-period.ts'
import { listSteps } from '../../records/returns/take-step.ts'
import type { FilingShown } from './contract.ts'
import { tellState } from './flow.ts'
import { rulesOf } from './form-checks.ts'
import { mayReturn, mayWrite, stateOf, stepsOpenTo } from './hands.ts'
import { judge } from './judge.ts'
import { type Beside, readBesides } from './read-beside.ts'
import { readStanding, type Standing } from './read-standing.ts'

/** 展示填报单 — everything the page needs of one filing, in one answer; undefined when it is not there or out of sight. */
export async function showFiling(
  tx: Tx,
  plan: Plan,
  visitor: Visitor,
  filingId: number,
  looked: Looked,
  compared: readonly Remark[],
): Promise<FilingShown | undefined> {
  const { today, moment } = looked
  const found = await findFiling(tx, filingId, 'free', moment)
  if (!found) return undefined
  const { filing, form } = found
  const { beside, day } = await besideOf(tx, plan, found, today)
  const { before, rows, facts } = beside
  const cells = await readAnswers(tx, filing, moment)
  const approved = moment ? undefined : await readApproved(tx, filing)
  const rules = rulesOf(plan, form.id)
  const { hands, barred, path } = moment ? onlooker : await readStanding(tx, visitor, found)
  return {
    filingId,
    countyId: filing.countyId,
    ...(await namesOf(tx, filing)),
    period: { id: filing.period, zh: periodName(form, filing, today) },
    ...whereItStands(filing, today),
    form,
    rules,
    parameters: checkParameters(plan, rules, day),
    cells,
    ...(before && { before: withoutGaps(before) }),
    known: beside.fields,
    ...(rows && { rows: { ...rows, keys: [...rows.keys], rows: rows.rows.map(withoutGap) } }),
    facts,
    remarks: [...judge(plan, form, gatherAnswers(cells), beside, day), ...compared].map((remark) => ({
      ...remark,
      fields: [...remark.fields],
    })),
    ...(approved && { approved: withoutGaps(approved) }),
    ...(await followedUp(tx, filing, mayReturn(path, filing, hands), moment)),
    mayMark: hands.length > 0,
    you: visitor.account,
    past: moment ?? null,
    names: await namesIn(tx, form, cells, rows?.rows),
    mayWrite: mayWrite(filing, hands),
    barred: stepsOpenTo(path, filing, barred).length > 0,
    mayDo: stepsOpenTo(path, filing, hands),
  }
}

function whereItStands(filing: Filing, today: string) {
  const { dueOn, phase, atLevel, revision, firstSubmittedAt } = filing
  const late = isLate(filing, today)
  return { dueOn, late, phase, atLevel, stands: tellState(stateOf(filing)), revision, firstSubmittedAt }
}

/** 一份填报的表外依据 — with the day of which it is. */
export async function besideOf(
  tx: Tx,
  plan: Plan,
  { filing, form }: FilingInForm,
  today: string,
): Promise<{ beside: Beside; day: string }> {
  const day = spokenDay(form, filing, today)
  const of = { countyId: filing.countyId, id: filing.subjectId }
  return { beside: (await readBesides(tx, plan, { form, period: filing.period, day }, of))(of), day }
}

/** What was said about the filing beside its answers. */
async function followedUp(
  tx: Tx,
  filing: Filing,
  maySend: boolean,
  moment = 'infinity',
): Promise<Pick<FilingShown, 'explanations' | 'marks' | 'steps' | 'planned'>> {
  return {
    ...(maySend && {
      planned: (await standingRemarks(tx, filing)).map(({ endedAs: _, ...remark }) => remark),
    }),
    explanations: (await listExplanations(tx, filing)).filter(
      ({ saidAt }) => saidAt <= moment,
    ) as FilingShown['explanations'],
    marks: (await listMarks(tx, filing)).flatMap((mark) => markAt(mark, moment)),
    steps: (await listSteps(tx, filing))
      .filter(({ revision }) => revision <= filing.revision)
      .map((step) => ({ ...step, reason: step.reason ?? null, cells: [...(step.cells ?? [])] })),
  }
}

/** The database writes moments in China's time, as the end of a day is written: they compare as words. */
function markAt(mark: CellMark, moment: string): CellMark[] {
  if (mark.markedAt > moment) return []
  return mark.resolvedAt !== null && mark.resolvedAt > moment
    ? [{ ...mark, resolution: null, resolvedBy: null, resolvedAt: null }]
    : [mark]
}

/** Looking back, nobody has a hand in anything. */
const onlooker: Standing = { path: [], hands: [], barred: [] }

/** 所指之日 — the first day of the filing's period: of that day its facts and parameters are. */
export function spokenDay(form: ReturnForm, { period }: Pick<Filing, 'period'>, today: string): string {
  return findPeriod(form, period, today)?.from ?? today
}

/** 是否迟报 — first handed in after its day, or not at all though the day has passed. */
export function isLate(
  { dueOn, firstSubmittedAt }: Pick<Filing, 'dueOn' | 'firstSubmittedAt'>,
  today: string,
): boolean {
  if (dueOn === null) return false
  // the database writes moments in China's time: their first ten letters are the day
  return (firstSubmittedAt?.slice(0, 10) ?? today) > dueOn
}

function periodName(form: ReturnForm, { period }: Filing, today: string): string {
  return findPeriod(form, period, today)?.zh ?? `第 ${period} 条`
}

async function namesOf(
  tx: Tx,
  { countyId, subjectKind, subjectId }: Filing,
): Promise<Pick<FilingShown, 'county' | 'subject'>> {
  const { rows } = await sql<{ county: string; subject: string | null }>`
    select county.name as county, coalesce(
        (select name from book.institution_last where county_id = ${countyId} and institution_id = ${subjectId} and ${subjectKind} = 'institution'),
        (select name from book.unit_last where county_id = ${countyId} and unit_id = ${subjectId} and ${subjectKind} <> 'institution')) as subject
      from registry.county where county_id = ${countyId}`.execute(tx)
  const name = rows[0]?.subject ?? `编号 ${subjectId}`
  return { county: rows[0]?.county ?? '', subject: { kind: subjectKind, id: subjectId, name } }
}

/** Answers that point into the registry or to a paper are codes: people read names. */
async function namesIn(
  tx: Tx,
  form: ReturnForm,
  written: readonly AnswerCell[],
  listed: readonly Answers[] = [],
): Promise<Record<string, string>> {
  const told = listed.flatMap((row) => Object.entries(withoutGap(row)))
  const cells = [...written, ...told.map(([field, value]) => ({ field, value }))]
  const types = new Map(fieldsOf(form).map(({ id, type }) => [id, type]))
  const of = (wanted: string) =>
    cells.flatMap(({ field, value }) => (types.get(field) === wanted ? [String(value)] : []))
  const [institutions, units, files] = [of('institution'), of('unit'), of('file')]
  if (institutions.length + units.length + files.length === 0) return {}
  const { rows } = await sql<{ id: string; name: string }>`
    select institution_id::text as id, name from book.institution_last
     where institution_id = any (${institutions}::bigint[])
    union all
    select unit_id::text, name from book.unit_last where unit_id = any (${units}::bigint[])
    union all
    select attachment_id::text, name from files.attachment where attachment_id::text = any (${files}::text[])`.execute(
    tx,
  )
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]))
}

/** An answer that is not there has no place in JSON. */
function withoutGaps({ once, lines }: FiledAnswers) {
  return {
    once: withoutGap(once),
    lines: lines.map(({ line, answers }) => ({ line, answers: withoutGap(answers) })),
  }
}

function withoutGap(answers: Answers): Record<string, Answer> {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([id, answer]) => (answer === undefined ? [] : [[id, answer]])),
  )
}
