import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'

/** 在册督学 — one inspector of the county's roll on the day the books are read. */
export interface Inspector {
  readonly countyId: number
  /** The number of the roll's entry. */
  readonly id: number
  readonly name: string
  readonly kind: 'full-time' | 'part-time'
  readonly worksAt: number | null
  /** The schools of the own area, and those to which there are other ties. */
  readonly area: readonly number[]
  readonly avoid: readonly number[]
}

/** 读督学名册 — from the approved entries of the book `school-inspector`, only those whose days hold. */
export async function readInspectors(tx: Tx): Promise<Inspector[]> {
  const schools = (tie: string) => sql`
    array(select (line.answers->>'school')::float8 from book.filed as line
           where line.county_id = head.county_id and line.filing_id = head.filing_id and line.line > 0
             and line.answers->>'tie' = ${tie} order by 1)`
  const { rows } = await sql<Inspector>`
    select head.county_id as "countyId", head.filing_id as id, head.answers->>'name' as name,
           head.answers->>'kind' as kind, (head.answers->>'works-at')::float8 as "worksAt",
           ${schools('area')} as area, ${schools('avoid')} as avoid
      from book.filed as head where head.form_id = 'school-inspector' and head.line = 0
     order by head.county_id, head.filing_id`.execute(tx)
  return rows
}
