import { randomBytes } from 'node:crypto'
import { Secret } from 'otpauth'
import type { Queryable } from '../db/open-database.ts'
import { digest } from './session.ts'

const codes = 10

/** 恢复码 — ten new ones (80 random bits each), shown once; earlier ones stop working. Only their hashes are kept. */
export async function issueRecoveryCodes(own: Queryable, account: string): Promise<string[]> {
  const issued = Array.from({ length: codes }, newCode)
  await own.query('delete from access.recovery_code where account = $1', [account])
  await own.query('insert into access.recovery_code (account, code_hash) select $1, unnest($2::bytea[])', [
    account,
    issued.map((code) => digest(plain(code))),
  ])
  return issued
}

/** 用恢复码 — true once per code. */
export async function spendRecoveryCode(pool: Queryable, account: string, code: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update access.recovery_code set used_at = now() where account = $1 and code_hash = $2 and used_at is null',
    [account, digest(plain(code))],
  )
  return rowCount === 1
}

/** 剩余恢复码 — how many are unused. */
export async function countRecoveryCodes(pool: Queryable, account: string): Promise<number> {
  const { rows } = await pool.query(
    'select count(*)::int as count from access.recovery_code where account = $1 and used_at is null',
    [account],
  )
  return rows[0].count
}

function newCode(): string {
  const text = new Secret({ buffer: new Uint8Array(randomBytes(10)).buffer }).base32
  return text.match(/.{4}/g)?.join('-') ?? text
}

function plain(code: string): string {
  return code.toUpperCase().replaceAll(/[\s-]/g, '')
}
