import type pg from 'pg'
import type { Queryable } from '../db/open-database.ts'
import { together } from '../db/together.ts'
import { digest } from './session.ts'

/** Tries that fail before waiting begins, per account and network, or per account and known device. */
const freeTries = 5
/** Failed tries from one network against any accounts within a quarter of an hour: an office with typing errors stays below. */
const networkTries = 30
/** Failed tries against one account from all unknown devices within an hour. */
const accountTries = 100

const quarter = 15 * 60
const longestWait = 8 * 60 * 60

/** 登录来处 — the account as typed, whether it exists or not, and where the try comes from. */
export interface Attempt {
  readonly account: string
  readonly network: string
  /** The device's own secret, from its cookie. */
  readonly device?: string | undefined
}

/** 可否再试 — leave, with the row that counts this try as failed until it succeeds, or how long to wait. */
export type Leave =
  | { readonly allowed: true; readonly known: boolean }
  | { readonly allowed: false; readonly waitSeconds: number }

/**
 * 防试密码 — asks leave for one try at a password.
 *
 * A try is counted as failed before the password is looked at, under a lock, so that a thousand at once are
 * counted like a thousand in a row. Whoever tries an account's password from elsewhere blocks only
 * themselves: a device from which the account signed in before is counted apart, and single sign-on and
 * passkeys never ask here. What is counted does not depend on whether the account exists.
 */
export async function askLeave(pool: pg.Pool, attempt: Attempt): Promise<Leave> {
  const account = attempt.account.toLowerCase()
  const device = attempt.device === undefined ? undefined : digest(attempt.device)
  return together(pool, async (client) => {
    await client.query(
      "select pg_advisory_xact_lock(hashtextextended('network ' || $1, 0)), pg_advisory_xact_lock(hashtextextended('account ' || $2, 0))",
      [attempt.network, account],
    )
    const known = device !== undefined && (await isKnown(client, attempt.account, device))
    const waitSeconds = known
      ? await waitOfDevice(client, account, device)
      : await waitOfStranger(client, account, attempt.network)
    if (waitSeconds > 0) return { allowed: false, waitSeconds }
    await client.query(
      "insert into access.sign_in_failure (kind, account, network, device) values ('password', $1, $2, $3)",
      [account, attempt.network, known ? device : null],
    )
    return { allowed: true, known }
  })
}

async function isKnown(client: Queryable, account: string, device: Buffer): Promise<boolean> {
  const { rowCount } = await client.query(
    'select 1 from access.known_device where account = $1 and device_hash = $2',
    [account, device],
  )
  return rowCount === 1
}

const pairFailures = `select count(*)::int as failures, coalesce(extract(epoch from now() - max(at)), 0)::float as since
   from access.sign_in_failure where kind = 'password' and account = $1 and at > now() - interval '1 day'`

async function waitOfDevice(client: Queryable, account: string, device: Buffer): Promise<number> {
  const { rows } = await client.query(`${pairFailures} and device = $2`, [account, device])
  return growingWait(rows[0].failures, rows[0].since)
}

async function waitOfStranger(client: Queryable, account: string, network: string): Promise<number> {
  const pair = await client.query(`${pairFailures} and device is null and network = $2`, [account, network])
  const all = await client.query(
    `select (select count(*)::int from access.sign_in_failure
              where kind = 'password' and device is null and network = $2 and at > now() - interval '15 minutes') as network,
            (select count(*)::int from access.sign_in_failure
              where kind = 'password' and device is null and account = $1 and at > now() - interval '1 hour') as account`,
    [account, network],
  )
  const crowded = all.rows[0].network >= networkTries || all.rows[0].account >= accountTries
  return Math.max(growingWait(pair.rows[0].failures, pair.rows[0].since), crowded ? quarter : 0)
}

/** A quarter of an hour after the fifth failure, doubled with every five more, at most eight hours. */
export function growingWait(failures: number, secondsSinceLast: number): number {
  if (failures < freeTries) return 0
  const wait = Math.min(quarter * 2 ** (Math.floor(failures / freeTries) - 1), longestWait)
  return Math.max(0, Math.ceil(wait - secondsSinceLast))
}

/** 登录成功 — this account's failures from here no longer count, and the device is known from now on. */
export async function forgiveTries(pool: Queryable, attempt: Attempt): Promise<void> {
  const device = attempt.device === undefined ? null : digest(attempt.device)
  await pool.query(
    `delete from access.sign_in_failure
      where at < now() - interval '1 day'
         or (kind = 'password' and account = $1 and (device = $3 or (device is null and network = $2)))`,
    [attempt.account.toLowerCase(), attempt.network, device],
  )
}

/** 记住设备 — the account has signed in fully from this device. */
export async function rememberDevice(pool: Queryable, account: string, device: string): Promise<void> {
  await pool.query(
    `insert into access.known_device (account, device_hash) values ($1, $2)
     on conflict (account, device_hash) do update set last_at = now()`,
    [account, digest(device)],
  )
}

/** 解锁 — what a security administrator does for an account whose owner is known. */
export async function unlockAccount(pool: Queryable, account: string): Promise<void> {
  await pool.query('delete from access.sign_in_failure where account = $1', [account.toLowerCase()])
}

/** 核对验证码之前 — counts a code try against the account and gives 0, or the seconds to wait when five failed within a quarter of an hour. */
export async function askLeaveForCode(pool: pg.Pool, account: string, network: string): Promise<number> {
  return together(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock(hashtextextended('code ' || $1, 0))", [account])
    const { rows } = await client.query(
      `select count(*)::int as failures, ceil(extract(epoch from min(at) + interval '15 minutes' - now()))::int as wait
         from access.sign_in_failure where kind = 'code' and account = $1 and at > now() - interval '15 minutes'`,
      [account.toLowerCase()],
    )
    if (rows[0].failures >= freeTries) return Math.max(1, rows[0].wait)
    await client.query(
      "insert into access.sign_in_failure (kind, account, network) values ('code', $1, $2)",
      [account.toLowerCase(), network],
    )
    return 0
  })
}

/** 验证码通过 — earlier wrong ones no longer count. */
export async function forgiveCodes(pool: Queryable, account: string): Promise<void> {
  await pool.query("delete from access.sign_in_failure where kind = 'code' and account = $1", [
    account.toLowerCase(),
  ])
}
