import type { Queryable } from '../db/open-database.ts'
import { closeSessionsOf } from './session.ts'

/** 第二因素 — as its owner sees it. */
export interface FactorSeen {
  readonly factorId: string
  readonly kind: 'totp' | 'passkey'
  readonly name: string
  readonly createdAt: string
  readonly usedAt: string | null
}

/** 我的第二因素 — those in force. */
export async function listFactors(pool: Queryable, account: string): Promise<FactorSeen[]> {
  const { rows } = await pool.query(
    `select factor_id as "factorId", kind, name, created_at as "createdAt", used_at as "usedAt"
       from access.factor where account = $1 and confirmed order by created_at, factor_id`,
    [account],
  )
  return rows
}

/** 移除第二因素 — one of the account's own. */
export async function removeFactor(pool: Queryable, account: string, factorId: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from access.factor where account = $1 and factor_id = $2', [
    account,
    factorId,
  ])
  return rowCount === 1
}

/** 清除第二因素 — all of an account's, with its recovery codes and sessions, when its owner lost them. */
export async function clearFactors(pool: Queryable, account: string): Promise<void> {
  for (const table of ['factor', 'recovery_code'])
    await pool.query(`delete from access.${table} where account = $1`, [account])
  await closeSessionsOf(pool, account)
}
