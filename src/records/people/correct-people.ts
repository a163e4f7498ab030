import { sql } from 'kysely'
import { Fault } from '../../kernel/fault.ts'
import { clientOf, type Tx } from '../../platform/db/transaction-client.ts'
import type { Vault } from '../../platform/vault/vault.ts'
import { nameInitials } from '../registry/name-initials.ts'
import type { RosterPerson } from './roster.ts'
import { aboutField, indexOf, type PersonField } from './sealed-tables.ts'

/** 更正 — what is said anew of a person in the book; what is absent stays. */
export interface PersonCorrection extends Partial<Omit<RosterPerson, 'document' | 'documentKind'>> {
  readonly personId: number
}

const batch = 1_000

/** 更正人员 — seals the new values under each person's own salt; the document itself is never changed here. */
export async function correctPeople(
  tx: Tx,
  vault: Vault,
  countyId: number,
  corrections: readonly PersonCorrection[],
): Promise<void> {
  for (let at = 0; at < corrections.length; at += batch) {
    const some = corrections.slice(at, at + batch)
    const salts = await saltsOf(tx, countyId, some)
    for (const each of some) await correctOne(tx, vault, countyId, each, salts.get(each.personId))
  }
}

async function saltsOf(tx: Tx, countyId: number, people: readonly { personId: number }[]) {
  const ids = people.map(({ personId }) => personId)
  const { rows } = await sql<{ personId: number; salt: Buffer }>`
    select person_id as "personId", salt from people.subject_salt
     where county_id = ${countyId} and person_id = any (${ids}::bigint[])`.execute(tx)
  return new Map(rows.map(({ personId, salt }) => [personId, salt]))
}

async function correctOne(
  tx: Tx,
  vault: Vault,
  countyId: number,
  { personId, name, sex, bornOn, phone, address }: PersonCorrection,
  salt: Buffer | undefined,
): Promise<void> {
  if (!salt) throw new Fault(`person ${personId} is not in sight in county ${countyId}: find it first`)
  const set: [column: string, value: unknown][] = []
  const seal = async (field: PersonField, plain: string | undefined, searched: boolean) => {
    if (plain === undefined) return
    set.push([`${field}_sealed`, await vault.seal(plain, aboutField(field, countyId, personId, salt))])
    if (searched) set.push([`${field}_index`, await vault.blindIndex(plain, indexOf(field))])
  }
  await seal('name', name, true)
  await seal('birth', bornOn, false)
  await seal('phone', phone, true)
  await seal('address', address, false)
  if (name !== undefined) set.push(['initials', nameInitials(name)])
  if (bornOn !== undefined) set.push(['birth_year', Number(bornOn.slice(0, 4))])
  if (sex !== undefined) set.push(['sex', sex])
  if (set.length === 0) return
  await clientOf(tx).query(
    `update people.person set ${set.map(([column], i) => `${column} = $${i + 3}`).join(', ')}
      where county_id = $1 and person_id = $2`,
    [countyId, personId, ...set.map(([, value]) => value)],
  )
}
