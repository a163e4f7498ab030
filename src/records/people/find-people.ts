import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Vault } from '../../platform/vault/vault.ts'
import type { DocumentKind } from './identity/identity-document.ts'
import { maskNumber } from './identity/mask.ts'
import { readPersonName } from './identity/person-name.ts'
import { aboutField, indexOf } from './sealed-tables.ts'

/** 学生行 — a child as lists show it: the number masked. */
export interface PupilRow {
  readonly countyId: number
  readonly personId: number
  readonly name: string
  readonly document: string
  readonly documentKind: DocumentKind
  readonly sex: 'male' | 'female' | null
  readonly institutionId: number
  readonly institution: string
  readonly grade: string
  readonly classNo: number | null
}

/** 查找条件 — `text` is an exact identity number, an exact name, or the beginning of a name's initials. */
export interface PupilFilter {
  readonly countyId?: number | undefined
  readonly institutionId?: number | undefined
  readonly grade?: string | undefined
  readonly classNo?: number | undefined
  readonly text?: string | undefined
  readonly limit: number
  readonly offset?: number
}

interface StoredPupil extends Omit<PupilRow, 'name' | 'document'> {
  readonly nameSealed: Buffer
  readonly documentSealed: Buffer
  readonly salt: Buffer
  readonly total: number
}

/**
 * 学生名单 — the pupils on roll on the day the books are read, of what the transaction may see; a page of them, and how many in all.
 *
 * A number or name is only ever compared as its keyed digest: whoever is not in sight and whoever does not
 * exist give the same empty answer by the same way.
 */
export async function listPupils(
  tx: Tx,
  vault: Vault,
  filter: PupilFilter,
): Promise<{ total: number; rows: PupilRow[] }> {
  const order = sql`county_id, institution_id, grade, class_no, initials, person_id`
  // The page is chosen before names are opened and schools looked up: both only for the rows shown.
  const { rows } = await sql<StoredPupil>`
    with page as (
      select person.*, record.institution_id, record.grade, record.class_no, count(*) over ()::integer as total
        from people.enrolment_record as record join people.person using (county_id, person_id)
       where record.valid @> (select book.as_of()) and ${sql.join(await conditionsOf(vault, filter), sql` and `)}
       order by ${order} limit ${filter.limit} offset ${filter.offset ?? 0})
    select page.county_id as "countyId", page.person_id as "personId", page.document_kind as "documentKind", page.sex,
           page.name_sealed as "nameSealed", page.document_sealed as "documentSealed", salt.salt,
           page.institution_id as "institutionId", coalesce(institution.name, '（机构已撤销）') as institution,
           page.grade, page.class_no as "classNo", page.total
      from page
      join people.subject_salt as salt using (county_id, person_id)
      left join book.institution on institution.county_id = page.county_id
       and institution.institution_id = page.institution_id
     order by page.county_id, page.institution_id, page.grade, page.class_no, page.initials, page.person_id`.execute(
    tx,
  )
  return { total: rows[0]?.total ?? 0, rows: await Promise.all(rows.map((row) => shown(vault, row))) }
}

async function conditionsOf(
  vault: Vault,
  { countyId, institutionId, grade, classNo, text }: PupilFilter,
): Promise<RawBuilder<unknown>[]> {
  const asked = text?.normalize('NFKC').replaceAll(/\s/g, '')
  const name = readPersonName(text)
  return [
    sql`true`,
    ...(countyId === undefined ? [] : [sql`record.county_id = ${countyId}`]),
    ...(institutionId === undefined ? [] : [sql`record.institution_id = ${institutionId}`]),
    ...(grade === undefined ? [] : [sql`record.grade = ${grade}`]),
    ...(classNo === undefined ? [] : [sql`record.class_no = ${classNo}`]),
    ...(asked ? [await answersTo(vault, asked, name.ok ? name.value : asked)] : []),
  ]
}

/** All three are tried whatever the text looks like, so that none answers faster than the others. */
async function answersTo(vault: Vault, asked: string, name: string): Promise<RawBuilder<unknown>> {
  const documents = await vault.blindIndexes(asked.toUpperCase(), indexOf('document'))
  const names = await vault.blindIndexes(name, indexOf('name'))
  const initials = `${asked.toLowerCase().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return sql`(person.document_index = any (${documents}) or person.name_index = any (${names})
    or person.initials like ${initials})`
}

async function shown(
  vault: Vault,
  { nameSealed, documentSealed, salt, total: _, ...row }: StoredPupil,
): Promise<PupilRow> {
  const open = (field: 'name' | 'document', sealed: Buffer) =>
    vault.open(sealed, aboutField(field, row.countyId, row.personId, salt))
  return {
    ...row,
    name: await open('name', nameSealed),
    document: maskNumber(await open('document', documentSealed)),
  }
}

/** 按证件查人 — who stands in a county's book under each of these numbers; for writers, before they write. */
export async function findByDocument(
  tx: Tx,
  vault: Vault,
  countyId: number,
  numbers: readonly string[],
): Promise<Map<string, number>> {
  const digests = await Promise.all(numbers.map((number) => vault.blindIndexes(number, indexOf('document'))))
  const { rows } = await sql<{ personId: number; digest: Buffer }>`
    select person_id as "personId", document_index as digest from people.person
     where county_id = ${countyId} and document_index = any (${digests.flat()})`.execute(tx)
  const known = new Map(rows.map(({ personId, digest }) => [digest.toString('hex'), personId]))
  return new Map(
    numbers.flatMap((number, i) => {
      const found = digests[i]!.map((digest) => known.get(digest.toString('hex'))).find(
        (id) => id !== undefined,
      )
      return found === undefined ? [] : [[number, found] as const]
    }),
  )
}
