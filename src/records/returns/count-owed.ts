import { sql } from 'kysely'
import type { ReturnForm } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { subjectsOn } from './list-subjects.ts'
import type { Looked } from './looked-at.ts'
import { periodsBegun, type ReturnPeriod } from './return-period.ts'

/** 应报情况 — of one form, period and county in sight: how many owe it, and how many have handed in. */
export interface Owed {
  readonly form: ReturnForm
  readonly period: ReturnPeriod
  readonly countyId: number
  readonly due: number
  /** Handed in at least once by the moment looked from, however it went on. */
  readonly handedIn: number
}

/** Of each form the running period and the one before are what people still work on. */
const periodsWatched = 2

/**
 * 清点应报 — every form with a period begun by the day in every county in sight. Whoever owes is read from the registry of
 * the period's first day; a book kept by event is never due.
 */
export async function countOwed(
  tx: Tx,
  forms: Iterable<ReturnForm>,
  { today, moment }: Looked,
): Promise<Owed[]> {
  const watched = [...forms].flatMap((form) =>
    periodsBegun(form, today)
      .slice(0, periodsWatched)
      .map((period) => ({ form, period })),
  )
  const counts = await countHandedIn(tx, moment)
  const subjects = await countSubjects(tx, watched)
  return watched.flatMap(({ form, period }) =>
    (subjects.get(keyOf(form, period)) ?? []).map(({ countyId, due }) => ({
      form,
      period,
      countyId,
      due,
      handedIn: counts.get(`${form.id} ${period.id} ${countyId}`) ?? 0,
    })),
  )
}

async function countHandedIn(tx: Tx, moment = 'infinity'): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ form: string; period: string; county: number; count: number }>`
    select form_id as form, period, county_id as county, count(*)::integer as count
      from returns.filing where first_submitted_at <= ${moment}::timestamptz
     group by form_id, period, county_id`.execute(tx)
  return new Map(rows.map(({ form, period, county, count }) => [`${form} ${period} ${county}`, count]))
}

type Watched = Pick<Owed, 'form' | 'period'>

/** Many forms speak of the same subjects of the same day: they are counted once, and all in one statement. */
async function countSubjects(
  tx: Tx,
  watched: readonly Watched[],
): Promise<ReadonlyMap<string, readonly Counted[]>> {
  const asked = new Map(watched.map((each) => [keyOf(each.form, each.period), each]))
  if (asked.size === 0) return new Map()
  const counts = [...asked].map(
    ([key, { form, period }]) => sql`
      select ${key}::text as key, "countyId", count(*)::integer as due
        from (${subjectsOn(form.subject, period.from)}) as subject group by "countyId"`,
  )
  const { rows } = await sql<Counted>`${sql.join(counts, sql` union all `)} order by key, "countyId"`.execute(
    tx,
  )
  return Map.groupBy(rows, ({ key }) => key)
}

interface Counted {
  readonly key: string
  readonly countyId: number
  readonly due: number
}

function keyOf({ subject }: Watched['form'], { from }: Watched['period']): string {
  return `${JSON.stringify(subject)} ${from}`
}
