import { sql } from 'kysely'
import { censusDay } from '../../../kernel/school-year.ts'
import { type Grade, gradesOf, type Stage } from '../../../kernel/stage.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { WrittenValue } from '../../../platform/sheets/written-sheet.ts'
import { importTables } from '../tables/all-tables.ts'
import { gradeName } from '../tables/code-lists.ts'
import type { Prefill } from './template.ts'

/** What the book holds of one institution's grade a year ago. */
interface LastYear {
  readonly pupils: number
  readonly classes: number | null
}

interface Running {
  readonly institutionId: number
  readonly code: string
  readonly name: string
  readonly stages: readonly Stage[]
}

/**
 * 预填在校生 — every institution open on the year's statistical day with each grade it may have, last year's figures in grey beside it.
 *
 * The clerk fills in the white cells only; a grade without pupils gets 0, or its row is deleted.
 */
export async function prefillEnrolment(
  tx: Tx,
  kind: 'enrolment-by-grade' | 'enrolment-by-class',
  thisYear: number,
): Promise<Prefill> {
  const schoolYear = await yearToFile(tx, thisYear)
  const institutions = await running(tx, schoolYear)
  const lastYear = await figuresOf(tx, schoolYear - 1)
  const rows = institutions.flatMap((institution) =>
    institution.stages.flatMap((stage) =>
      gradesOf[stage].flatMap((grade: Grade) => {
        const before = lastYear.get(`${institution.institutionId}|${grade}`)
        const values = { schoolYear, code: institution.code, name: institution.name, grade: gradeName(grade) }
        return numbersOf(kind, before).map((classNo) => rowOf(kind, { ...values, classNo }, before))
      }),
    ),
  )
  return {
    given: ['schoolYear', 'code', 'name', 'grade', 'classNo'],
    extra: [
      { header: '上学年本年级在校生', kind: 'integer', given: true },
      { header: '上学年本年级班数', kind: 'integer', given: true },
    ],
    rows,
  }
}

/** One row per grade, or one per class that the grade had last year. */
function numbersOf(kind: string, before: LastYear | undefined): (number | null)[] {
  if (kind === 'enrolment-by-grade') return [null]
  return Array.from({ length: Math.max(1, before?.classes ?? 1) }, (_, index) => index + 1)
}

function rowOf(
  kind: 'enrolment-by-grade' | 'enrolment-by-class',
  values: Readonly<Record<string, WrittenValue>>,
  before: LastYear | undefined,
): WrittenValue[] {
  const own = importTables[kind].columns.map(({ key }) => values[key] ?? null)
  return [...own, before?.pupils ?? null, before?.classes ?? null]
}

/** Those that stood on the statistical day. */
async function running(tx: Tx, schoolYear: number): Promise<Running[]> {
  const { rows } = await sql<Running>`
    select institution_id as "institutionId", code, name,
           array(select stage from unnest(stages) with ordinality as run (stage, place)
                  where access.reaches(county_id, institution_id, array[stage]) order by place) as stages
      from book.institution_dates
     where valid @> ${censusDay(schoolYear)}::date
     order by county_id, code`.execute(tx)
  return rows
}

async function figuresOf(tx: Tx, schoolYear: number): Promise<ReadonlyMap<string, LastYear>> {
  const { rows } = await sql<LastYear & { institutionId: number; grade: string }>`
    select institution_id as "institutionId", grade, pupils, classes from book.enrolment
     where school_year = ${schoolYear}`.execute(tx)
  return new Map(rows.map((row) => [`${row.institutionId}|${row.grade}`, row]))
}

/** The year after the last one on file, but never one that has not begun. */
async function yearToFile(tx: Tx, thisYear: number): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`
    select max(school_year) as last from book.enrolment`.execute(tx)
  return Math.min(thisYear, (rows[0]?.last ?? thisYear) + 1)
}
