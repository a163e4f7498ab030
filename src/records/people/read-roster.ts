import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Vault } from '../../platform/vault/vault.ts'
import type { KnownPerson } from './roster.ts'
import { aboutField, indexOf, type PersonField } from './sealed-tables.ts'

interface Stored extends Omit<KnownPerson, 'name' | 'document' | 'bornOn' | 'phone' | 'address'> {
  readonly salt: Buffer
  readonly documentSealed: Buffer
  readonly nameSealed: Buffer
  readonly birthSealed: Buffer | null
  readonly phoneSealed: Buffer | null
  readonly addressSealed: Buffer | null
}

const batch = 1_000
/** Opening seals is work for the processor: others get their turn between batches. */
const breathe = () => new Promise((resolve) => setImmediate(resolve))

/**
 * 按证件取在册的人 — in plain, of the counties in sight, by county and document (`rosterKey`).
 *
 * For judging a roster before it is written, and never for showing: what is told of it is masked by the caller.
 */
export async function findByDocuments(
  tx: Tx,
  vault: Vault,
  documents: readonly string[],
  turn: (done: number, total: number) => Promise<void> = async () => {},
): Promise<Map<string, KnownPerson>> {
  const found = new Map<string, KnownPerson>()
  const { rows } = await sql<{ counties: number[] }>`select access.counties() as counties`.execute(tx)
  for (let at = 0; at < documents.length; at += batch) {
    await turn(at, documents.length)
    const some = documents.slice(at, at + batch)
    const digests = await Promise.all(some.map((each) => vault.blindIndexes(each, indexOf('document'))))
    // County by county: with both halves of its key known the index finds each document at once.
    for (const countyId of rows[0]?.counties ?? []) {
      const which = sql`person.county_id = ${countyId} and document_index = any (${digests.flat()}::bytea[])`
      for (const person of await read(tx, vault, which))
        found.set(rosterKey(countyId, person.document), person)
    }
    await breathe()
  }
  return found
}

/** 按编号取在册的人 — of one county, in plain; for a list a second person agreed to. */
export async function findByIds(
  tx: Tx,
  vault: Vault,
  countyId: number,
  personIds: readonly number[],
): Promise<Map<number, KnownPerson>> {
  const found = new Map<number, KnownPerson>()
  for (let at = 0; at < personIds.length; at += batch) {
    const some = personIds.slice(at, at + batch)
    const which = sql`person.county_id = ${countyId} and person_id = any (${some}::bigint[])`
    for (const person of await read(tx, vault, which)) found.set(person.personId, person)
    await breathe()
  }
  return found
}

/** 名册的键 — one document stands once in a county's book. */
export function rosterKey(countyId: number, document: string): string {
  return `${countyId}|${document}`
}

async function read(tx: Tx, vault: Vault, which: RawBuilder<unknown>): Promise<KnownPerson[]> {
  const { rows } = await sql<Stored>`
    select county_id as "countyId", person_id as "personId", document_kind as "documentKind", sex, salt,
           document_sealed as "documentSealed", name_sealed as "nameSealed", birth_sealed as "birthSealed",
           phone_sealed as "phoneSealed", address_sealed as "addressSealed", record, coalesce(guardians, '[]') as guardians
      from people.person join people.subject_salt using (county_id, person_id)
      left join lateral (
        select json_build_object('institutionId', institution_id, 'grade', grade, 'classNo', class_no,
                                 'from', lower(valid), 'to', upper(valid)) as record
          from people.enrolment_record as r where r.county_id = person.county_id and r.person_id = person.person_id
         order by lower(valid) desc limit 1) as record on true
      left join lateral (
        select json_agg(json_build_object('personId', guardian_id, 'relation', relation) order by link_id) as guardians
          from people.guardian_link as g where g.county_id = person.county_id and g.child_id = person.person_id
           and upper_inf(g.valid)) as guardians on true
     where ${which}`.execute(tx)
  return Promise.all(rows.map((row) => opened(vault, row)))
}

async function opened(vault: Vault, row: Stored): Promise<KnownPerson> {
  const { salt, documentSealed, nameSealed, birthSealed, phoneSealed, addressSealed, ...known } = row
  const open = async (field: PersonField, sealed: Buffer | null) =>
    sealed === null ? undefined : vault.open(sealed, aboutField(field, row.countyId, row.personId, salt))
  return {
    ...known,
    record: known.record ?? undefined,
    sex: known.sex ?? undefined,
    document: (await open('document', documentSealed)) as string,
    name: (await open('name', nameSealed)) as string,
    bornOn: await open('birth', birthSealed),
    phone: await open('phone', phoneSealed),
    address: await open('address', addressSealed),
  }
}
