import type { Queryable } from '../db/open-database.ts'
import { digest } from './session.ts'

/** 挑战 — what a browser was asked to answer, and for whom. */
export type Purpose = 'enrol-passkey' | 'passkey' | 'sso'

/** 记下挑战 — good once, for ten minutes. */
export async function keepChallenge(
  pool: Queryable,
  purpose: Purpose,
  challenge: string,
  about: Readonly<Record<string, unknown>>,
): Promise<void> {
  await pool.query('delete from access.challenge where expires_at < now()')
  await pool.query(
    "insert into access.challenge (challenge_hash, purpose, about, expires_at) values ($1, $2, $3, now() + interval '10 minutes')",
    [digest(challenge), purpose, JSON.stringify(about)],
  )
}

/** 看挑战 — what was noted with it, without spending it. */
export async function findChallenge(
  pool: Queryable,
  purpose: Purpose,
  challenge: string,
): Promise<Record<string, unknown> | undefined> {
  const { rows } = await pool.query(
    'select about from access.challenge where challenge_hash = $1 and purpose = $2 and expires_at > now()',
    [digest(challenge), purpose],
  )
  return rows[0]?.about
}

/** 使用挑战 — what was noted with it, for exactly one bearer; undefined when spent, over or never asked. */
export async function spendChallenge(
  pool: Queryable,
  purpose: Purpose,
  challenge: string,
): Promise<Record<string, unknown> | undefined> {
  const { rows } = await pool.query(
    'delete from access.challenge where challenge_hash = $1 and purpose = $2 returning about, expires_at > now() as live',
    [digest(challenge), purpose],
  )
  return rows[0]?.live ? rows[0].about : undefined
}
