import type { Queryable } from '../db/open-database.ts'
import type { SignInRule } from './identity-contract.ts'

/** 登录规则 — as it stands. */
export async function readSignInRule(pool: Queryable): Promise<SignInRule> {
  const { rows } = await pool.query(
    `select password_profile as "passwordProfile", second_factor as "secondFactor", dormant_days as "dormantDays"
       from access.sign_in_rule`,
  )
  return rows[0]
}

/** 改登录规则 — from the next sign-in on. */
export async function changeSignInRule(pool: Queryable, rule: SignInRule, by: string): Promise<void> {
  await pool.query(
    `update access.sign_in_rule set password_profile = $1, second_factor = $2, dormant_days = $3, changed_by = $4,
       changed_at = now()`,
    [rule.passwordProfile, rule.secondFactor, rule.dormantDays, by],
  )
}
