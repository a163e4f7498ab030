import { sql } from 'kysely'
import { Fault } from '../../../kernel/fault.ts'
import type { Stage } from '../../../kernel/stage.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { datedColumns } from '../entry-columns.ts'
import { type Institution, type InstitutionKind, institutionFields, type Sector } from '../institution.ts'

/** 筛选 — which institutions are wanted; an absent condition lets all pass. */
export interface InstitutionFilter {
  readonly countyId?: number
  /** Institutions standing directly in one of these units. */
  readonly unitIds?: readonly number[]
  readonly institutionIds?: readonly number[]
  readonly kinds?: readonly InstitutionKind[]
  readonly stage?: Stage
  readonly sector?: Sector
}

/** 机构列表 — the institutions open on the day the books are read. */
export async function listInstitutions(tx: Tx, filter: InstitutionFilter = {}): Promise<Institution[]> {
  const { countyId, unitIds, institutionIds, kinds, stage, sector } = filter
  const conditions = [
    sql`true`,
    ...(countyId === undefined ? [] : [sql`county_id = ${countyId}`]),
    ...(unitIds ? [sql`unit_id = any (${unitIds}::bigint[])`] : []),
    ...(institutionIds ? [sql`institution_id = any (${institutionIds}::bigint[])`] : []),
    ...(kinds ? [sql`kind = any (${kinds}::text[])`] : []),
    ...(stage ? [sql`${stage} = any (stages)`] : []),
    ...(sector ? [sql`sector = ${sector}`] : []),
  ]
  const { rows } = await sql<Institution>`
    select ${datedColumns(institutionFields)} from book.institution
     where ${sql.join(conditions, sql` and `)} order by institution_id`.execute(tx)
  return rows
}

/** 查机构 — one institution as it stands that day; undefined when it is not open, or out of sight. */
export async function findInstitution(tx: Tx, institutionId: number): Promise<Institution | undefined> {
  return (await listInstitutions(tx, { institutionIds: [institutionId] }))[0]
}

/** 取机构 — the same where its absence would be a fault of ours. */
export async function getInstitution(tx: Tx, institutionId: number): Promise<Institution> {
  const institution = await findInstitution(tx, institutionId)
  if (!institution) throw new Fault(`institution ${institutionId} is not open in the books read here`)
  return institution
}

/** 即将开办 — institutions the books already know that will open after the day they are read, the next first. */
export async function listComingOpenings(tx: Tx): Promise<Institution[]> {
  const { rows } = await sql<Institution>`
    select ${datedColumns(institutionFields)} from book.institution_dates as coming
     where lower(valid) > book.as_of() and not exists (
       select 1 from book.institution_dates as before
        where before.county_id = coming.county_id and before.institution_id = coming.institution_id
          and lower(before.valid) < lower(coming.valid))
     order by lower(valid), institution_id`.execute(tx)
  return rows
}
