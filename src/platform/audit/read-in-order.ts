import type pg from 'pg'
import { digestColumns, type RawEntry, rawText } from './entry-digest.ts'
import { type Seal, sealColumns } from './seal.ts'

const entriesAtOnce = 4_000
const sealsAtOnce = 500

/** 逐条封条 — every seal in order, through a cursor of the running transaction. */
export async function* sealsInOrder(client: pg.ClientBase): AsyncGenerator<Seal> {
  await client.query(
    `declare audit_seals no scroll cursor for select ${sealColumns} from audit.seal order by batch`,
  )
  for (;;) {
    const { rows } = await client.query<Seal>(`fetch ${sealsAtOnce} from audit_seals`)
    yield* rows
    if (rows.length < sealsAtOnce) break
  }
  await client.query('close audit_seals')
}

/** 取条目 — reads entries batch by batch, in one pass over the table as long as the batches follow each other. */
export interface EntryReader {
  /** The entries of the cluster's transactions from `from` up to, not including, `to`. */
  take(cluster: string, from: string, to: string): Promise<RawEntry[]>
}

/** 迟到条目 — what transactions wrote that were still open when their numbers were sealed. */
export async function entriesOfXacts(
  client: pg.ClientBase,
  cluster: string,
  xacts: string,
): Promise<RawEntry[]> {
  const { rows } = await client.query<RawEntry & unknown[]>({
    text: `select ${digestColumns} from audit.entry where cluster = $1 and xact = any ($2::xid8[])`,
    values: [cluster, xacts],
    rowMode: 'array',
    types: rawText,
  })
  return rows
}

/** 开卷 — the next portion is asked for while this one is hashed, so that server and platform work at once. */
export function openEntryReader(client: pg.ClientBase): EntryReader {
  let at: { cluster: string; xact: string } | undefined
  let portion: RawEntry[] = []
  let index = 0
  let coming: Promise<RawEntry[]> | undefined
  const open = async (cluster: string, xact: string) => {
    if (at) {
      await coming
      await client.query('close audit_entries')
    }
    await client.query(`declare audit_entries no scroll cursor for select ${digestColumns} from audit.entry
       where cluster = ${whole(cluster)} and xact >= '${whole(xact)}'::xid8 order by xact, seq`)
    portion = []
    index = 0
    coming = fetchEntries(client)
  }
  const current = async (): Promise<RawEntry | undefined> => {
    if (index === portion.length && coming) {
      portion = await coming
      index = 0
      coming = portion.length === entriesAtOnce ? fetchEntries(client) : undefined
    }
    return portion[index]
  }
  return {
    async take(cluster, from, to) {
      if (at?.cluster !== cluster || at.xact !== from) await open(cluster, from)
      at = { cluster, xact: to }
      const taken: RawEntry[] = []
      for (;;) {
        // Within a portion nothing is awaited: a million promises would cost more than the hashing.
        const entry = portion[index] ?? (await current())
        if (!entry || Number(entry[2]) >= Number(to)) return taken
        taken.push(entry)
        index += 1
      }
    },
  }
}

async function fetchEntries(client: pg.ClientBase): Promise<RawEntry[]> {
  const { rows } = await client.query<RawEntry & unknown[]>({
    text: `fetch ${entriesAtOnce} from audit_entries`,
    rowMode: 'array',
    types: rawText,
  })
  return rows
}

/** A cursor's query takes no parameters: only whole numbers get into it. */
function whole(text: string): string {
  if (!/^-?\d+$/.test(text)) throw new Error(`not a whole number: ${text}`)
  return text
}
