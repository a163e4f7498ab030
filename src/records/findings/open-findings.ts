import { sql } from 'kysely'
import type { FindingHand } from '../../kernel/finding.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { beginNoting } from '../registry/begin-writing.ts'
import type { FindingFound } from './finding.ts'

/** 立项人 — who says so: a person above the unit, or the platform by a rule. */
export interface Finder {
  readonly hand: Exclude<FindingHand, 'rectifier'>
  readonly account: string
  readonly name: string
}

/** 平台立项 — the platform opens by a rule, in nobody's name. */
export const platformFinder: Finder = { hand: 'platform', account: '', name: '平台按规则' }

/** 立项结果 — `standing`: it was open already; `excused`: the same gap was found before and, with a reason, no case for rectification. */
export interface FindingOpened {
  readonly findingId: number
  readonly outcome: 'opened' | 'reopened' | 'standing' | 'excused'
}

/**
 * 立项 — enters what was found, in the order given; the same source, rule and subject is one finding for good.
 *
 * While it is open nothing happens (but a mark that its condition was met is taken back); closed, it is opened again with
 * its history: a relapse. One that a person dismissed with a reason stays so until its condition was met once: what is
 * found after that is a new gap. The day is that of the books.
 */
export async function openFindings(
  tx: Tx,
  found: readonly FindingFound[],
  finder: Finder,
  on: string,
): Promise<FindingOpened[]> {
  if (found.length === 0) return []
  const moment = await beginNoting(tx, [...new Set(found.map(({ subject }) => subject.countyId))])
  const standing = await standingOf(tx, found)
  const step = (row: Standing, act: 'reopen' | 'condition-lost', phase: string) => ({
    ...row,
    act,
    phase,
    follows: row.revision,
    was: row.phase,
    revision: row.revision + 1,
    says: found[row.at]!.says,
  })
  const relapsed = standing.filter((each) => outcomeOf(each) === 'reopened')
  const lost = standing.filter(({ phase, conditionMet }) => phase !== 'closed' && conditionMet)
  const fresh = await enter(tx, found, new Set(standing.map(({ at }) => at)), on, moment)
  await writeSteps(
    tx,
    [
      ...fresh.map((row) => ({
        ...row,
        act: 'open',
        phase: 'opened',
        follows: null,
        was: null,
        revision: 0,
      })),
      ...relapsed.map((row) => step(row, 'reopen', 'opened')),
      // Only a rule takes back what a rule said.
      ...(finder.hand === 'platform' ? lost.map((row) => step(row, 'condition-lost', row.phase)) : []),
    ],
    finder,
    { on, moment },
  )
  const outcomes = new Map<number, FindingOpened>([
    ...fresh.map(({ at, findingId }) => [at, { findingId, outcome: 'opened' }] as const),
    ...standing.map((each) => [each.at, { findingId: each.findingId, outcome: outcomeOf(each) }] as const),
  ])
  return found.map((_, at) => outcomes.get(at)!)
}

/** 立一项 — one finding; see `openFindings`. */
export async function openFinding(
  tx: Tx,
  found: FindingFound,
  finder: Finder,
  on: string,
): Promise<FindingOpened> {
  const [opened] = await openFindings(tx, [found], finder, on)
  return opened!
}

interface Standing {
  readonly at: number
  readonly countyId: number
  readonly findingId: number
  readonly institutionId: number | null
  readonly ownerLevel: string
  readonly phase: string
  readonly revision: number
  readonly dismissed: boolean
  readonly conditionMet: boolean
}

function outcomeOf({ phase, dismissed, conditionMet }: Standing): FindingOpened['outcome'] {
  if (phase !== 'closed') return 'standing'
  return dismissed && !conditionMet ? 'excused' : 'reopened'
}

/** What is known already of what was found, by its place in the list. */
async function standingOf(tx: Tx, found: readonly FindingFound[]): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    with given as (select * from json_to_recordset(${JSON.stringify(found.map(keyOf))}::json)
      as given (at integer, county integer, source text, rule text, kind text, subject bigint, thing text))
    select given.at, f.county_id as "countyId", f.finding_id as "findingId", f.institution_id as "institutionId",
           f.owner_level as "ownerLevel", f.phase, f.revision, f.dismissed, f.condition_met as "conditionMet"
      from given join book.findings as f
        on f.county_id = given.county and f.source = given.source and f.rule = given.rule
       and f.subject_kind = given.kind and f.subject_id = given.subject and f.thing = given.thing`.execute(tx)
  return rows
}

function keyOf({ source, rule, subject }: FindingFound, at: number) {
  const { countyId: county, kind, id, thing } = subject
  return { at, county, source, rule: rule ?? null, kind, subject: id, thing: thing?.id ?? '' }
}

interface Entered {
  readonly at: number
  readonly countyId: number
  readonly findingId: number
  readonly institutionId: number | null
  readonly ownerLevel: string
  readonly says: string
}

/** Numbers run by county and year without a gap: the counter goes back with the transaction. */
async function enter(
  tx: Tx,
  found: readonly FindingFound[],
  known: ReadonlySet<number>,
  on: string,
  moment: string,
): Promise<Entered[]> {
  const entries = found.flatMap((each, at) =>
    known.has(at)
      ? []
      : [
          {
            ...keyOf(each, at),
            item: each.item,
            quote: each.quote,
            owner: each.ownerLevel,
            supervision: each.supervision,
            thingName: each.subject.thing?.name ?? null,
            severity: each.severity,
          },
        ],
  )
  if (entries.length === 0) return []
  const { rows } = await sql<Omit<Entered, 'says' | 'at'> & { number: string; at: number }>`
    with given as (select *, row_number() over (partition by county order by at) as place
      from json_to_recordset(${JSON.stringify(entries)}::json) as given (at integer, county integer, source text,
        rule text, kind text, subject bigint, thing text, "thingName" text, item text, quote text, owner text, supervision text, severity text)),
    numbered as (
      insert into findings.number as number (county_id, year, last)
      select county, extract(year from ${on}::date), count(*) from given group by county
      on conflict (county_id, year) do update set last = number.last + excluded.last
      returning county_id, year, last),
    named as (
      select given.*, county.name || '问改〔' || numbered.year || '〕'
             || numbered.last - count(*) over (partition by given.county) + given.place || '号' as number
        from given join numbered on numbered.county_id = given.county
             join registry.county on county.county_id = given.county),
    entered as (
      insert into findings.finding (county_id, number, source, rule, item, quote, subject_kind, subject_id,
        thing, thing_name, institution_id, owner_level, supervision, severity, opened_on, opened_at)
      select county, number, source, rule, item, quote, kind, subject, thing, "thingName", case kind when 'institution' then subject end,
             owner, supervision, severity, ${on}::date, ${moment}::timestamptz
        from named order by at
      returning county_id, finding_id, number, institution_id, owner_level)
    select named.at, entered.county_id as "countyId", entered.finding_id as "findingId",
           entered.institution_id as "institutionId", entered.owner_level as "ownerLevel"
      from entered join named on named.county = entered.county_id and named.number = entered.number`.execute(
    tx,
  )
  return rows.map((row) => ({ ...row, says: found[row.at]!.says }))
}

/** 待记步骤 — one line of `findings.step` before it is written. */
export interface StepLine {
  readonly countyId: number
  readonly findingId: number
  readonly institutionId: number | null
  readonly ownerLevel: string
  readonly revision: number
  readonly act: string
  readonly follows: number | null
  readonly was: string | null
  readonly phase: string
  readonly says: string
}

/** 批量记步骤 — the same kind of step for many findings at once. */
export async function writeSteps(
  tx: Tx,
  steps: readonly StepLine[],
  { hand, account, name }: Finder,
  { on, moment }: { readonly on: string; readonly moment: string },
): Promise<void> {
  if (steps.length === 0) return
  await sql`
    insert into findings.step (county_id, finding_id, revision, institution_id, owner_level, act, follows, was, phase,
      hand, account, done_by, says, done_on, done_at)
    select "countyId", "findingId", revision, "institutionId", "ownerLevel", act, follows, was, phase,
           ${hand}, ${account}, ${name}, says, ${on}::date, ${moment}::timestamptz
      from json_to_recordset(${JSON.stringify(steps)}::json) as given ("countyId" integer, "findingId" bigint,
        revision integer, "institutionId" bigint, "ownerLevel" text, act text, follows integer, was text, phase text,
        says text)`.execute(tx)
}
