import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { ExportRequest } from './export-contract.ts'

/** 待登记的导出申请. */
export interface NewExport {
  readonly countyId: number
  readonly institutionId?: number | undefined
  readonly grade?: string | undefined
  readonly classNo?: number | undefined
  readonly plain: boolean
  readonly asOf: string
  readonly reason: string
  readonly persons: number
  readonly granted: boolean
  readonly account: string
  readonly accountName: string
  readonly trace: string
}

/** 登记导出申请 — its id. */
export async function saveExport(tx: Tx, asked: NewExport): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into people_export.request (county_id, institution_id, grade, class_no, plain, as_of, reason, persons, state,
      account, account_name, trace)
    values (${asked.countyId}, ${asked.institutionId ?? null}, ${asked.grade ?? null}, ${asked.classNo ?? null}, ${asked.plain}, ${asked.asOf}::date,
      ${asked.reason}, ${asked.persons}, ${asked.granted ? 'granted' : 'asked'}, ${asked.account}, ${asked.accountName},
      ${asked.trace})
    returning request_id as id`.execute(tx)
  return rows[0]!.id
}

const select = sql`
  select request_id as "requestId", request.county_id as "countyId", county.name as county,
         request.institution_id as "institutionId", institution.name as institution, grade, class_no as "classNo", plain, as_of as "asOf",
         reason, persons, state, account, account_name as "accountName", asked_at as "askedAt",
         decided_name as "decidedName", decided_at as "decidedAt", trace, taken_at as "takenAt", rows, sha256,
         account = access.actor() as own
    from people_export.request
    join registry.county on county.county_id = request.county_id
    left join book.institution_last as institution on institution.county_id = request.county_id
     and institution.institution_id = request.institution_id`

/** 导出申请 — the own ones and, for who decides, all of the counties in sight; the latest first. */
export async function listExports(tx: Tx, others: boolean): Promise<ExportRequest[]> {
  const { rows } = await sql<ExportRequest>`
    ${select} where ${others} or account = access.actor() order by asked_at desc limit 100`.execute(tx)
  return rows
}

/** 查导出申请 — undefined when not there or not in sight. */
export async function findExport(tx: Tx, requestId: string): Promise<ExportRequest | undefined> {
  const { rows } = await sql<ExportRequest>`${select} where request_id = ${requestId}::uuid`.execute(tx)
  return rows[0]
}

/** 审批 — once; false when someone else was quicker. */
export async function decideExport(
  tx: Tx,
  requestId: string,
  grant: boolean,
  by: { readonly account: string; readonly name: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update people_export.request set state = ${grant ? 'granted' : 'refused'}, decided_by = ${by.account},
           decided_name = ${by.name}, decided_at = now()
     where request_id = ${requestId}::uuid and state = 'asked'`.execute(tx)
  return numAffectedRows === 1n
}

/** 记下取走的文件 — when, how many rows, and their check value. */
export async function markTaken(tx: Tx, requestId: string, rows: number, sha256: string): Promise<void> {
  await sql`
    update people_export.request set taken_at = now(), rows = ${rows}, sha256 = ${sha256}
     where request_id = ${requestId}::uuid`.execute(tx)
}
