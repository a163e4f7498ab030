import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { type Cell, copyRows } from '../../platform/db/copy-rows.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Vault } from '../../platform/vault/vault.ts'
import { nameInitials } from '../registry/name-initials.ts'
import type { EnrolmentRecord, GuardianLink, NewPerson, StaffPost } from './person.ts'
import { aboutField, indexOf, type PersonField } from './sealed-tables.ts'

const personColumns = [
  'county_id',
  'person_id',
  'document_kind',
  'document_sealed',
  'document_index',
  'name_sealed',
  'name_index',
  'initials',
  'birth_sealed',
  'birth_year',
  'sex',
  'phone_sealed',
  'phone_index',
  'address_sealed',
  'recorded_by',
]

/**
 * 登记人员 — seals and enters people; their ids come back in the order given.
 *
 * Who stands in the county's book already, by document, must be found before (`findByDocument`): a second
 * entry under the same document is a breach of a constraint.
 */
export async function writePeople(
  tx: Tx,
  vault: Vault,
  people: readonly NewPerson[],
  recordedBy: string,
): Promise<number[]> {
  const ids = await nextIds(tx, 'people.person_serial', people.length)
  // One after the other: the vault remembers the keys of the people it sealed last, and each has a key of his own.
  const sealed: Awaited<ReturnType<typeof sealPerson>>[] = []
  for (const [i, person] of people.entries())
    sealed.push(await sealPerson(vault, person, ids[i]!, recordedBy))
  await copyRows(
    tx,
    'people.person',
    personColumns,
    sealed.map(({ row }) => row),
  )
  await copyRows(
    tx,
    'people.subject_salt',
    ['county_id', 'person_id', 'salt'],
    people.map(({ countyId }, i) => [countyId, ids[i], bytes(sealed[i]!.salt)]),
  )
  return ids
}

/** 下一批编号 — from a sequence, for rows whose key must be known before they are written. */
export async function nextIds(tx: Tx, sequence: string, count: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select nextval(${sequence}::regclass) as id from generate_series(1, ${count}::integer)`.execute(tx)
  return rows.map(({ id }) => id)
}

async function sealPerson(
  vault: Vault,
  person: NewPerson,
  personId: number,
  recordedBy: string,
): Promise<{ row: Cell[]; salt: Buffer }> {
  const salt = randomBytes(16)
  const seal = async (field: PersonField, plain: string | undefined) =>
    plain === undefined
      ? undefined
      : bytes(await vault.seal(plain, aboutField(field, person.countyId, personId, salt)))
  const index = async (field: PersonField, plain: string | undefined) =>
    plain === undefined ? undefined : bytes(await vault.blindIndex(plain, indexOf(field)))
  const row = [
    person.countyId,
    personId,
    person.documentKind,
    await seal('document', person.document),
    await index('document', person.document),
    await seal('name', person.name),
    await index('name', person.name),
    nameInitials(person.name),
    await seal('birth', person.bornOn),
    person.bornOn && Number(person.bornOn.slice(0, 4)),
    person.sex,
    await seal('phone', person.phone),
    await index('phone', person.phone),
    await seal('address', person.address),
    recordedBy,
  ]
  return { row, salt }
}

/** Bytes as COPY takes them. */
function bytes(value: Buffer): string {
  return `\\x${value.toString('hex')}`
}

const range = (from: string, to?: string) => `[${from},${to ?? ''})`

/** 登记学籍 — one place on any day: the constraint refuses a second one. */
export function writeEnrolmentRecords(
  tx: Tx,
  records: readonly EnrolmentRecord[],
  recordedBy: string,
): Promise<void> {
  return copyRows(
    tx,
    'people.enrolment_record',
    ['county_id', 'person_id', 'institution_id', 'grade', 'class_no', 'valid', 'recorded_by'],
    records.map((one) => [
      one.countyId,
      one.personId,
      one.institutionId,
      one.grade,
      one.classNo,
      range(one.from, one.to),
      recordedBy,
    ]),
  )
}

/** 登记监护关系. */
export function writeGuardianLinks(
  tx: Tx,
  links: readonly GuardianLink[],
  recordedBy: string,
): Promise<void> {
  return copyRows(
    tx,
    'people.guardian_link',
    ['county_id', 'child_id', 'guardian_id', 'relation', 'valid', 'recorded_by'],
    links.map((one) => [
      one.countyId,
      one.childId,
      one.guardianId,
      one.relation,
      range(one.from),
      recordedBy,
    ]),
  )
}

/** 登记任职. */
export function writeStaffPosts(tx: Tx, posts: readonly StaffPost[], recordedBy: string): Promise<void> {
  return copyRows(
    tx,
    'people.staff_post',
    ['county_id', 'person_id', 'institution_id', 'post', 'valid', 'recorded_by'],
    posts.map((one) => [
      one.countyId,
      one.personId,
      one.institutionId,
      one.post,
      range(one.from),
      recordedBy,
    ]),
  )
}

/** 终止学籍 — the child leaves its school on a day; nothing happens when it is on no roll that day. */
export async function endEnrolmentRecord(
  tx: Tx,
  countyId: number,
  personId: number,
  on: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update people.enrolment_record set valid = daterange(lower(valid), ${on}::date)
     where county_id = ${countyId} and person_id = ${personId}
       and valid @> ${on}::date and lower(valid) < ${on}::date`.execute(tx)
  return numAffectedRows === 1n
}
