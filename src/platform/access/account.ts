import type { Queryable } from '../db/open-database.ts'
import { revokeTokensOf } from './api-token.ts'
import { noteSignIn } from './dormant.ts'
import { nobodysHash, passwordMatches } from './password.ts'
import { closeSessionsOf, takeTurn } from './session.ts'

/** 新账号 — with a password, without one until its first link is used, or (on a demonstration site) for good. */
export interface NewAccount {
  readonly account: string
  readonly name: string
  /** Hashed before: no transaction stands open meanwhile. */
  readonly passwordHash?: string
  readonly demonstration?: boolean
  /** What single sign-on calls this person. */
  readonly externalId?: string
  readonly createdBy?: string
  /** Granted with the account, for those the platform itself sets up; others are granted by the security administrator. */
  readonly role?: string
  readonly counties?: readonly number[]
  readonly institutions?: readonly number[]
  /** Only what belongs to these units, on the day it is asked for. */
  readonly units?: readonly number[]
}

/** 建账号 — false when the account name is taken. Without a `role` it may do nothing yet. */
export async function createAccount(on: Queryable, account: NewAccount): Promise<boolean> {
  const { rows } = await on.query(
    `with made as (
       insert into access.account (account, name, password_hash, password_changed_at, demonstration, external_id, created_by)
       values ($1, $2, $3, case when $3::text is not null then now() end, $4, $5, $6)
       on conflict (account) do nothing returning account
     ), granted as (
       insert into access.grant (account, role, counties, institutions, units, granted_by)
       select account, $7, $8, $9, $10, coalesce($6, 'first-start') from made where $7::text is not null)
     select exists (select from made) as made`,
    [
      account.account,
      account.name,
      account.passwordHash ?? null,
      account.demonstration ?? false,
      account.externalId ?? null,
      account.createdBy ?? null,
      account.role ?? null,
      account.counties ?? [],
      account.institutions ?? [],
      account.units ?? null,
    ],
  )
  return rows[0].made
}

/** 演示角色 — the accounts a demonstration site offers without a password. */
export async function listDemonstrationAccounts(
  pool: Queryable,
): Promise<{ account: string; name: string; role: string }[]> {
  const { rows } = await pool.query(
    `select a.account, a.name, g.role from access.account a
       join lateral (select role from access.grant where account = a.account and ended_at is null
                      order by delegated_from nulls first, grant_id limit 1) g on true
      where a.demonstration and a.state = 'active' order by a.created_at, a.account`,
  )
  return rows
}

/** 凭密码登录 — the account's state when account and password fit, unless it is disabled; takes as long for all others. */
export async function accountByPassword(
  pool: Queryable,
  account: string,
  password: string,
): Promise<'active' | 'asleep' | undefined> {
  const { rows } = await pool.query('select password_hash, state from access.account where account = $1', [
    account,
  ])
  const stored: string = rows[0]?.password_hash ?? nobodysHash
  const fits = await passwordMatches(password, stored)
  return fits && rows[0]?.password_hash && rows[0].state !== 'disabled' ? rows[0].state : undefined
}

/**
 * 换密码 — stores it and ends the account's sessions, all or all but one, and forgets the devices it knew.
 *
 * It comes hashed: hashing waits its turn for a processor, and the request's transaction must not stand open so long.
 */
export async function setPassword(
  own: Queryable,
  account: string,
  hash: string,
  keep?: { readonly session: string; readonly device?: Buffer },
): Promise<void> {
  await takeTurn(own, account)
  await own.query(
    'update access.account set password_hash = $2, password_changed_at = now() where account = $1',
    [account, hash],
  )
  await closeSessionsOf(own, account, keep?.session)
  await own.query('delete from access.known_device where account = $1 and device_hash is distinct from $2', [
    account,
    keep?.device ?? null,
  ])
}

/** 停用或启用 — a disabled account's sessions, links and devices end with it. */
export async function setAccountState(
  own: Queryable,
  account: string,
  state: 'active' | 'disabled',
): Promise<boolean> {
  await takeTurn(own, account)
  const { rowCount } = await own.query('update access.account set state = $2 where account = $1', [
    account,
    state,
  ])
  if (state === 'active' && rowCount === 1) await noteSignIn(own, account)
  if (state === 'disabled') {
    await closeSessionsOf(own, account)
    await revokeTokensOf(own, account)
    await own.query('delete from access.one_time_link where account = $1 and used_at is null', [account])
    await own.query('delete from access.known_device where account = $1', [account])
  }
  return rowCount === 1
}

/** 改姓名 — what the account is shown as; false when there is no such account. */
export async function renameAccount(own: Queryable, account: string, name: string): Promise<boolean> {
  const { rowCount } = await own.query('update access.account set name = $2 where account = $1', [
    account,
    name,
  ])
  return rowCount === 1
}

/** 是否有人担任 — does an active account hold the role now? */
export async function hasRole(pool: Queryable, role: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select 1 from access.grant g join access.account a using (account)
      where g.role = $1 and g.ended_at is null and a.state = 'active' limit 1`,
    [role],
  )
  return rowCount === 1
}
