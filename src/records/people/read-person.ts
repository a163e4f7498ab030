import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Vault } from '../../platform/vault/vault.ts'
import type { DocumentKind } from './identity/identity-document.ts'
import { maskAddress, maskDay, maskNumber, maskPhone } from './identity/mask.ts'
import type { Relation } from './person.ts'
import { aboutField, type PersonField, personFields } from './sealed-tables.ts'

/** 一人一档 — a person as shown to staff: masked, with roll, guardians and posts of the day. */
export interface PersonFile {
  readonly countyId: number
  readonly personId: number
  readonly name: string
  readonly documentKind: DocumentKind
  readonly sex: 'male' | 'female' | null
  /** Null where nothing was filed. */
  readonly masked: Readonly<Record<Exclude<PersonField, 'name'>, string | null>>
  /** The latest first. */
  readonly records: readonly {
    readonly institutionId: number
    readonly institution: string
    readonly grade: string
    readonly classNo: number | null
    readonly from: string
    readonly to: string | null
  }[]
  readonly guardians: readonly {
    readonly personId: number
    readonly name: string
    readonly relation: Relation
  }[]
}

type Sealed = Readonly<Record<PersonField, Buffer | null>> & {
  readonly countyId: number
  readonly documentKind: DocumentKind
  readonly sex: 'male' | 'female' | null
  readonly salt: Buffer
}

const maskOf: Readonly<Record<PersonField, (plain: string) => string>> = {
  document: maskNumber,
  name: (name) => name,
  birth: maskDay,
  phone: maskPhone,
  address: maskAddress,
}

/** 查人 — masked; undefined when not there or not in sight. */
export async function findPerson(tx: Tx, vault: Vault, personId: number): Promise<PersonFile | undefined> {
  const sealed = await sealedPerson(tx, personId)
  if (!sealed) return undefined
  const { countyId, documentKind, sex } = sealed
  const shown = new Map<PersonField, string | null>()
  for (const field of personFields) {
    const plain = await openField(vault, sealed, personId, field)
    shown.set(field, plain === undefined ? null : maskOf[field](plain))
  }
  const { document, birth, phone, address } = Object.fromEntries(shown) as Record<PersonField, string | null>
  return {
    countyId,
    personId,
    name: shown.get('name') as string,
    documentKind,
    sex,
    masked: { document, birth, phone, address },
    records: await listRecords(tx, countyId, personId),
    guardians: await listGuardians(tx, vault, countyId, personId),
  }
}

/** 字段原文 — one field in plain; for `unmaskField` and the writers of papers, which leave a trace. Undefined when not filed or not in sight. */
export async function readField(
  tx: Tx,
  vault: Vault,
  personId: number,
  field: PersonField,
): Promise<{ countyId: number; plain: string | undefined } | undefined> {
  const sealed = await sealedPerson(tx, personId)
  return sealed && { countyId: sealed.countyId, plain: await openField(vault, sealed, personId, field) }
}

async function openField(
  vault: Vault,
  sealed: Sealed,
  personId: number,
  field: PersonField,
): Promise<string | undefined> {
  const value = sealed[field]
  return value ? vault.open(value, aboutField(field, sealed.countyId, personId, sealed.salt)) : undefined
}

async function sealedPerson(tx: Tx, personId: number): Promise<Sealed | undefined> {
  const { rows } = await sql<Sealed>`
    select county_id as "countyId", document_kind as "documentKind", sex, salt,
           document_sealed as document, name_sealed as name, birth_sealed as birth, phone_sealed as phone,
           address_sealed as address
      from people.person join people.subject_salt using (county_id, person_id)
     where county_id = any (access.counties()) and person_id = ${personId}`.execute(tx)
  return rows[0]
}

async function listRecords(tx: Tx, countyId: number, personId: number): Promise<PersonFile['records']> {
  const { rows } = await sql<PersonFile['records'][number]>`
    select record.institution_id as "institutionId", coalesce(institution.name, '（不在本人范围内）') as institution,
           record.grade, record.class_no as "classNo", lower(record.valid) as "from", upper(record.valid) as "to"
      from people.enrolment_record as record
      left join book.institution_last as institution on institution.county_id = record.county_id
       and institution.institution_id = record.institution_id
     where record.county_id = ${countyId} and record.person_id = ${personId}
     order by lower(record.valid) desc`.execute(tx)
  return rows
}

async function listGuardians(
  tx: Tx,
  vault: Vault,
  countyId: number,
  childId: number,
): Promise<PersonFile['guardians']> {
  const { rows } = await sql<{ personId: number; relation: Relation; name: Buffer; salt: Buffer }>`
    select link.guardian_id as "personId", link.relation, person.name_sealed as name, salt.salt
      from people.guardian_link as link
      join people.person on person.county_id = link.county_id and person.person_id = link.guardian_id
      join people.subject_salt as salt on salt.county_id = link.county_id and salt.person_id = link.guardian_id
     where link.county_id = ${countyId} and link.child_id = ${childId} and link.valid @> (select book.as_of())
     order by link.relation, link.guardian_id`.execute(tx)
  return Promise.all(
    rows.map(async ({ personId, relation, name, salt }) => ({
      personId,
      relation,
      name: await vault.open(name, aboutField('name', countyId, personId, salt)),
    })),
  )
}
