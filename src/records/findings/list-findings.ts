import { type RawBuilder, sql } from 'kysely'
import type {
  FindingCause,
  FindingPhase,
  FindingSeverity,
  FindingSource,
  SupervisionKind,
} from '../../kernel/finding.ts'
import type { Share } from '../../platform/db/scope.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { beginNoting } from '../registry/begin-writing.ts'
import type { Finding } from './finding.ts'

/** 问题筛选 — every part narrows; absent ones do not. */
export interface FindingFilter {
  readonly countyId?: number
  readonly institutionId?: number
  readonly phases?: readonly FindingPhase[]
  readonly source?: FindingSource
  readonly rule?: string
  readonly item?: string
  readonly severity?: FindingSeverity
  readonly supervision?: SupervisionKind
  readonly ownerLevel?: Finding['ownerLevel']
  readonly cause?: FindingCause
  readonly dueFrom?: string
  readonly dueTo?: string
  readonly dueBefore?: string
  readonly dueAfter?: string
  readonly closedFrom?: string
  /** Not closed. */
  readonly open?: true
  readonly waiting?: WaitingFor
  readonly relapsed?: boolean
  readonly conditionMet?: boolean
  /** Words in the number, the subject's name or what was found. */
  readonly words?: string
}

/** 等谁办 — what somebody could take a step on now, in any of the ways their offices give them. */
export interface WaitingFor {
  /** Whoever stood on the other side of one waits for nothing of it. */
  readonly account: string
  readonly ways: readonly Waiting[]
}

interface Waiting {
  readonly side: 'rectify' | 'judge'
  /** Where they hold the office that acts. */
  readonly within: readonly Share[]
  /** Where they belong to those who mend it, of this cause or of any, and so judge nothing. */
  readonly barred: readonly { readonly within: readonly Share[]; readonly cause?: FindingCause }[]
  readonly ownerLevel: Finding['ownerLevel']
  readonly phases: readonly FindingPhase[]
  /** About the city itself, or about its counties and what lies in them; of both where absent. */
  readonly ofCity?: boolean
  /** Lacking this, and no department has said yet what it will do about it. */
  readonly unconferred?: FindingCause
}

const columns = sql.raw(`
  f.county_id as "countyId", f.finding_id as "findingId", f.number, f.source, f.rule, f.item, f.quote,
  f.subject_kind as "subjectKind", f.subject_id as "subjectId", f.institution_id as "institutionId",
  f.thing, county.name as county, county.kind = 'city' and f.owner_level = 'county' as "ofCity", concat(coalesce(i.name, u.name, '编号 ' || f.subject_id), '：' || f.thing_name) as subject,
  f.owner_level as "ownerLevel", f.supervision, f.severity, f.opened_on as "openedOn", f.found, f.found_on as "foundOn",
  f.phase, f.revision, f.relapses, f.owner_unit as "ownerUnit", f.owner_person as "ownerPerson", f.cause,
  f.assigned_on as "assignedOn", f.due_on as "dueOn", f.signed_on as "signedOn", f.answered_on as "answeredOn",
  f.closed_on as "closedOn", f.conferred_on as "conferredOn", f.promised_on as "promisedOn", f.dismissed, f.condition_met as "conditionMet", f.escalated, f.extensions, f.interviews`)

const placed = 'book.findings as f join registry.county using (county_id)'
// A closed institution keeps its name: the one it had last.
const named = `
  left join lateral (select name from book.institution_last as i
    where f.subject_kind = 'institution' and i.county_id = f.county_id and i.institution_id = f.subject_id) as i on true
  left join lateral (select name from book.unit_last as u
    where f.subject_kind <> 'institution' and u.county_id = f.county_id and u.unit_id = f.subject_id) as u on true`
const source = sql.raw(placed + named)
/** Names are looked up only where they are asked for: of thousands of findings a page shows a few. */
const sourceFor = ({ words }: FindingFilter) => (words ? source : sql.raw(placed))

/** 查问题 — by its number in the books; `locked` keeps other writers of its county out until this transaction ends. */
export async function findFinding(
  tx: Tx,
  findingId: number,
  locked: 'locked' | 'free' = 'free',
): Promise<Finding | undefined> {
  if (locked === 'locked') {
    const place = await sql<{ county: number }>`
      select county_id as county from findings.finding where finding_id = ${findingId}`.execute(tx)
    if (!place.rows[0]) return undefined
    await beginNoting(tx, place.rows[0].county)
  }
  const { rows } = await sql<Finding>`
    select ${columns} from ${source} where f.finding_id = ${findingId}`.execute(tx)
  return rows[0]
}

/** 问题清单 — the findings in sight as of the day the books are read: those due first, the undated last; all without a limit. */
export async function listFindings(
  tx: Tx,
  filter: FindingFilter,
  page: { readonly limit?: number; readonly offset?: number },
): Promise<Finding[]> {
  const order = sql.raw("order by f.phase = 'closed', f.due_on nulls last, f.county_id, f.finding_id")
  const { rows } = await sql<Finding>`
    select ${columns}
      from (select f.* from ${sourceFor(filter)} where ${conditions(filter)} ${order}
             limit ${page.limit ?? null} offset ${page.offset ?? 0}) as f
      join registry.county using (county_id) ${sql.raw(named)} ${order}`.execute(tx)
  return rows
}

/** 问题计数 — of each county, how many stand where, and how many are past the given days. */
export interface FindingCount {
  readonly countyId: number
  readonly county: string
  readonly total: number
  readonly opened: number
  readonly assigned: number
  readonly signed: number
  readonly answered: number
  readonly rechecked: number
  readonly closed: number
  /** Not closed and past its day; not closed and due on or before `soon`. */
  readonly overdue: number
  readonly dueSoon: number
  readonly relapsed: number
  readonly conditionMet: number
}

/** 问题统计 — by county; `soon`: the last day that still counts as near. */
export async function countFindings(
  tx: Tx,
  filter: FindingFilter,
  days: { readonly today: string; readonly soon: string },
): Promise<FindingCount[]> {
  const open = sql`f.phase <> 'closed'`
  const { rows } = await sql<FindingCount>`
    select f.county_id as "countyId", county.name as county, count(*)::integer as total,
           ${sql.join(
             (['opened', 'assigned', 'signed', 'answered', 'rechecked', 'closed'] as const).map(
               (phase) =>
                 sql`count(*) filter (where f.phase = ${sql.lit(phase)})::integer as ${sql.ref(phase)}`,
             ),
           )},
           count(*) filter (where ${open} and f.due_on < ${days.today})::integer as overdue,
           count(*) filter (where ${open} and f.due_on between ${days.today} and ${days.soon})::integer as "dueSoon",
           count(*) filter (where ${open} and f.relapses > 0)::integer as relapsed,
           count(*) filter (where ${open} and f.condition_met)::integer as "conditionMet"
      from ${sourceFor(filter)} where ${conditions(filter)}
     group by f.county_id, county.name order by f.county_id`.execute(tx)
  return rows
}

function conditions(filter: FindingFilter): RawBuilder<unknown> {
  const { phases, relapsed, conditionMet, words } = filter
  const parts = [
    equal('f.county_id', filter.countyId),
    equal('f.institution_id', filter.institutionId),
    equal('f.source', filter.source),
    equal('f.rule', filter.rule),
    equal('f.item', filter.item),
    equal('f.severity', filter.severity),
    equal('f.supervision', filter.supervision),
    equal('f.owner_level', filter.ownerLevel),
    equal('f.cause', filter.cause),
    equal('f.relapses > 0', relapsed),
    equal('f.condition_met', conditionMet),
    phases && sql`f.phase = any (${phases}::text[])`,
    filter.dueFrom && sql`f.due_on >= ${filter.dueFrom}`,
    filter.dueTo && sql`f.due_on <= ${filter.dueTo}`,
    filter.dueBefore && sql`f.due_on < ${filter.dueBefore}`,
    filter.dueAfter && sql`f.due_on > ${filter.dueAfter}`,
    filter.closedFrom && sql`f.closed_on >= ${filter.closedFrom}`,
    filter.open && sql`f.phase <> 'closed'`,
    filter.waiting && waitsFor(filter.waiting),
    words && sql`position(${words} in concat_ws(' ', f.number, i.name, u.name, f.thing_name, f.found)) > 0`,
  ].filter((part) => part !== undefined && part !== '')
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

function waitsFor({ account, ways }: WaitingFor): RawBuilder<unknown> {
  return anyOf(
    ways.map(
      ({ side, within, barred, ownerLevel, phases, ofCity, unconferred }) => sql`
        f.owner_level = ${ownerLevel} and f.phase = any (${phases}::text[])
        and ${equal("county.kind = 'city' and f.owner_level = 'county'", ofCity) ?? sql`true`}
        and ${unconferred ? sql`f.cause = ${unconferred} and f.conferred_on is null` : sql`true`}
        and ${liesIn(within)} and not ${anyOf(
          barred.map(
            ({ within: own, cause }) =>
              sql`${liesIn(own)} and ${cause ? sql`f.cause is not distinct from ${cause}` : sql`true`}`,
          ),
        )}
        and not exists (
          select from findings.step where step.county_id = f.county_id and step.finding_id = f.finding_id
             and step.hand <> 'platform' and step.account = ${account}
             and (step.hand in ('rectifier', 'partner')) <> ${side === 'rectify'})`,
    ),
  )
}

function liesIn(shares: readonly Share[]): RawBuilder<unknown> {
  return anyOf(
    shares.map(
      ({ counties, institutions }) => sql`f.county_id = any (${counties}::integer[])
        and ${institutions ? sql`coalesce(f.institution_id = any (${institutions}::bigint[]), true)` : sql`true`}`,
    ),
  )
}

function anyOf(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  if (conditions.length === 0) return sql`false`
  return sql`(${sql.join(
    conditions.map((each) => sql`(${each})`),
    sql` or `,
  )})`
}

function equal(what: string, given: string | number | boolean | undefined): RawBuilder<unknown> | undefined {
  return given === undefined ? undefined : sql`(${sql.raw(what)}) = ${given}`
}
