import { createHash, type Hash } from 'node:crypto'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { TableShape } from './table-shape.ts'

/** 表的指纹 — how many rows, and the SHA-256 over all of them in key order. */
export interface TableDigest {
  readonly rows: number
  readonly sha256: string
}

/** Fixes everything that lets the same value be written in two ways, and refuses to leave out rows silently. */
export const exactText = `set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'iso_8601';
  set local extra_float_digits = 3; set local bytea_output = 'hex'; set local row_security = off;
  set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`

/** 逐行读出 — a table's rows as COPY text, in order; `digest` is complete once the last chunk was taken. */
export function readTable(
  client: pg.ClientBase,
  table: TableShape,
): { content: AsyncIterable<Buffer>; digest: () => TableDigest } {
  const counter = new DigestCounter()
  async function* content(): AsyncGenerator<Buffer> {
    const statement = `copy (select ${table.columns.join(', ')} from ${table.name} order by ${table.order.join(', ')}) to stdout`
    for await (const chunk of client.query(copyTo(statement))) {
      counter.add(chunk as Buffer)
      yield chunk as Buffer
    }
  }
  return { content: content(), digest: () => counter.result() }
}

/** 表的指纹 — read from the database. */
export async function digestTable(client: pg.ClientBase, table: TableShape): Promise<TableDigest> {
  const { content, digest } = readTable(client, table)
  for await (const _ of content);
  return digest()
}

/** 边数边算 — counts rows and hashes bytes as they pass. COPY text writes a line break inside a value as `\n`, so each 0x0a ends a row. */
export class DigestCounter {
  #rows = 0
  readonly #hash: Hash = createHash('sha256')

  add(chunk: Buffer): void {
    this.#hash.update(chunk)
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) this.#rows += 1
  }

  result(): TableDigest {
    return { rows: this.#rows, sha256: this.#hash.digest('hex') }
  }
}
