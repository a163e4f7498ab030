import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { Fault } from '../../kernel/fault.ts'
import type { KeyKeeper } from './key-keeper.ts'
import type { Suite } from './suite.ts'
import { findSuite } from './suites.ts'

export const keyPurposes = ['seal', 'index'] as const
export type KeyPurpose = (typeof keyPurposes)[number]

/** 数据密钥 — one unwrapped key of a data class. */
export interface DataKey {
  readonly version: number
  readonly suite: Suite
  readonly key: Buffer
}

/** 密钥簿 — the keys of every data class; new versions made elsewhere are noticed. */
export interface DataKeys {
  /** Newest first; makes the first one when there is none. */
  live(dataClass: string, purpose: KeyPurpose): Promise<readonly DataKey[]>
  /** Unwraps every key; a fault when the master key at hand is not theirs. Returns how many there are. */
  check(): Promise<number>
  /** Of one version; asks the table again when it is not known yet. */
  find(dataClass: string, purpose: KeyPurpose, version: number): Promise<DataKey | undefined>
  add(dataClass: string): Promise<void>
  /** Forgets all but the newest: what they sealed can never be opened again. */
  destroyOld(dataClass: string): Promise<void>
  /** Wraps every key anew under the keeper's current master key. */
  rewrap(): Promise<number>
}

/** A version made by another process is used here at most this much later. */
export const keyRefreshMs = 5_000

/** 开密钥簿 — keys are unwrapped once and kept in memory, never written unwrapped. */
export function openDataKeys(pool: pg.Pool, keeper: KeyKeeper, suite: Suite): DataKeys {
  let known = new Map<string, readonly DataKey[]>()
  let readAt = Number.NEGATIVE_INFINITY
  const read = async () => {
    known = await readKeys(pool, keeper)
    readAt = performance.now()
  }
  let reading: Promise<void> | undefined
  /** Thousands of values may be sealed at once: when the keys have aged, one of them asks and the others wait for it. */
  const refresh = () => {
    reading ??= read().finally(() => {
      reading = undefined
    })
    return reading
  }
  const live = async (dataClass: string, purpose: KeyPurpose) => {
    const name = `${dataClass}/${purpose}`
    if (performance.now() - readAt > keyRefreshMs) await refresh()
    if (!known.has(name)) {
      await addKey(pool, keeper, suite, dataClass, purpose, 1)
      await read()
    }
    return known.get(name) as readonly DataKey[]
  }
  return {
    live,
    async check() {
      await read()
      return [...known.values()].flat().length
    },
    async find(dataClass, purpose, version) {
      const seen = () => known.get(`${dataClass}/${purpose}`)?.find((each) => each.version === version)
      if (!seen()) await refresh()
      // What was being read may be older than the key.
      if (!seen()) await read()
      return seen()
    },
    async add(dataClass) {
      for (const purpose of keyPurposes) {
        const [newest] = await live(dataClass, purpose)
        await addKey(pool, keeper, suite, dataClass, purpose, newest!.version + 1)
      }
      await read()
    },
    async destroyOld(dataClass) {
      await pool.query(
        `delete from vault.data_key as old where data_class = $1 and version <
           (select max(version) from vault.data_key where data_class = $1 and purpose = old.purpose)`,
        [dataClass],
      )
      await read()
    },
    rewrap: () => rewrapKeys(pool, keeper),
  }
}

const nameOf = (dataClass: string, purpose: string, version: number) => `${dataClass}/${purpose}/${version}`

async function addKey(
  pool: pg.Pool,
  keeper: KeyKeeper,
  suite: Suite,
  dataClass: string,
  purpose: KeyPurpose,
  version: number,
): Promise<void> {
  const wrapped = await keeper.wrap(randomBytes(32), nameOf(dataClass, purpose, version))
  // Two processes may make the same version at once: the first one's stands for both.
  await pool.query(
    `insert into vault.data_key (data_class, purpose, version, suite, wrapped, wrapped_by)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [dataClass, purpose, version, suite.name, wrapped, keeper.current],
  )
}

interface KeyRow {
  readonly data_class: string
  readonly purpose: KeyPurpose
  readonly version: number
  readonly suite: string
  readonly wrapped: Buffer
  readonly wrapped_by: string
}

async function readRows(pool: pg.Pool): Promise<KeyRow[]> {
  return (await pool.query<KeyRow>('select * from vault.data_key order by data_class, purpose, version desc'))
    .rows
}

async function readKeys(pool: pg.Pool, keeper: KeyKeeper): Promise<Map<string, readonly DataKey[]>> {
  const keys = new Map<string, DataKey[]>()
  for (const row of await readRows(pool)) {
    const name = `${row.data_class}/${row.purpose}`
    keys.set(name, [...(keys.get(name) ?? []), { ...row, ...(await unwrapped(row, keeper)) }])
  }
  return keys
}

async function unwrapped(row: KeyRow, keeper: KeyKeeper): Promise<{ suite: Suite; key: Buffer }> {
  const name = nameOf(row.data_class, row.purpose, row.version)
  const key = await keeper.unwrap(row.wrapped, name, row.wrapped_by)
  const suite = findSuite(row.suite)
  if (!key || !suite)
    throw new Fault(
      `密钥文件与数据库不符：数据密钥 ${name} 由主密钥 ${row.wrapped_by} 包裹，手里的主密钥（${keeper.current}）打不开它。没有改动任何数据。请放回与这份数据配套的密钥文件，或用 KUOYOU_KEY_FILE 指明它的位置。`,
    )
  return { suite, key }
}

async function rewrapKeys(pool: pg.Pool, keeper: KeyKeeper): Promise<number> {
  const rows = (await readRows(pool)).filter((row) => row.wrapped_by !== keeper.current)
  for (const row of rows) {
    const { key } = await unwrapped(row, keeper)
    const wrapped = await keeper.wrap(key, nameOf(row.data_class, row.purpose, row.version))
    await pool.query(
      `update vault.data_key set wrapped = $4, wrapped_by = $5
        where data_class = $1 and purpose = $2 and version = $3`,
      [row.data_class, row.purpose, row.version, wrapped, keeper.current],
    )
  }
  return rows.length
}
