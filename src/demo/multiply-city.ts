import type pg from 'pg'

/** GB/T 2260 has no province 90: copies of counties are 900101 upward and cannot be mistaken for real ones. */
const firstCopyCode = 900_000
const serialsPerCopy = 40_000

/** What a copy holds of a county, each after what it refers to. Drafts and steps of filings count for nothing, and stay. */
const copiedBooks = [
  ...['act', 'unit', 'unit_link', 'institution', 'premises', 'membership', 'succession', 'enrolment'],
  ...['school_class', 'pupil_flow', 'staff_count', 'birth', 'population'],
].map((book) => `registry.${book}`)

const ids = [
  ...['unit_id', 'institution_id', 'parent_institution_id', 'child_id', 'parent_id', 'from_id', 'to_id'],
  ...['subject_id', 'county_id'],
]

/**
 * 放大城市 — each county with all its books and filings again, so often that the city is `times` as large, under codes no
 * real county has; for scale tests only. Done inside the database, by its owner: a twentyfold city is there in minutes.
 *
 * Ids keep their digits below the county's code, so townships, villages, institutions, groups and centres stay distinct;
 * institution codes move to another block of serial numbers. County = 900000 + copy × 100 + place.
 */
export async function multiplyCity(pool: pg.Pool, times: number): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(`
      create temporary table copy on commit drop as
      select county_id as old, ${firstCopyCode} + copy * 100 + place as new, copy
        from (select county_id, row_number() over (order by county_id) as place
                from registry.county where kind = 'county') as county, generate_series(1, ${times - 1}) as copy`)
    await client.query(shift)
    await client.query(`
      insert into registry.county (county_id, code, name, kind, city_id)
      select new, new::text, name || '（副本' || copy || '）', kind, city_id from registry.county join copy on old = county_id`)
    await client.query(`
      insert into registry.institution_code (code, institution_id)
      select distinct on (${movedCode}) ${movedCode}, pg_temp.shifted(institution_id, old, new)
        from registry.institution join copy on old = county_id`)
    for (const book of [...copiedBooks, 'returns.filing', 'returns.entry']) await copyBook(client, book)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

/** Ids hold the county's six digits followed by 0, 3, 5 or 6 more; other trees stand on a round base. */
const shift = `
  create function pg_temp.shifted(id bigint, old bigint, new bigint) returns bigint language sql immutable as $$
    select case old when id % base then new + id - id % base
                    when id % base / 1000 then id + (new - old) * 1000
                    when id % base / 100000 then id + (new - old) * 100000
                    when id % base / 1000000 then id + (new - old) * 1000000
                    else id end
      from (select 1000000000000000) as round (base) $$`

const movedCode = `left(code, 4) || lpad((substr(code, 5)::integer + copy * ${serialsPerCopy})::text, 6, '0')`

async function copyBook(client: pg.PoolClient, book: string): Promise<void> {
  const [schema, table] = book.split('.')
  const { rows } = await client.query<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns
      where table_schema = $1 and table_name = $2 and is_generated = 'NEVER' order by ordinal_position`,
    [schema, table],
  )
  const columns = rows.map(({ name }) => name)
  const values = rows.map(({ name, type }) => copied(book, name, type))
  await client.query(`
    insert into ${book} (${columns.join(', ')}) overriding system value
    select ${values.join(', ')} from ${book} join copy on old = county_id`)
}

function copied(book: string, column: string, type: string): string {
  if (column === 'county_id') return 'new'
  if (ids.includes(column)) return `pg_temp.shifted(${column}, old, new)`
  if (book === 'registry.institution' && column === 'code') return movedCode
  if (book === 'registry.unit' && column === 'code') return 'pg_temp.shifted(unit_id, old, new)::text'
  // Answers name institutions and units by their numbers.
  if (type === 'jsonb')
    return `regexp_replace(${column}::text, '\\m' || old || '(\\d*)\\M', new || '\\1', 'g')::jsonb`
  return column
}
