import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { Visitor } from './visitor.ts'

/** A signed-in visitor is asked again after twelve hours. */
const sessionHours = 12

/** 登录会话 — opens a session and returns the secret that goes into the cookie; only its hash is kept. */
export async function openSession(pool: pg.Pool, account: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await pool.query('delete from access.session where expires_at < now()')
  await pool.query(
    `insert into access.session (token_hash, account, expires_at) values ($1, $2, now() + make_interval(hours => $3))`,
    [digest(token), account, sessionHours],
  )
  return token
}

/** 当前访问者 — whose session this token opens; undefined when it is unknown or over. */
export async function visitorOf(pool: pg.Pool, token: string): Promise<Visitor | undefined> {
  const { rows } = await pool.query(
    {
      name: 'visitor-of-session',
      text: `select a.account, a.name, a.role, a.counties, a.institution_id as "institutionId"
        from access.session s join access.account a using (account)
        where s.token_hash = $1 and s.expires_at > now()`,
    },
    [digest(token)],
  )
  const row = rows[0]
  if (!row) return undefined
  const { institutionId, ...visitor } = row
  return { ...visitor, ...(institutionId !== null && { institutions: [institutionId] }) }
}

/** 退出登录 — ends the session. */
export async function closeSession(pool: pg.Pool, token: string): Promise<void> {
  await pool.query('delete from access.session where token_hash = $1', [digest(token)])
}

/** 令牌摘要 — what is stored instead of a secret. */
export function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
