import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { type Enrolment, enrolmentFields } from '../../../records/registry/enrolment.ts'
import { entryColumns } from '../../../records/registry/entry-columns.ts'
import { type PupilFlow, pupilFlowFields } from '../../../records/registry/pupil-flow.ts'
import { type SchoolClass, schoolClassFields } from '../../../records/registry/school-class.ts'
import { classKey, enrolmentKey, flowKey, type KnownBooks } from '../judge/known-books.ts'

/** 已登记的在校生 — of these school years. */
export async function loadEnrolment(tx: Tx, years: readonly number[]): Promise<KnownBooks['enrolment']> {
  const { rows } = await sql<Enrolment>`
    select ${entryColumns(enrolmentFields)} from book.enrolment where school_year = any(${years}::integer[])`.execute(
    tx,
  )
  return new Map(rows.map((row) => [enrolmentKey(row), row]))
}

/** 已登记的班级 — of these school years. */
export async function loadClasses(tx: Tx, years: readonly number[]): Promise<KnownBooks['classes']> {
  const { rows } = await sql<SchoolClass>`
    select ${entryColumns(schoolClassFields)} from book.school_class where school_year = any(${years}::integer[])`.execute(
    tx,
  )
  return new Map(rows.map((row) => [classKey(row), row]))
}

/** 已登记的学生变动 — of these school years. */
export async function loadFlows(tx: Tx, years: readonly number[]): Promise<KnownBooks['flows']> {
  const { rows } = await sql<PupilFlow>`
    select ${entryColumns(pupilFlowFields)} from book.pupil_flow where school_year = any(${years}::integer[])`.execute(
    tx,
  )
  return new Map(rows.map((row) => [flowKey(row), row]))
}
