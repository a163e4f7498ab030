import { sql } from 'kysely'
import type { SchoolYear } from '../../../kernel/school-year.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { type Enrolment, enrolmentFields } from '../enrolment.ts'
import { entryColumns } from '../entry-columns.ts'
import { type PupilFlow, pupilFlowFields } from '../pupil-flow.ts'
import { type SchoolClass, schoolClassFields } from '../school-class.ts'
import { type StaffCount, staffCountFields } from '../staff-count.ts'

/** 取数范围 — whose filings of which school years; all when absent. */
export interface FilingFilter {
  readonly institutionIds?: readonly number[]
  readonly schoolYears?: readonly SchoolYear[]
}

/** 在校生登记 — pupils by grade as the institutions themselves filed them. */
export const readEnrolment = (tx: Tx, filter?: FilingFilter) =>
  readFilings<Enrolment>(tx, 'enrolment', enrolmentFields, filter)

/** 班级登记 — single classes as filed. */
export const readSchoolClasses = (tx: Tx, filter?: FilingFilter) =>
  readFilings<SchoolClass>(tx, 'school_class', schoolClassFields, filter)

/** 学生变动登记 — entrants, graduates and movements as filed. */
export const readFlows = (tx: Tx, filter?: FilingFilter) =>
  readFilings<PupilFlow>(tx, 'pupil_flow', pupilFlowFields, filter)

/** 教师登记 — full-time teachers as filed. */
export const readStaff = (tx: Tx, filter?: FilingFilter) =>
  readFilings<StaffCount>(tx, 'staff_count', staffCountFields, filter)

async function readFilings<T>(
  tx: Tx,
  book: string,
  fields: readonly (keyof T & string)[],
  { institutionIds, schoolYears }: FilingFilter = {},
): Promise<T[]> {
  const conditions = [
    sql`true`,
    ...(institutionIds ? [sql`institution_id = any (${institutionIds}::bigint[])`] : []),
    ...(schoolYears ? [sql`school_year = any (${schoolYears}::smallint[])`] : []),
  ]
  const { rows } = await sql<T>`
    select ${entryColumns(fields)} from book.${sql.raw(book)}
     where ${sql.join(conditions, sql` and `)} order by 2, 3, 4, 5`.execute(tx)
  return rows
}
