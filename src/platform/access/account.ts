import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { hashPassword, passwordMatches } from './password.ts'
import { digest } from './session.ts'
import type { Visitor } from './visitor.ts'

/** 新账号 — either with a password or, on a demonstration site only, without one. */
export interface NewAccount extends Visitor {
  readonly password?: string
  readonly demonstration?: boolean
}

/** 建账号 — false when the account name is taken. */
export async function createAccount(pool: pg.Pool, account: NewAccount): Promise<boolean> {
  const hash = account.password === undefined ? null : await hashPassword(account.password)
  const { rowCount } = await pool.query(
    `insert into access.account (account, name, role, counties, institution_id, password_hash, demonstration)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (account) do nothing`,
    [
      account.account,
      account.name,
      account.role,
      account.counties,
      account.institutions?.[0] ?? null,
      hash,
      account.demonstration ?? false,
    ],
  )
  return rowCount === 1
}

/** 演示角色 — the accounts a demonstration site offers without a password. */
export async function listDemonstrationAccounts(
  pool: pg.Pool,
): Promise<{ account: string; name: string; role: string }[]> {
  const { rows } = await pool.query(
    'select account, name, role from access.account where demonstration order by created_at, account',
  )
  return rows
}

/** 凭密码登录 — the account's name when account and password fit; takes as long when the account is unknown. */
export async function accountByPassword(
  pool: pg.Pool,
  account: string,
  password: string,
): Promise<string | undefined> {
  const { rows } = await pool.query('select password_hash from access.account where account = $1', [account])
  const stored: string = rows[0]?.password_hash ?? (await decoy())
  return (await passwordMatches(password, stored)) && rows[0]?.password_hash ? account : undefined
}

let decoyHash: Promise<string> | undefined
function decoy(): Promise<string> {
  decoyHash ??= hashPassword(randomBytes(16).toString('hex'))
  return decoyHash
}

/** 首个管理员链接 — a secret that lets its bearer create the first administrator, once, within 24 hours. */
export async function issueFirstAdministratorLink(pool: pg.Pool): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  await pool.query(
    "delete from access.one_time_link where purpose = 'first-administrator' and used_at is null",
  )
  await pool.query(
    `insert into access.one_time_link (token_hash, purpose, expires_at) values ($1, 'first-administrator', now() + interval '24 hours')`,
    [digest(token)],
  )
  return token
}

/** 使用一次性链接 — true for exactly one bearer. */
export async function spendFirstAdministratorLink(pool: pg.Pool, token: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update access.one_time_link set used_at = now()
     where token_hash = $1 and purpose = 'first-administrator' and used_at is null and expires_at > now()`,
    [digest(token)],
  )
  return rowCount === 1
}

/** 是否已有管理员 — does anyone hold the role? */
export async function hasRole(pool: pg.Pool, role: string): Promise<boolean> {
  const { rowCount } = await pool.query('select 1 from access.account where role = $1 limit 1', [role])
  return rowCount === 1
}
