import { createHash, randomBytes } from 'node:crypto'
import type { Queryable } from '../db/open-database.ts'
import { grantsInForce, visitorFrom } from './grants-in-force.ts'
import type { Visitor } from './visitor.ts'

/** A signed-in visitor is asked again after twelve hours, or half an hour without a request. */
const absoluteHours = 12
const idleMinutes = 30
/** What still owes a step is over sooner. */
const owingMinutes = 10
const sessionsPerAccount = 5

/** 登录阶段 — what a session still owes before it opens anything; `full` owes nothing. */
export type Stage = 'factor' | 'enrol' | 'password' | 'full'

/** 登录方式 — how the account was proved. */
export type Way = 'password' | 'passkey' | 'sso' | 'demonstration'

export interface SessionOpening {
  readonly stage?: Stage
  readonly way?: Way
  readonly agent?: string
  readonly network?: string
  /** The secret of the session it takes the place of. */
  readonly replacing?: string | undefined
}

/**
 * 一个接一个 — what opens or ends an account's sessions takes its turn first: each then sees what the one before did, and
 * none waits for rows in another order.
 */
export async function takeTurn(own: Queryable, account: string): Promise<void> {
  await own.query("select pg_advisory_xact_lock(hashtextextended('sessions ' || $1, 0))", [account])
}

/** 登录会话 — opens a session and returns the secret that goes into the cookie; only its hash is kept. An account's sixth session ends its oldest. */
export async function openSession(
  pool: Queryable,
  account: string,
  { stage = 'full', way = 'password', agent = '', network = '', replacing }: SessionOpening = {},
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await takeTurn(pool, account)
  if (replacing !== undefined) await closeSession(pool, replacing)
  await pool.query(
    `delete from access.session where token_hash in (
       select token_hash from access.session where expires_at < now() for update skip locked)`,
  )
  await pool.query(
    `insert into access.session (token_hash, account, expires_at, stage, way, agent, network, opened_at)
     values ($1, $2, now() + $3::interval, $4, $5, $6, $7, clock_timestamp())`,
    [
      digest(token),
      account,
      stage === 'full' ? `${absoluteHours} hours` : `${owingMinutes} minutes`,
      stage,
      way,
      agent,
      network,
    ],
  )
  await pool.query(
    `delete from access.session where token_hash in (
       select token_hash from access.session where account = $1 order by opened_at desc, session_id offset $2)`,
    [account, sessionsPerAccount],
  )
  return token
}

/** 当前访问者 — whose session this token opens, with everything granted to them now; undefined when it is unknown, over, or still owes a step. */
export async function visitorOf(pool: Queryable, token: string): Promise<Visitor | undefined> {
  const hash = digest(token)
  const { rows } = await pool.query({
    name: 'visitor-of-session',
    text: `select a.account, a.name, s.seen_at < now() - interval '30 seconds' as stale, ${grantsInForce} as grants
        from access.session s join access.account a using (account)
        where s.token_hash = $1 and s.stage = 'full' and a.state = 'active'
          and s.expires_at > now() and s.seen_at > now() - make_interval(mins => $2)`,
    values: [hash, idleMinutes],
  })
  const row = rows[0]
  if (!row) return undefined
  if (row.stale) await pool.query('update access.session set seen_at = now() where token_hash = $1', [hash])
  return visitorFrom(row)
}

/** 未完成的登录 — the account behind a session that still owes a step, and which step. */
export async function owingSession(
  pool: Queryable,
  token: string | undefined,
): Promise<{ account: string; stage: Exclude<Stage, 'full'>; way: Way } | undefined> {
  if (token === undefined) return undefined
  const { rows } = await pool.query(
    `select s.account, s.stage, s.way from access.session s join access.account a using (account)
      where s.token_hash = $1 and s.stage <> 'full' and a.state = 'active' and s.expires_at > now()`,
    [digest(token)],
  )
  return rows[0]
}

/** 计一次核对 — true while this session has tries left (five); otherwise it is ended. */
export async function spendTry(pool: Queryable, token: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update access.session set tries = tries + 1 where token_hash = $1 and tries < 5',
    [digest(token)],
  )
  if (rowCount !== 1) await closeSession(pool, token)
  return rowCount === 1
}

/** 退出登录 — ends the session. */
export async function closeSession(pool: Queryable, token: string): Promise<void> {
  await pool.query('delete from access.session where token_hash = $1', [digest(token)])
}

/** 处处退出 — ends an account's sessions, all or all but the one with this token; returns how many. */
export async function closeSessionsOf(pool: Queryable, account: string, except?: string): Promise<number> {
  await takeTurn(pool, account)
  const { rowCount } = await pool.query(
    'delete from access.session where account = $1 and token_hash is distinct from $2',
    [account, except === undefined ? null : digest(except)],
  )
  return rowCount ?? 0
}

/** 结束一处登录 — ends one of the account's own sessions by its public id. */
export async function closeSessionById(pool: Queryable, account: string, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from access.session where account = $1 and session_id = $2', [
    account,
    id,
  ])
  return rowCount === 1
}

/** 登录之处 — as the account's owner sees it. */
export interface SessionPlace {
  readonly sessionId: string
  readonly way: Way
  readonly agent: string
  readonly network: string
  readonly openedAt: string
  readonly seenAt: string
  readonly current: boolean
}

/** 我的登录 — where this account is signed in now, newest first. */
export async function listSessions(
  pool: Queryable,
  account: string,
  token: string | undefined,
): Promise<SessionPlace[]> {
  const { rows } = await pool.query(
    `select session_id as "sessionId", way, agent, network, opened_at as "openedAt", seen_at as "seenAt",
            token_hash = $2 as current
       from access.session
      where account = $1 and stage = 'full' and expires_at > now() and seen_at > now() - make_interval(mins => $3)
      order by opened_at desc, session_id`,
    [account, digest(token ?? ''), idleMinutes],
  )
  return rows
}

/** 是否刚登录 — was this session opened within the last ten minutes? What changes an account's security asks for it. */
export async function isFresh(pool: Queryable, token: string | undefined): Promise<boolean> {
  const { rowCount } = await pool.query(
    "select 1 from access.session where token_hash = $1 and opened_at > now() - interval '10 minutes'",
    [digest(token ?? '')],
  )
  return rowCount === 1
}

/** 令牌摘要 — what is stored instead of a secret. */
export function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
