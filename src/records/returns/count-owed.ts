import { sql } from 'kysely'
import type { ReturnForm } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { listSubjects } from './list-subjects.ts'
import { periodsBegun, type ReturnPeriod } from './return-period.ts'
import type { Subject } from './subject.ts'

/** 应报情况 — of one form, period and county in sight: how many owe it, and how many have handed in. */
export interface Owed {
  readonly form: ReturnForm
  readonly period: ReturnPeriod
  readonly countyId: number
  readonly due: number
  /** Handed in at least once by the moment the books are read, however it went on. */
  readonly handedIn: number
}

/** Of each form the running period and the one before are what people still work on. */
const periodsWatched = 2

/**
 * 清点应报 — every form with a period begun by `day` in every county in sight. Whoever owes is read from the registry of
 * the period's first day; a book kept by event is never due.
 */
export async function countOwed(tx: Tx, forms: Iterable<ReturnForm>, day: string): Promise<Owed[]> {
  const counts = await countHandedIn(tx)
  const subjectsOf = rememberSubjects(tx)
  const owed: Owed[] = []
  for (const form of forms) {
    for (const period of periodsBegun(form, day).slice(0, periodsWatched)) {
      const byCounty = Map.groupBy(await subjectsOf(form.subject, period.from), ({ countyId }) => countyId)
      for (const [countyId, { length: due }] of byCounty) {
        const handedIn = counts.get(`${form.id} ${period.id} ${countyId}`) ?? 0
        owed.push({ form, period, countyId, due, handedIn })
      }
    }
  }
  return owed
}

async function countHandedIn(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ form: string; period: string; county: number; count: number }>`
    select form_id as form, period, county_id as county, count(*)::integer as count
      from returns.filing where first_submitted_at <= (select book.known_at())
     group by form_id, period, county_id`.execute(tx)
  return new Map(rows.map(({ form, period, county, count }) => [`${form} ${period} ${county}`, count]))
}

/** Many forms speak of the same subjects of the same day: they are listed once. */
function rememberSubjects(tx: Tx) {
  const listed = new Map<string, Promise<Subject[]>>()
  return (subject: ReturnForm['subject'], day: string) => {
    const key = `${JSON.stringify(subject)} ${day}`
    const found = listed.get(key) ?? listSubjects(tx, subject, day)
    listed.set(key, found)
    return found
  }
}
