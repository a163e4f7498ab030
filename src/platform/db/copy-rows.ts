import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { clientOf, type Tx } from './transaction-client.ts'

/** 可入库的值 — what a bulk-loaded cell may hold. */
export type Cell = string | number | boolean | null | undefined

/**
 * 批量写入 — loads many rows into a table through COPY, inside the running transaction.
 *
 * COPY refuses tables with row-level security, so the rows go through a temporary table; the insert from
 * there is checked like any other. `table` and `columns` are written by us, never by a user.
 */
export async function copyRows(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly Cell[]>,
): Promise<void> {
  const client = clientOf(tx)
  const list = columns.join(', ')
  await client.query(
    `create temporary table copied on commit drop as select ${list} from ${table} with no data`,
  )
  await pipeline(
    Readable.from(chunks(rows)),
    client.query(copyFrom(`copy pg_temp.copied (${list}) from stdin`)),
  )
  await client.query(`insert into ${table} (${list}) select ${list} from pg_temp.copied`)
  await client.query('drop table pg_temp.copied')
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
