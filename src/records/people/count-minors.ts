import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Vault } from '../../platform/vault/vault.ts'
import { isUnderFourteen } from './children-notice.ts'
import { aboutField } from './sealed-tables.ts'

/** 未成年人人数 — of a county's children on roll on a day. */
export interface MinorCount {
  readonly name: string
  children: number
  underFourteen: number
  /** 14 and older, under 18. */
  underEighteen: number
  grown: number
  /** Without a birth date on file. */
  unknown: number
}

const batchRows = 5_000

/** 清点未成年人 — by their exact birth dates, opened one after another and only counted. */
export async function countMinors(tx: Tx, vault: Vault, day: string): Promise<MinorCount[]> {
  const counts = new Map<number, MinorCount>()
  const eighteen = `${Number(day.slice(0, 4)) - 18}${day.slice(4)}`
  for (let last: readonly [number, number] = [0, 0]; ; ) {
    const rows = await batchAfter(tx, last)
    for (const { countyId, personId, county, birth, salt } of rows) {
      const count = counts.get(countyId) ?? empty(county)
      counts.set(countyId, count)
      count.children++
      if (!birth) count.unknown++
      else {
        const born = await vault.open(birth, aboutField('birth', countyId, personId, salt))
        if (isUnderFourteen(born, day)) count.underFourteen++
        else if (born > eighteen) count.underEighteen++
        else count.grown++
      }
    }
    const end = rows.at(-1)
    if (!end) return [...counts.values()]
    last = [end.countyId, end.personId]
  }
}

interface OnRoll {
  readonly countyId: number
  readonly personId: number
  readonly county: string
  readonly birth: Buffer | null
  readonly salt: Buffer
}

async function batchAfter(tx: Tx, [countyId, personId]: readonly [number, number]): Promise<OnRoll[]> {
  const { rows } = await sql<OnRoll>`
    select person.county_id as "countyId", person.person_id as "personId", county.name as county,
           person.birth_sealed as birth, salt.salt
      from people.person
      join people.subject_salt as salt using (county_id, person_id)
      join registry.county on county.county_id = person.county_id
     where (person.county_id, person.person_id) > (${countyId}::integer, ${personId}::bigint)
       and exists (select from people.enrolment_record as record
                    where record.county_id = person.county_id and record.person_id = person.person_id
                      and record.valid @> (select book.as_of()))
     order by person.county_id, person.person_id limit ${batchRows}`.execute(tx)
  return rows
}

function empty(name: string): MinorCount {
  return { name, children: 0, underFourteen: 0, underEighteen: 0, grown: 0, unknown: 0 }
}
