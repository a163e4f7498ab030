import { sql } from 'kysely'
import type { Database } from '../../platform/db/open-database.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { eraseSubject } from './erase-subject.ts'
import { forUpkeep } from './for-upkeep.ts'

/** 保存期规则 — whose data are erased, and when; the years are the site's to shorten or lengthen. */
export interface RetentionRule {
  readonly id: 'left-pupils' | 'former-staff' | 'unlinked-guardians'
  readonly zh: string
  readonly keepYears: number
}

export const retentionRules: readonly RetentionRule[] = [
  { id: 'left-pupils', zh: '学生毕业或转出满 3 年', keepYears: 3 },
  { id: 'former-staff', zh: '教职工离任满 10 年', keepYears: 10 },
  { id: 'unlinked-guardians', zh: '所监护的孩子都已删除的监护人，随之删除', keepYears: 0 },
]

/** 清理结果 — people erased, by rule. */
export type Retained = Readonly<Record<RetentionRule['id'], number>>

/** 到期清理 — erases in each county whoever is due on that day, and enters the run; running it twice changes nothing more. */
export async function applyRetention(
  db: Database,
  counties: readonly number[],
  today: string,
  rules: readonly RetentionRule[] = retentionRules,
): Promise<Retained> {
  const total = { 'left-pupils': 0, 'former-staff': 0, 'unlinked-guardians': 0 }
  for (const countyId of counties) {
    await forUpkeep(db).transaction({ counties: [countyId] }, async (tx) => {
      const removed: Record<string, number> = {}
      // Guardians last: those of children erased just now fall due with them.
      for (const { id, keepYears } of rules) {
        const due = await dueOf[id](tx, countyId, before(today, keepYears))
        for (const personId of due) await eraseSubject(tx, { countyId, personId }, 'retention', '到期清理')
        removed[id] = due.length
        total[id] += due.length
      }
      await sql`
        insert into people.retention_run (county_id, on_day, removed)
        values (${countyId}, ${today}::date, ${JSON.stringify(removed)}::jsonb)`.execute(tx)
    })
  }
  return total
}

type Due = (tx: Tx, countyId: number, limit: string) => Promise<number[]>

/** People of a table whose every row there ended on or before the limit, and who are in no other role since. */
const dueOf: Readonly<Record<RetentionRule['id'], Due>> = {
  'left-pupils': (tx, countyId, limit) => endedIn(tx, 'people.enrolment_record', countyId, limit),
  'former-staff': (tx, countyId, limit) => endedIn(tx, 'people.staff_post', countyId, limit),
  'unlinked-guardians': async (tx, countyId) => {
    const { rows } = await sql<{ id: number }>`
      select person_id as id from people.person as p where county_id = ${countyId}
         and not exists (select from people.guardian_link g where g.county_id = p.county_id and g.guardian_id = p.person_id)
         and not exists (select from people.enrolment_record r where r.county_id = p.county_id and r.person_id = p.person_id)
         and not exists (select from people.staff_post s where s.county_id = p.county_id and s.person_id = p.person_id)`.execute(
      tx,
    )
    return rows.map(({ id }) => id)
  },
}

async function endedIn(tx: Tx, table: string, countyId: number, limit: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select person_id as id from ${sql.table(table)} as ended where county_id = ${countyId}
       and not exists (select from people.guardian_link g
                        where g.county_id = ended.county_id and g.guardian_id = ended.person_id and upper_inf(g.valid))
       and not exists (select from people.staff_post s where s.county_id = ended.county_id
                          and s.person_id = ended.person_id and (upper_inf(s.valid) or upper(s.valid) > ${limit}::date))
       and not exists (select from people.enrolment_record r where r.county_id = ended.county_id
                          and r.person_id = ended.person_id and (upper_inf(r.valid) or upper(r.valid) > ${limit}::date))
     group by person_id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** The same day years earlier; 29 February becomes the 28th. */
function before(day: string, years: number): string {
  const earlier = `${Number(day.slice(0, 4)) - years}${day.slice(4)}`
  return earlier.endsWith('-02-29') && !isLeap(Number(earlier.slice(0, 4)))
    ? earlier.replace('-29', '-28')
    : earlier
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}
