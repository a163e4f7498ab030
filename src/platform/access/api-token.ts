import { randomBytes } from 'node:crypto'
import type { Queryable } from '../db/open-database.ts'
import { grantsInForce, visitorFrom } from './grants-in-force.ts'
import type { Policy } from './policy.ts'
import { digest } from './session.ts'
import { grantsOf, type Visitor } from './visitor.ts'

const mark = 'kyt_'
const tokensPerAccount = 20

/** 接口令牌 — as its owner sees it; its secret was shown once. */
export interface ApiToken {
  readonly tokenId: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly readOnly: boolean
  readonly counties: readonly number[] | null
  readonly createdAt: string
  readonly expiresAt: string
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

/** 令牌申请 — `days` from now, at most a year. */
export interface TokenWanted {
  readonly name: string
  readonly scopes: readonly string[]
  readonly readOnly: boolean
  readonly counties?: readonly number[] | undefined
  readonly days: number
}

/** Who someone is, and what they may do with that, is never a program's business. */
const forPeopleOnly = new Set(['self', 'door', 'account', 'grant', 'token'])

/** 可授之事 — `thing.act` of a policy a token can hold; undefined when only people may. */
export function scopeOf({ thing, act }: Policy): string | undefined {
  return forPeopleOnly.has(thing) ? undefined : `${thing}.${act}`
}

/** 令牌可用 — is the policy among the visitor's token's scopes, and the request no more than it may? Always, without a token. */
export function tokenReaches({ token }: Visitor, policy: Policy, method: string): boolean {
  if (!token) return true
  const scope = scopeOf(policy)
  return scope !== undefined && token.scopes.includes(scope) && (method === 'GET' || !token.readOnly)
}

/** 请求里的令牌 — the secret in an `Authorization: Bearer` header; empty when the header holds no token of ours. */
export function bearerOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  const found = /^Bearer +(kyt_[\w-]{43})$/i.exec(header)
  return found ? found[1]! : ''
}

/** 发放令牌 — its secret, to be shown once; undefined when the account has as many as it may. */
export async function issueToken(
  pool: Queryable,
  account: string,
  { name, scopes, readOnly, counties, days }: TokenWanted,
): Promise<{ tokenId: string; secret: string } | undefined> {
  const secret = `${mark}${randomBytes(32).toString('base64url')}`
  const { rows } = await pool.query<{ tokenId: string }>(
    `insert into access.api_token (token_hash, account, name, scopes, read_only, counties, expires_at)
     select $1, $2, $3, $4, $5, $6, now() + make_interval(days => $7)
      where (select count(*) from access.api_token
              where account = $2 and revoked_at is null and expires_at > now()) < $8
     returning token_id as "tokenId"`,
    [digest(secret), account, name, scopes, readOnly, counties ?? null, days, tokensPerAccount],
  )
  return rows[0] && { ...rows[0], secret }
}

/** 我的令牌 — newest first; those over or revoked stay listed for a year. */
export async function listTokens(pool: Queryable, account: string): Promise<ApiToken[]> {
  const { rows } = await pool.query<ApiToken>(
    `select token_id as "tokenId", name, scopes, read_only as "readOnly", counties, created_at as "createdAt",
            expires_at as "expiresAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt"
       from access.api_token
      where account = $1 and coalesce(revoked_at, expires_at) > now() - interval '1 year'
      order by created_at desc, token_id`,
    [account],
  )
  return rows
}

/** 撤销令牌 — false when there is none, or it was revoked before. */
export async function revokeToken(pool: Queryable, account: string, tokenId: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update access.api_token set revoked_at = now() where account = $1 and token_id = $2 and revoked_at is null',
    [account, tokenId],
  )
  return rowCount === 1
}

/** 撤销全部令牌 — of an account that is disabled. */
export async function revokeTokensOf(pool: Queryable, account: string): Promise<void> {
  await pool.query(
    'update access.api_token set revoked_at = now() where account = $1 and revoked_at is null',
    [account],
  )
}

/** 令牌的访问者 — its account with the grants in force now, within the token's counties; undefined when it is unknown, over or revoked. */
export async function visitorOfToken(pool: Queryable, secret: string): Promise<Visitor | undefined> {
  const hash = digest(secret)
  const { rows } = await pool.query({
    name: 'visitor-of-token',
    text: `select a.account, a.name, t.name as token, t.scopes, t.read_only, t.counties,
              coalesce(t.last_used_at < now() - interval '1 minute', true) as stale, ${grantsInForce} as grants
             from access.api_token t join access.account a using (account)
            where t.token_hash = $1 and t.revoked_at is null and t.expires_at > now() and a.state = 'active'`,
    values: [hash],
  })
  const row = rows[0]
  if (!row) return undefined
  if (row.stale)
    await pool.query('update access.api_token set last_used_at = now() where token_hash = $1', [hash])
  const held = grantsOf(visitorFrom(row))
  const within = (counties: readonly number[]) => counties.filter((id) => row.counties.includes(id))
  const grants = row.counties
    ? held
        .map((grant) => ({ ...grant, counties: within(grant.counties) }))
        .filter(({ counties }) => counties.length > 0)
    : held
  return {
    ...visitorFrom({ ...row, grants: grants as never }),
    token: { name: row.token, scopes: row.scopes, readOnly: row.read_only },
  }
}
