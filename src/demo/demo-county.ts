import { sql } from 'kysely'
import type { Plan } from '../plan/index.ts'
import type { Tx } from '../platform/db/transaction-client.ts'

/** 演示年 — the day the demonstration is built and the year that runs on it. */
export interface DemoTime {
  readonly today: string
  readonly year: number
}

/** In so many counties institutions file; in the others only the county itself does, so that a first start stays short. */
const countiesOfSchools = 3

/**
 * Of each such county the first institution of every kind files, of some kinds one in town and one in the country; all
 * others are left for people to chase. Kinds that few counties have file in every one of them.
 */
const filingEverywhere = ['nine-year-school', 'twelve-year-school']
const filingTwice = ['kindergarten', 'primary-school', 'junior-school', 'senior-high']

/** 演示县 — what generated answers of a county point to. */
export interface DemoCounty {
  readonly id: number
  readonly index: number
  readonly seed: number
  readonly plan: Plan
  readonly institutions: readonly {
    readonly id: number
    readonly kind: string
    readonly rural: boolean
    readonly boarding: boolean
  }[]
  readonly townships: readonly number[]
  readonly filers: ReadonlySet<number>
  /** The classes and pupils of each grade of those who file, as the rolls of the running year have them. */
  readonly classes: readonly {
    readonly institutionId: number
    readonly grade: string
    readonly classes: number
    readonly pupils: number
  }[]
  /** The teachers of those who file. */
  readonly teachers: ReadonlyMap<number, number>
}

/** 读演示县 — its institutions, townships and who of them files. */
export async function readCounty(
  tx: Tx,
  plan: Plan,
  {
    id,
    index,
    seed,
    year,
  }: { readonly id: number; readonly index: number; readonly seed: number; readonly year: number },
): Promise<DemoCounty> {
  const institutions = await sql<DemoCounty['institutions'][number]>`
    select institution_id as id, kind, urban_rural like '2%' as rural, boarding from book.institution order by institution_id`.execute(
    tx,
  )
  const townships = await sql<{ id: number }>`
    select unit_id as id from book.unit where kind = 'township' order by unit_id`.execute(tx)
  const first = (kind: string, rural?: true) =>
    institutions.rows.find((each) => each.kind === kind && (!rural || each.rural))?.id ?? []
  const kinds = new Set(
    institutions.rows
      .map(({ kind }) => kind)
      .filter((kind) => index < countiesOfSchools || filingEverywhere.includes(kind)),
  )
  const filers = [...kinds].flatMap((kind) =>
    [first(kind), filingTwice.includes(kind) ? first(kind, true) : []].flat(),
  )
  const classes = await sql<DemoCounty['classes'][number]>`
    select institution_id as "institutionId", grade, classes, pupils from book.enrolment
     where school_year = ${year} and classes is not null and institution_id = any (${filers}::bigint[])
     order by institution_id, grade`.execute(tx)
  const teachers = await sql<{ id: number; teachers: number }>`
    select institution_id as id, coalesce(sum(teachers) filter (where subject = 'all'), sum(teachers))::integer as teachers
      from book.staff_count where school_year = ${year} and institution_id = any (${filers}::bigint[])
     group by institution_id`.execute(tx)
  return {
    id,
    index,
    seed,
    plan,
    classes: classes.rows,
    teachers: new Map(teachers.rows.map((each) => [each.id, each.teachers])),
    institutions: institutions.rows,
    townships: townships.rows.map((each) => each.id),
    filers: new Set(filers),
  }
}
