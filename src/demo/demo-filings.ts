import { sql } from 'kysely'
import type { Answers, FiledAnswers } from '../kernel/filed-answers.ts'
import { censusDay, schoolYearOf } from '../kernel/school-year.ts'
import { carriageOf, type Plan, type ReturnForm } from '../plan/index.ts'
import type { Database } from '../platform/db/open-database.ts'
import type { Tx } from '../platform/db/transaction-client.ts'
import { listSubjects } from '../records/returns/list-subjects.ts'
import { publishForms } from '../records/returns/publish-forms.ts'
import { periodsBegun, type ReturnPeriod } from '../records/returns/return-period.ts'
import type { Subject } from '../records/returns/subject.ts'
import { type AnswerGround, demoAnswers } from './demo-answers.ts'
import { demoEntries } from './demo-entries.ts'
import { type Outcome, writeFiling } from './demo-filing.ts'
import { randomStream } from './random-stream.ts'

/** 演示年 — the day the demonstration is built and the year that runs on it. */
export interface DemoTime {
  readonly today: string
  readonly year: number
}

/** Counties are written this many at a time, as the city itself is. */
const connections = 2

/** In so many counties institutions file; in the others only the county itself does, so that a first start stays short. */
const countiesOfSchools = 3

/** Of each such county the first institution of each of these kinds files, in town and in the country; all others are left for people to chase. */
const filingKinds = ['kindergarten', 'primary-school', 'junior-school', 'senior-high']

/**
 * 演示填报（合成数据） — last year's filings, approved, and this year's, opened with what last year said.
 *
 * One county of four files late and one never files its own returns; of this year's some are handed in, returned or
 * approved. The books kept by event get a few entries, agreements among them that have run out.
 */
export async function loadDemoFilings(
  db: Database,
  plan: Plan,
  seed: number,
  today: string,
): Promise<number> {
  await publishForms(db.pool, plan)
  const { rows } = await db.pool.query<{ id: number }>(
    "select county_id as id from registry.county where kind = 'county' order by county_id",
  )
  let filings = 0
  const time = { today, year: schoolYearOf(today) }
  const waiting = rows.entries()
  const fileNext = async (): Promise<void> => {
    for (const [index, { id }] of waiting)
      await db.transaction({ counties: [id], asOf: today }, async (tx) => {
        const county = await readCounty(tx, plan, { id, index, seed })
        for (const form of plan.forms.values()) {
          const written = await fileForm(tx, form, county, time)
          filings += written
        }
      })
  }
  await Promise.all(Array.from({ length: connections }, fileNext))
  return filings
}

/** 演示县 — what generated answers of a county point to. */
export interface DemoCounty {
  readonly id: number
  readonly index: number
  readonly seed: number
  readonly plan: Plan
  readonly institutions: readonly { readonly id: number; readonly kind: string; readonly rural: boolean }[]
  readonly townships: readonly number[]
  readonly filers: ReadonlySet<number>
}

async function readCounty(
  tx: Tx,
  plan: Plan,
  { id, index, seed }: { readonly id: number; readonly index: number; readonly seed: number },
): Promise<DemoCounty> {
  const institutions = await sql<DemoCounty['institutions'][number]>`
    select institution_id as id, kind, urban_rural like '2%' as rural from book.institution order by institution_id`.execute(
    tx,
  )
  const townships = await sql<{ id: number }>`
    select unit_id as id from book.unit where kind = 'township' order by unit_id`.execute(tx)
  const first = (kind: string, rural?: true) =>
    institutions.rows.find((each) => each.kind === kind && (!rural || each.rural))?.id ?? []
  const filers = (index < countiesOfSchools ? filingKinds : []).flatMap((kind) =>
    [first(kind), first(kind, true)].flat(),
  )
  return {
    id,
    index,
    seed,
    plan,
    institutions: institutions.rows,
    townships: townships.rows.map((each) => each.id),
    filers: new Set(filers),
  }
}

async function fileForm(tx: Tx, form: ReturnForm, county: DemoCounty, time: DemoTime): Promise<number> {
  if (form.rhythm.kind === 'event') return demoEntries(tx, form, county, time)
  const periods = periodsOf(form, time)
  const subjects = (await listSubjects(tx, form.subject, time.today)).filter(
    ({ countyId, kind, id }) => countyId === county.id && (kind === 'county' || county.filers.has(id)),
  )
  let filings = 0
  for (const subject of subjects) {
    let before: FiledAnswers | undefined
    for (const period of periods) {
      const outcome = outcomeOf(form, period, county, time)
      if (outcome === 'none') continue
      before = await writeFiling(tx, form, period, subject, {
        outcome,
        before,
        today: time.today,
        answers: answersOf(form, period, subject, county),
      })
      filings++
    }
  }
  return filings
}

/** The periods of last year and of this one, the earlier first; the demonstration was rehearsed a year before forms were owed. */
function periodsOf(form: ReturnForm, { today, year }: DemoTime): ReturnPeriod[] {
  const rehearsed = form.from <= today ? { ...form, from: censusDay(year - 1) } : form
  return periodsBegun(rehearsed, today)
    .filter(({ from }) => schoolYearOf(from) >= year - 1)
    .reverse()
}

/** Last year is done with; this year's stand differently from county to county, the first county's wait for their clerks. */
function outcomeOf(
  form: ReturnForm,
  period: ReturnPeriod,
  { index }: DemoCounty,
  time: DemoTime,
): Outcome | 'none' {
  const ofCounty = form.filledBy === 'county'
  if (ofCounty && index % 4 === 3) return 'none'
  if (schoolYearOf(period.from) < time.year) return ofCounty && index % 4 === 2 ? 'approved-late' : 'approved'
  return index === 0 ? 'draft' : (['submitted', 'returned', 'approved', 'draft'] as const)[index % 4]!
}

function answersOf(
  form: ReturnForm,
  period: ReturnPeriod,
  subject: Subject,
  county: DemoCounty,
): FiledAnswers {
  const stream = randomStream(county.seed, `filing ${form.id} ${period.id} ${subject.id}`)
  const kind = county.institutions.find(({ id }) => id === subject.id)?.kind
  const ground: AnswerGround = {
    stream,
    day: period.from,
    institutions: county.institutions.map(({ id }) => id),
    units: county.townships,
    lines: linesOf(form, kind, county),
  }
  return demoAnswers(form, ground)
}

const classesPerGrade = 2

/** One line for each class, each grade, each item or, of other things, three. */
function linesOf(form: ReturnForm, kind: string | undefined, county: DemoCounty): Answers[] {
  if (!form.lines) return []
  const of = (id: string) => form.lines!.fields.find((field) => field.id === id)
  const items = form.lines.fields.find(({ id }) => id === 'item' || id === 'measure')
  if (form.tracks !== undefined) return trackedItems(county.plan)
  if (items?.codes) return items.codes.map(({ code }) => ({ [items.id]: code }))
  const grades = (of('grade')?.codes ?? []).filter(({ code }) =>
    code.startsWith(gradeLetter[kind ?? ''] ?? '?'),
  )
  if (of('class'))
    return grades.flatMap(({ code }) =>
      Array.from({ length: classesPerGrade }, (_, at) => ({ grade: code, class: at + 1 })),
    )
  if (grades.length > 0) return grades.map(({ code }) => ({ grade: code }))
  return [{}, {}, {}]
}

const gradeLetter: Readonly<Record<string, string>> = {
  'primary-school': 'p',
  'junior-school': 'j',
  'senior-high': 's',
}

function trackedItems(plan: Plan): Answers[] {
  return carriageOf(plan)
    .filter(({ status }) => status === 'tracked' || status === 'later-room')
    .map(({ item }) => ({ item: item.id.toLowerCase(), status: 'under-way' }))
}
