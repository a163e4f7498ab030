import { sql } from 'kysely'
import { addLoads, countLoad, type FormLoad } from '../../engines/filing/count-load.ts'
import { isMissing } from '../../kernel/missing.ts'
import { type SchoolYear, schoolYearLabel, schoolYearOf } from '../../kernel/school-year.ts'
import { type Plan, parameter, type ReturnForm } from '../../plan/index.ts'
import { actsAllowed } from '../../platform/access/policy.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { institutionKindNames } from '../../records/registry/institution.ts'
import { listFilings } from '../../records/returns/find-filings.ts'
import { listSubjects } from '../../records/returns/list-subjects.ts'
import { gatherAnswers } from '../../records/returns/read-answers.ts'
import { readFormAnswers } from '../../records/returns/read-form-answers.ts'
import { readFormBefore } from '../../records/returns/read-form-before.ts'
import { periodsBegun, type ReturnPeriod } from '../../records/returns/return-period.ts'
import { filingAccess } from './access.ts'
import type { Load, LoadMeter } from './load-contract.ts'
import { type Known, readKnownOfAll } from './read-known.ts'

/**
 * 填报负担 — what the forms of a whole school year, also those not begun, ask of every institution in sight that fills
 * them itself: how many fields, how many of them are there already, and how many minutes that takes by the city's assumption.
 */
export async function loadMeter(tx: Tx, plan: Plan, visitor: Visitor, today: string): Promise<LoadMeter> {
  const year = schoolYearOf(today)
  const seconds = secondsPerField(plan, today)
  const institutions = await loadsOf(tx, plan, year, today)
  const loaded = institutions.map(({ countyId, institutionId, name, kind, forms, load }) => ({
    kind,
    of: { countyId, institutionId, name, load: told(forms, load, seconds) },
  }))
  const fills = (of: Loaded) =>
    actsAllowed(filingAccess, visitor, { counties: [of.countyId], institution: of.institutionId }).includes(
      'fill-institution',
    )
  return {
    year: schoolYearLabel(year),
    seconds,
    own: loaded.flatMap(({ of }) => (fills(of) ? [of] : [])),
    kinds: Object.entries(institutionKindNames).flatMap(([kind, zh]) => {
      const all = loaded.filter((each) => each.kind === kind).map(({ of }) => of)
      return all.length > 0 ? [{ kind, zh, institutions: all.length, ...summed(all) }] : []
    }),
  }
}

type Loaded = LoadMeter['own'][number]

interface InstitutionLoad {
  readonly countyId: number
  readonly institutionId: number
  readonly name: string
  readonly kind: string
  readonly forms: number
  readonly load: FormLoad
}

async function loadsOf(tx: Tx, plan: Plan, year: SchoolYear, today: string): Promise<InstitutionLoad[]> {
  const kinds = await kindsOf(tx)
  const loads = new Map<string, InstitutionLoad>()
  for (const form of plan.forms.values()) {
    if (form.filledBy !== 'institution' || form.subject.each !== 'institution') continue
    for (const period of periodsOf(form, year))
      for (const { countyId, id, name, load } of await turnLoads(tx, plan, form, period, today)) {
        const key = `${countyId} ${id}`
        const sum = loads.get(key)
        loads.set(key, {
          countyId,
          institutionId: id,
          name,
          kind: kinds.get(key) ?? '',
          forms: (sum?.forms ?? 0) + 1,
          load: sum ? addLoads(sum.load, load) : load,
        })
      }
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

async function turnLoads(tx: Tx, plan: Plan, form: ReturnForm, period: ReturnPeriod, today: string) {
  const subjects = await listSubjects(tx, form.subject, period.from)
  const filings = new Map(
    (await listFilings(tx, form.id, period.id)).map((each) => [`${each.countyId} ${each.subjectId}`, each]),
  )
  const answers = await readFormAnswers(tx, form.id, period.id)
  const before = await readFormBefore(tx, form.id, period.id)
  // of a day to come the books know what they know today
  const known = await readKnownOfAll(tx, plan, form, period.from < today ? period.from : today)
  return subjects.map(({ countyId, id, name }) => {
    const key = `${countyId} ${id}`
    const filing = filings.get(key)
    const written = gatherAnswers((filing && answers.get(filing.filingId)) ?? [])
    return { countyId, id, name, load: countLoad(form, written, before.get(key), valuesOf(known.get(key))) }
  })
}

function valuesOf(known: Readonly<Record<string, Known>> = {}) {
  return Object.fromEntries(Object.entries(known).map(([field, { value }]) => [field, value ?? undefined]))
}

async function kindsOf(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ key: string; kind: string }>`
    select county_id || ' ' || institution_id as key, kind from book.institution_last`.execute(tx)
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

function told(forms: number, { write, ...load }: FormLoad, seconds: LoadMeter['seconds']): Load {
  const minutes = seconds && (write * seconds.write + (load.shown + load.offered) * seconds.confirm) / 60
  return { forms, ...load, minutes }
}

function summed(all: readonly Loaded[]) {
  const mean = (of: (load: Load) => number) => all.reduce((sum, { load }) => sum + of(load), 0) / all.length
  const timed = all.every(({ load }) => load.minutes !== null)
  return {
    mean: {
      forms: mean(({ forms }) => forms),
      fields: mean(({ fields }) => fields),
      shown: mean(({ shown }) => shown),
      offered: mean(({ offered }) => offered),
      minutes: timed ? mean(({ minutes }) => minutes ?? 0) : null,
    },
    largest: all.reduce((most, each) => (weight(each.load) > weight(most.load) ? each : most)),
  }
}

const weight = ({ minutes, fields }: Load) => minutes ?? fields
