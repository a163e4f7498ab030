import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../../platform/db/open-database.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { forUpkeep } from './for-upkeep.ts'

export const erasureReasons = {
  retention: '保存期满',
  request: '监护人或本人要求',
  'consent-withdrawn': '撤回同意',
} as const
export type ErasureReason = keyof typeof erasureReasons

/** 已删名单 — one erased person, by digest of a number that means nothing outside this book. */
export interface Erasure {
  readonly countyId: number
  /** Hexadecimal SHA-256. */
  readonly subjectHash: string
  readonly reason: ErasureReason
  readonly erasedBy: string
  readonly erasedAt: string
}

/** Where a person's rows lie, those that rest on others first. */
const rowsOfPerson = [
  ['people_sealed.condition', ['person_id']],
  ['people.consent', ['child_id', 'guardian_id']],
  ['people.guardian_link', ['child_id', 'guardian_id']],
  ['people.enrolment_record', ['person_id']],
  ['people.staff_post', ['person_id']],
  ['people.person', ['person_id']],
] as const

/** 对象摘要 — what stands in the list of erasures and in the audit instead of a person. */
export function subjectHash(countyId: number, personId: number): Buffer {
  return createHash('sha256').update(`${countyId}/${personId}`).digest()
}

/**
 * 删除个人信息 — removes all rows of a person, the salt first, and enters the erasure; only in an upkeep transaction.
 *
 * Without the salt nothing sealed about the person opens any more, wherever a copy of a row may still lie.
 * Who looked at the person stays recorded: those rows hold no more than a number.
 */
export async function eraseSubject(
  tx: Tx,
  subject: { readonly countyId: number; readonly personId: number },
  reason: ErasureReason,
  erasedBy: string,
): Promise<void> {
  const { countyId, personId } = subject
  await sql`delete from people.subject_salt where county_id = ${countyId} and person_id = ${personId}`.execute(
    tx,
  )
  for (const [table, columns] of rowsOfPerson) {
    const theirs = columns.map((column) => sql`${sql.ref(column)} = ${personId}`)
    await sql`delete from ${sql.table(table)} where county_id = ${countyId} and (${sql.join(theirs, sql` or `)})`.execute(
      tx,
    )
  }
  await sql`
    insert into people.erasure (county_id, subject_hash, reason, erased_by)
    values (${countyId}, ${subjectHash(countyId, personId)}, ${reason}, ${erasedBy})
    on conflict do nothing`.execute(tx)
}

/** 导出已删名单 — kept beside the backups, so that a restore can be followed by `reapplyErasures`. */
export function listErasures(db: Database, counties: readonly number[]): Promise<Erasure[]> {
  return db.transaction({ counties }, async (tx) => {
    const { rows } = await sql<Erasure>`
      select county_id as "countyId", encode(subject_hash, 'hex') as "subjectHash", reason,
             erased_by as "erasedBy", erased_at as "erasedAt"
        from people.erasure order by erased_at, subject_hash`.execute(tx)
    return rows
  })
}

/** 恢复后再删 — erases again whoever an older backup brought back; returns how many it found. */
export function reapplyErasures(
  db: Database,
  counties: readonly number[],
  erasures: readonly Erasure[],
): Promise<number> {
  return forUpkeep(db).transaction({ counties }, async (tx) => {
    const { rows } = await sql<{ countyId: number; personId: number; hash: string }>`
      select * from (
        select county_id as "countyId", person_id as "personId",
               encode(sha256(convert_to(county_id || '/' || person_id, 'UTF8')), 'hex') as hash from people.person) as each
       where hash = any (${erasures.map((each) => each.subjectHash)})`.execute(tx)
    const told = new Map(erasures.map((each) => [each.subjectHash, each]))
    for (const row of rows) {
      const { reason, erasedBy } = told.get(row.hash) as Erasure
      await eraseSubject(tx, row, reason, erasedBy)
    }
    return rows.length
  })
}
