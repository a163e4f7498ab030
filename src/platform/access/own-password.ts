import type { Queryable } from '../db/open-database.ts'
import { passwordMatches } from './password.ts'
import { passwordProblem } from './password-rule.ts'
import { refuse } from './refusals.ts'
import { readSignInRule } from './sign-in-rule.ts'

/** 拒绝新密码 — the refusal of a password this account may not take, or undefined. */
export async function refusePassword(pool: Queryable, account: string, password: string) {
  const { rows } = await pool.query(
    'select account, name, password_hash as hash from access.account where account = $1',
    [account],
  )
  const { passwordProfile } = await readSignInRule(pool)
  const wrong = passwordProblem(password, rows[0], passwordProfile)
  if (wrong) return refuse(wrong)
  return rows[0].hash && (await passwordMatches(password, rows[0].hash))
    ? refuse('access.password-same')
    : undefined
}

/** 核对原密码 — the refusal when it is wrong or the account has none, or undefined. */
export async function refuseOldPassword(pool: Queryable, account: string, old: string) {
  const { rows } = await pool.query('select password_hash as hash from access.account where account = $1', [
    account,
  ])
  if (!rows[0]?.hash) return refuse('access.no-password')
  return (await passwordMatches(old, rows[0].hash)) ? undefined : refuse('access.old-password-wrong')
}
