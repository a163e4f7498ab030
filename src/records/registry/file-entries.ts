import { sql } from 'kysely'
import { granted, type Result } from '../../kernel/result.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type Book, takeOut } from './book-entries.ts'
import { entryColumns } from './entry-columns.ts'
import { refuse } from './refusals.ts'
import { columnOf, writeEntries } from './write-entries.ts'

/** 数字台账 — a book of figures: what identifies a figure, and what is said of it. */
export interface FigureBook<T> {
  readonly name: Book
  readonly what: string
  readonly key: readonly (keyof T & string)[]
  readonly fields: readonly (keyof T & string)[]
}

/** 填报结果 — how many figures were new, corrected, and the same as before. */
export interface Filed {
  readonly added: number
  readonly corrected: number
  readonly unchanged: number
}

/**
 * 填报 — brings the book to what the rows say: a new figure is entered, a different one corrected (the former
 * stays readable as known before), an equal one left alone. All rows are of one county.
 */
export async function fileEntries<T extends { readonly countyId: number }>(
  tx: Tx,
  actId: number,
  book: FigureBook<T>,
  rows: readonly T[],
): Promise<Filed> {
  const inBook = await currentEntries(tx, book, rows)
  const added = rows.filter((row) => !inBook.has(keyOf(book, row)))
  const differing = rows.filter((row) => {
    const before = inBook.get(keyOf(book, row))
    return before && contentOf(book, before) !== contentOf(book, row)
  })
  if (differing.length > 0) await takeOut(tx, book.name, differing[0]!.countyId, among(book, differing))
  await writeEntries(tx, actId, `registry.${book.name}`, book.fields, {}, [...added, ...differing])
  const corrected = differing.length
  return { added: added.length, corrected, unchanged: rows.length - added.length - corrected }
}

/** 更正 — as `fileEntries`, but every figure must be in the book already; otherwise nothing is done. */
export async function correctEntries<T extends { readonly countyId: number }>(
  tx: Tx,
  actId: number,
  book: FigureBook<T>,
  rows: readonly T[],
): Promise<Result<Filed>> {
  const inBook = await currentEntries(tx, book, rows)
  const absent = rows.find((row) => !inBook.has(keyOf(book, row)))
  if (absent) {
    const what = `${book.what} ${book.key.map((field) => absent[field]).join(' ')}`
    return refuse('registry.nothing-to-correct', { what })
  }
  return granted(await fileEntries(tx, actId, book, rows))
}

async function currentEntries<T extends { readonly countyId: number }>(
  tx: Tx,
  book: FigureBook<T>,
  rows: readonly T[],
): Promise<Map<string, T>> {
  if (rows.length === 0) return new Map()
  const found = await sql<T>`
    select ${entryColumns(book.fields)} from registry.${sql.raw(book.name)}
     where county_id = ${rows[0]!.countyId} and known_to = 'infinity' and (${among(book, rows)})`.execute(tx)
  return new Map(found.rows.map((row) => [keyOf(book, row), row]))
}

/** The figures this county's book still answers for, with one of the rows' keys. */
function among<T>(book: FigureBook<T>, rows: readonly T[]) {
  const columns = sql.raw(book.key.map((field) => `${columnOf(field)}::text`).join(', '))
  const keys = sql.raw(book.key.map((_, index) => `key ->> ${index}`).join(', '))
  const given = JSON.stringify(rows.map((row) => book.key.map((field) => row[field])))
  return sql`(held is null or upper_inf(held))
    and (${columns}) in (select ${keys} from jsonb_array_elements(${given}::jsonb) as key)`
}

const keyOf = <T>(book: FigureBook<T>, row: T) => JSON.stringify(book.key.map((field) => row[field]))
const contentOf = <T>(book: FigureBook<T>, row: T) =>
  JSON.stringify(book.fields.map((field) => row[field] ?? null))
