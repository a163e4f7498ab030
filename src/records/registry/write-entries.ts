import { type Cell, copyRows } from '../../platform/db/copy-rows.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { writingMoment } from './begin-writing.ts'
import { type Dated, dateRange } from './dated.ts'

/** 登记选项 — `knownFrom`: when the book is to have said it (timestamp text); the moment of `beginWriting` when absent. */
export interface WriteOptions {
  readonly knownFrom?: string
}

/** A column that is not simply a field of the entry under its own name. */
type Derived<T> = Readonly<Record<string, (entry: T) => Cell>>

/**
 * 批量登记 — appends entries to a book through COPY; each field is the column of the same name.
 *
 * `derived` adds columns computed from the entry (a range, initials, an array literal).
 */
export async function writeEntries<T extends { readonly countyId: number }>(
  tx: Tx,
  actId: number,
  book: string,
  fields: readonly (keyof T & string)[],
  derived: Derived<T>,
  entries: Iterable<T>,
  options: WriteOptions = {},
): Promise<void> {
  const columns = [...fields.map(columnOf), ...Object.keys(derived), 'known_from', 'act_id']
  const compute = Object.values(derived)
  function* rows(): Generator<Cell[]> {
    for (const entry of entries) {
      const moment = writingMoment(tx, entry.countyId)
      const row = fields.map((field) => cellOf(entry[field]))
      for (const column of compute) row.push(column(entry))
      row.push(options.knownFrom ?? moment, actId)
      yield row
    }
  }
  await copyRows(tx, book, columns, rows())
}

/** A list becomes PostgreSQL's array literal; its members are words of ours without commas. */
function cellOf(value: unknown): Cell {
  return Array.isArray(value) ? `{${value.join(',')}}` : (value as Cell)
}

/** The derived column of every dated book. */
export const validity = { valid: (entry: Dated) => dateRange(entry) }

/** schoolYear → school_year */
export function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
