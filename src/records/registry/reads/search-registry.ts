import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'

/** 查找结果 — a unit or institution that answers to what was typed; `within` is the name of the unit it stands in. */
export interface Found {
  readonly subject: 'unit' | 'institution'
  readonly id: number
  readonly countyId: number
  readonly kind: string
  readonly code: string
  readonly name: string
  readonly within: string | null
}

/**
 * 查找 — units and institutions by part of the name, pinyin initials or code, the closest first,
 * of equally close ones counties and townships first, then the shorter name.
 *
 * Digits are the beginning of a code or part of a name; letters are initials (yxdyxx); Chinese characters are
 * part of a name, or stand in it in this order (叶县一小 finds 叶县第一小学). Reads the names of all in scope: under
 * row-level security no index on text may be asked before the scope is, and a city's names are few.
 */
export async function searchRegistry(tx: Tx, text: string, limit = 20): Promise<Found[]> {
  const typed = text.trim().toLowerCase()
  if (typed === '') return []
  const { rows } = await sql<Found>`
    with hit as (
      select 'unit' as subject, county_id, unit_id as id, kind, code, name, null::bigint as unit_id,
             ${closeness(typed)} as closeness, length(name) as letters,
             kind in ('city', 'county', 'township') as place from book.unit where ${answers(typed)}
      union all
      select 'institution', county_id, institution_id, kind, code, name, unit_id,
             ${closeness(typed)}, length(name), false from book.institution where ${answers(typed)}
      order by closeness, place desc, letters, id limit ${limit})
    select hit.subject, hit.id, hit.county_id as "countyId", hit.kind, hit.code, hit.name, around.name as within
      from hit left join book.unit as around on around.county_id = hit.county_id and around.unit_id = hit.unit_id
     order by closeness, hit.place desc, letters, id`.execute(tx)
  return rows
}

/** The signs that LIKE gives a meaning lose it. */
const plain = (typed: string) => typed.replace(/[\\%_]/g, (sign) => `\\${sign}`)

function answers(typed: string): RawBuilder<boolean> {
  const part = `%${plain(typed)}%`
  if (/^[0-9]+$/.test(typed)) return sql`(code like ${`${typed}%`} or name like ${part})`
  if (/^[a-z0-9]+$/.test(typed)) return sql`(initials like ${part} or lower(name) like ${part})`
  const inOrder = `%${[...typed.replace(/\s/g, '')].map(plain).join('%')}%`
  return sql`lower(name) like ${inOrder}`
}

/** 0 the very one, 1 begins so, 2 contains it, 3 contains its characters in order. */
function closeness(typed: string): RawBuilder<number> {
  const begins = `${plain(typed)}%`
  const part = `%${plain(typed)}%`
  return sql`case when lower(name) = ${typed} or initials = ${typed} or code = ${typed} then 0
    when lower(name) like ${begins} or initials like ${begins} or code like ${begins} then 1
    when lower(name) like ${part} or initials like ${part} then 2 else 3 end`
}
