import { spokenDay } from '../../kernel/spoken-day.ts'
import type { Plan, ReturnForm } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Place } from '../../records/indicators/list-places.ts'
import { listFilings } from '../../records/returns/find-filings.ts'
import { listSubjects } from '../../records/returns/list-subjects.ts'
import type { Looked } from '../../records/returns/looked-at.ts'
import { periodsBegun, type ReturnPeriod } from '../../records/returns/return-period.ts'
import type { Subject } from '../../records/returns/subject.ts'
import type { PaperRow, PaperValue } from './paper-facts.ts'

interface Asked extends Looked {
  readonly place: Place
  readonly counties: readonly Place[]
}

/** Of each form the running period and the one before are what anybody is still asked for. */
const periodsTold = 2
const late = '已逾期'

/** As many names as a sentence bears; the count says the rest. */
const namesPrinted = 5

/**
 * 未报用数 — of each form, for the running period and the one before: which county's units have not handed it in, by name,
 * and which of that is overdue.
 *
 * Who owes it comes from the registry, so that whoever never opened it is named as well.
 */
export async function lateFacts(tx: Tx, plan: Plan, asked: Asked) {
  const rows: PaperRow[] = []
  const subjectsOf = rememberedSubjects(tx)
  for (const form of plan.forms.values()) {
    for (const period of periodsBegun(form, asked.today).slice(0, periodsTold))
      rows.push(
        ...(await rowsOf(tx, { form, period, subjects: await subjectsOf(form.subject, period.from) }, asked)),
      )
  }
  const overdue = rows.filter(({ cells }) => cells.late === late)
  const values = [...asked.counties, asked.place].map((place): [string, PaperValue] => {
    const ofPlace = overdue.filter(({ unitId }) => place === asked.place || unitId === place.unitId)
    const zh = '逾期未报的报表（按县计）'
    return [`not-submitted@${place.unitId}`, value(asked, place, zh, String(ofPlace.length))]
  })
  return { rows, overdue, values }
}

/** Many forms speak of the same subjects of the same day: they are listed once. */
function rememberedSubjects(tx: Tx) {
  const listed = new Map<string, Promise<Subject[]>>()
  return (subject: ReturnForm['subject'], day: string) => {
    const key = `${JSON.stringify(subject)} ${day}`
    const found = listed.get(key) ?? listSubjects(tx, subject, day)
    listed.set(key, found)
    return found
  }
}

interface Turn {
  readonly form: ReturnForm
  readonly period: ReturnPeriod
  readonly subjects: readonly Subject[]
}

async function rowsOf(tx: Tx, { form, period, subjects }: Turn, asked: Asked): Promise<PaperRow[]> {
  const owing = Map.groupBy(subjects, ({ countyId }) => countyId)
  const handedIn = new Set(
    (await listFilings(tx, form.id, period.id))
      .filter(({ firstSubmittedAt: at }) => at !== null && at <= (asked.moment ?? at))
      .map(({ countyId, subjectId }) => `${countyId} ${subjectId}`),
  )
  return asked.counties.flatMap((county) => {
    const due = owing.get(county.unitId) ?? []
    const missing = due.filter(({ countyId, id }) => !handedIn.has(`${countyId} ${id}`))
    return missing.length === 0 ? [] : [rowOf(form, period, county, { due, missing, asked })]
  })
}

function rowOf(
  form: ReturnForm,
  period: ReturnPeriod,
  county: Place,
  { due, missing, asked }: { due: readonly Subject[]; missing: readonly Subject[]; asked: Asked },
): PaperRow {
  const zh = `${form.zh}（${period.zh}）`
  const bound = (what: string, text: string) => value(asked, county, `${zh}${what}`, text)
  return {
    key: `${form.id}.${period.id}.${county.unitId}`,
    unitId: county.unitId,
    cells: {
      county: county.name,
      form: form.zh,
      period: period.zh,
      'due-on': {
        ...bound('截止', spokenDay(period.dueOn)),
        source: '报表定义',
        definition: '本期应报送的最后一天',
      },
      late: period.dueOn < asked.today ? late : '未到期',
      due: bound('应报', String(due.length)),
      missing: bound('未报', String(missing.length)),
      names: bound('未报单位', namesOf(missing, county)),
    },
  }
}

function namesOf(missing: readonly Subject[], county: Place): string {
  if (missing.every(({ kind }) => kind === 'county')) return `${county.name}教育主管部门`
  const named = missing.slice(0, namesPrinted).map(({ name }) => name)
  return named.join('、') + (missing.length > namesPrinted ? `等${missing.length}个单位` : '')
}

function value({ today: asOf }: Asked, place: Place, zh: string, text: string): PaperValue {
  return {
    zh,
    text,
    source: '填报台账',
    definition: '尚未提交的，应报单位按机构台账',
    asOf,
    where: place.name,
  }
}
