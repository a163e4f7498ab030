import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Database } from '../../platform/db/open-database.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { forgetAttachments, type Thing } from '../../platform/files/attachments.ts'
import { forUpkeep } from './for-upkeep.ts'

export const erasureReasons = {
  retention: '保存期满',
  request: '监护人或本人要求',
  'consent-withdrawn': '撤回同意',
} as const
export type ErasureReason = keyof typeof erasureReasons

/** 已删名单 — one erased person, by digests of a number that means nothing outside this book and of the salt that is gone. */
export interface Erasure {
  readonly countyId: number
  /** Hexadecimal SHA-256. */
  readonly subjectHash: string
  /** Of the person's salt: found again in an older backup of this site, and nowhere else. Null where it was erased before salts were kept. */
  readonly saltHash: string | null
  readonly reason: ErasureReason
  readonly erasedBy: string
  readonly erasedAt: string
}

/** 签字件所属 — papers kept about a person hang on the person, and go with them. */
export function papersOf(countyId: number, personId: number): Thing {
  return { kind: 'person', id: String(personId), countyId }
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
  const { rows } = await sql<{ salt: Buffer }>`
    delete from people.subject_salt where county_id = ${countyId} and person_id = ${personId} returning salt`.execute(
    tx,
  )
  await forgetAttachments(tx, papersOf(countyId, personId))
  for (const [table, columns] of rowsOfPerson) {
    const theirs = columns.map((column) => sql`${sql.ref(column)} = ${personId}`)
    await sql`delete from ${sql.table(table)} where county_id = ${countyId} and (${sql.join(theirs, sql` or `)})`.execute(
      tx,
    )
  }
  await sql`
    insert into people.erasure (county_id, subject_hash, salt_hash, reason, erased_by)
    values (${countyId}, ${subjectHash(countyId, personId)}, sha256(${rows[0]?.salt ?? null}::bytea), ${reason}, ${erasedBy})
    on conflict do nothing`.execute(tx)
}

/** 列已删名单 — all of it, or what was erased in the last `hours`; kept outside the database for `reapplyErasures` after a restore. */
export function listErasures(db: Database, counties: readonly number[], hours?: number): Promise<Erasure[]> {
  return db.transaction({ counties }, async (tx) => {
    const { rows } = await sql<Erasure>`
      select county_id as "countyId", encode(subject_hash, 'hex') as "subjectHash", encode(salt_hash, 'hex') as "saltHash", reason,
             erased_by as "erasedBy", erased_at as "erasedAt"
        from people.erasure where ${hours ?? null}::int is null or erased_at > now() - make_interval(hours => ${hours ?? 0})
       order by erased_at, subject_hash`.execute(tx)
    return rows
  })
}

/**
 * 恢复后再删 — erases again whoever an older backup brought back; returns how many it found.
 *
 * They are known by their salt: a number may have been given anew since the backup. Where no salt was kept, by the number, if whoever
 * has it was entered before the erasure.
 */
export function reapplyErasures(
  db: Database,
  counties: readonly number[],
  erasures: readonly Erasure[],
): Promise<number> {
  const told = sql`json_to_recordset(${JSON.stringify(erasures)}::json) as told ("countyId" int, "subjectHash" text,
    "saltHash" text, reason text, "erasedBy" text, "erasedAt" timestamptz)`
  return forUpkeep(db).transaction({ counties }, async (tx) => {
    // Whoever is not there is entered all the same: the list must outlive the next backup as well.
    await sql`
      insert into people.erasure (county_id, subject_hash, salt_hash, reason, erased_by, erased_at)
      select "countyId", decode("subjectHash", 'hex'), decode("saltHash", 'hex'), reason, "erasedBy", "erasedAt"
        from ${told} where "countyId" = any (${counties})
      on conflict do nothing`.execute(tx)
    const { rows } = await sql<{ countyId: number; personId: number } & Pick<Erasure, 'reason' | 'erasedBy'>>`
      select county_id as "countyId", person_id as "personId", reason, "erasedBy"
        from people.subject_salt join ${told} on "saltHash" = encode(sha256(salt), 'hex')
      union
      select county_id, person_id, reason, "erasedBy"
        from people.person join ${told} on "saltHash" is null and recorded_at < "erasedAt"
         and "subjectHash" = encode(sha256(convert_to(county_id || '/' || person_id, 'UTF8')), 'hex')`.execute(
      tx,
    )
    for (const row of rows) await eraseSubject(tx, row, row.reason, row.erasedBy)
    return rows.length
  })
}

/** 跳过编号 — numbers given to people after the backup was made are not given again to others. */
export async function skipGivenNumbers(pool: pg.Pool): Promise<void> {
  await pool.query("select setval('people.person_serial', nextval('people.person_serial') + 1000000)")
}
