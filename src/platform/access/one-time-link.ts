import { randomBytes } from 'node:crypto'
import type { Queryable } from '../db/open-database.ts'
import { digest } from './session.ts'

/** 一次性链接 — what its bearer may do, once, within 24 hours. */
export type LinkPurpose =
  | { readonly purpose: 'first-administrator' }
  | { readonly purpose: 'set-password'; readonly account: string; readonly issuedBy: string }

/** 发链接 — returns its secret; an earlier unused link for the same thing stops working. */
export async function issueLink(pool: Queryable, link: LinkPurpose): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  const account = link.purpose === 'set-password' ? link.account : null
  await pool.query(
    'delete from access.one_time_link where purpose = $1 and account is not distinct from $2 and used_at is null',
    [link.purpose, account],
  )
  await pool.query(
    `insert into access.one_time_link (token_hash, purpose, account, issued_by, expires_at)
     values ($1, $2, $3, $4, now() + interval '24 hours')`,
    [digest(token), link.purpose, account, link.purpose === 'set-password' ? link.issuedBy : null],
  )
  return token
}

/** 看链接 — whose password it sets, without spending it; undefined when spent, over or unknown. */
export async function accountOfLink(
  pool: Queryable,
  token: string,
): Promise<{ account: string; name: string } | undefined> {
  const { rows } = await pool.query(
    `select a.account, a.name from access.one_time_link l join access.account a using (account)
      where l.token_hash = $1 and l.purpose = 'set-password' and l.used_at is null and l.expires_at > now()
        and a.state = 'active'`,
    [digest(token)],
  )
  return rows[0]
}

/** 链接有效 — may it be used still? For what costs too much to do for anyone who asks. */
export async function linkStands(
  pool: Queryable,
  token: string,
  purpose: LinkPurpose['purpose'],
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select 1 from access.one_time_link
      where token_hash = $1 and purpose = $2 and used_at is null and expires_at > now()`,
    [digest(token), purpose],
  )
  return rowCount === 1
}

/** 使用链接 — true for exactly one bearer. */
export async function spendLink(
  pool: Queryable,
  token: string,
  purpose: LinkPurpose['purpose'],
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update access.one_time_link set used_at = now()
     where token_hash = $1 and purpose = $2 and used_at is null and expires_at > now()`,
    [digest(token), purpose],
  )
  return rowCount === 1
}
