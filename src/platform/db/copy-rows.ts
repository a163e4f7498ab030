import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { clientOf, type Tx } from './transaction-client.ts'

/** 可入库的值 — what a bulk-loaded cell may hold. */
export type Cell = string | number | boolean | null | undefined

/**
 * 批量写入 — loads many rows into a table through COPY, inside the running transaction.
 *
 * `table` and `columns` are written by us, never by a user.
 */
export async function copyRows(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Promise<void> {
  const target = clientOf(tx).query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`))
  await pipeline(Readable.from(chunks(rows)), target)
}

function* chunks(rows: Iterable<readonly Cell[]>): Generator<string> {
  let chunk = ''
  for (const row of rows) {
    chunk += `${row.map(cellText).join('\t')}\n`
    if (chunk.length > 65_536) {
      yield chunk
      chunk = ''
    }
  }
  if (chunk) yield chunk
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return '\\N'
  return String(cell).replace(/[\\\t\n\r]/g, (character) => escapes[character] as string)
}
