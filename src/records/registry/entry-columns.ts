import { type RawBuilder, sql } from 'kysely'
import { columnOf } from './write-entries.ts'

/** 取列 — the columns of a book under the field names of its entry: `school_year as "schoolYear", …`. */
export function entryColumns(fields: readonly string[]): RawBuilder<unknown> {
  return sql.raw(fields.map((field) => `${columnOf(field)} as "${field}"`).join(', '))
}

/** The same for a dated book, with its range as `from` and `to` (null = open). */
export function datedColumns(fields: readonly string[]): RawBuilder<unknown> {
  return sql`${entryColumns(fields)}, lower(valid) as "from", upper(valid) as "to"`
}
