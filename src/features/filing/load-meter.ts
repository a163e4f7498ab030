import { sql } from 'kysely'
import { addLoads, countLoad, type FormLoad } from '../../engines/filing/count-load.ts'
import { isMissing } from '../../kernel/missing.ts'
import { type SchoolYear, schoolYearLabel, schoolYearOf } from '../../kernel/school-year.ts'
import { type Plan, parameter, type ReturnForm } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { institutionKindNames } from '../../records/registry/institution.ts'
import { listFilings } from '../../records/returns/find-filings.ts'
import { listSubjects } from '../../records/returns/list-subjects.ts'
import type { Looked } from '../../records/returns/looked-at.ts'
import { gatherAnswers } from '../../records/returns/read-answers.ts'
import { readFormAnswers } from '../../records/returns/read-form-answers.ts'
import { periodsBegun, type ReturnPeriod } from '../../records/returns/return-period.ts'
import type { Subject } from '../../records/returns/subject.ts'
import { formsOwedHere } from './forms-owed-here.ts'
import { handsOf } from './hands.ts'
import type { Load, LoadMeter } from './load-contract.ts'
import { type Beside, readBesides } from './read-beside.ts'

/**
 * 填报负担 — what the forms of a whole school year, also those not begun, ask of every institution and county in sight that
 * fills them itself: how many fields, how many of them are there already, and how many minutes that takes by the city's
 * assumption. Whoever filed before is told apart: what was approved a period before is there for them alone.
 */
export async function loadMeter(tx: Tx, plan: Plan, visitor: Visitor, looked: Looked): Promise<LoadMeter> {
  const { today } = looked
  const year = schoolYearOf(today)
  const seconds = secondsPerField(plan, today)
  const loaded = (await loadsOf(tx, plan, formsOwedHere(plan, visitor), { year, ...looked })).map(
    ({ forms, load, ...of }) => ({ ...of, told: told(of.subject, forms, load, seconds) }),
  )
  const fills = ({ subject: { countyId, kind, id }, form }: (typeof loaded)[number]) =>
    handsOf(visitor, form, { countyId, subjectKind: kind, subjectId: id }).includes('filler')
  return {
    year: schoolYearLabel(year),
    seconds,
    own: loaded.flatMap((each) => (fills(each) ? [each.told] : [])),
    kinds: Object.entries({ ...institutionKindNames, county: '县（市、区）' }).flatMap(([kind, zh]) => {
      const all = loaded.filter((each) => each.kind === kind)
      if (all.length === 0) return []
      const again = all.filter(({ filedBefore }) => filedBefore).map((each) => each.told)
      const first = all.map((each) => each.told)
      return [
        {
          kind,
          zh,
          ...summed(first),
          largest: first.reduce((most, each) => (weight(each.load) > weight(most.load) ? each : most)),
          again: again.length > 0 ? summed(again) : null,
        },
      ]
    }),
  }
}

type Loaded = LoadMeter['own'][number]

interface SubjectLoad {
  readonly subject: Subject
  readonly kind: string
  /** One of the forms it fills, by which it is told who fills them. */
  readonly form: ReturnForm
  readonly forms: number
  readonly load: FormLoad
  /** Was anything of it approved a period before? */
  readonly filedBefore: boolean
}

interface YearAsked extends Looked {
  readonly year: SchoolYear
}

async function loadsOf(tx: Tx, plan: Plan, forms: readonly ReturnForm[], asked: YearAsked) {
  const kinds = await kindsOf(tx)
  const loads = new Map<string, SubjectLoad>()
  for (const form of forms)
    for (const period of periodsOf(form, asked.year))
      for (const { subject, load, filedBefore } of await turnLoads(tx, plan, { form, period }, asked)) {
        const key = `${subject.countyId} ${subject.kind} ${subject.id}`
        const sum = loads.get(key)
        loads.set(key, {
          subject,
          kind: kinds.get(key) ?? subject.kind,
          form,
          forms: (sum?.forms ?? 0) + 1,
          load: sum ? addLoads(sum.load, load) : load,
          filedBefore: filedBefore || (sum?.filedBefore ?? false),
        })
      }
  return [...loads.values()]
}

/** A form filed once weighs on the year in which it is due. */
function periodsOf(form: ReturnForm, year: SchoolYear): ReturnPeriod[] {
  return periodsBegun(form, lastDay(year)).filter(
    ({ from, dueOn }) => schoolYearOf(form.rhythm.kind === 'once' ? dueOn : from) === year,
  )
}

const lastDay = (year: SchoolYear) => `${year + 1}-08-31`

interface Turn {
  readonly form: ReturnForm
  readonly period: ReturnPeriod
}

async function turnLoads(tx: Tx, plan: Plan, { form, period }: Turn, { today, moment }: Looked) {
  const subjects = await listSubjects(tx, form.subject, period.from)
  const filings = new Map(
    (await listFilings(tx, form.id, period.id, moment)).map((each) => [
      `${each.countyId} ${each.subjectId}`,
      each,
    ]),
  )
  const answers = await readFormAnswers(tx, form.id, period.id, moment)
  // of a day to come the books know what they know today
  const day = period.from < today ? period.from : today
  const besides = await readBesides(tx, plan, { form, period: period.id, day })
  return subjects.map((subject) => {
    const filing = filings.get(`${subject.countyId} ${subject.id}`)
    const written = gatherAnswers((filing && answers.get(filing.filingId)) ?? [])
    const beside = besides(subject)
    const { before, rows } = beside
    const load = countLoad(form, written, { before, rows, known: valuesOf(beside) })
    return { subject, load, filedBefore: before !== undefined }
  })
}

function valuesOf({ fields }: Beside) {
  return Object.fromEntries(Object.entries(fields).map(([field, { value }]) => [field, value ?? undefined]))
}

async function kindsOf(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ key: string; kind: string }>`
    select county_id || ' institution ' || institution_id as key, kind from book.institution_last`.execute(tx)
  return new Map(rows.map(({ key, kind }) => [key, kind]))
}

function secondsPerField(plan: Plan, today: string): LoadMeter['seconds'] {
  const found = parameter(plan, 'filing.seconds-per-field', { on: today, asOf: today })
  if (isMissing(found) || !found.ok || typeof found.value.value !== 'object') return null
  const { write, confirm } = found.value.value
  return write === undefined || confirm === undefined
    ? null
    : { write, confirm, rationale: found.value.rationale ?? null }
}

function told(
  { countyId, id, name }: Subject,
  forms: number,
  { write, ...load }: FormLoad,
  seconds: LoadMeter['seconds'],
): Loaded {
  const minutes = seconds && (write * seconds.write + (load.shown + load.offered) * seconds.confirm) / 60
  return { countyId, subjectId: id, name, load: { forms, ...load, minutes } }
}

function summed(all: readonly Loaded[]) {
  const mean = (of: (load: Load) => number) => all.reduce((sum, { load }) => sum + of(load), 0) / all.length
  const timed = all.every(({ load }) => load.minutes !== null)
  return {
    subjects: all.length,
    mean: {
      forms: mean(({ forms }) => forms),
      fields: mean(({ fields }) => fields),
      shown: mean(({ shown }) => shown),
      offered: mean(({ offered }) => offered),
      minutes: timed ? mean(({ minutes }) => minutes ?? 0) : null,
    },
  }
}

const weight = ({ minutes, fields }: Load) => minutes ?? fields
