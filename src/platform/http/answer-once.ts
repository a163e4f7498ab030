import { createHash } from 'node:crypto'
import type pg from 'pg'
import { refused } from '../../kernel/result.ts'
import { type Answer, answerOf } from './answer.ts'

/** 请求编号 — chosen by the sender, the same each time the same request is sent. */
export interface RequestKey {
  readonly account: string
  readonly key: string
  /** Of method, address and body: another request under the same key is refused. */
  readonly fingerprint: Buffer
}

const longest = 255

/** 请求编号是否可用 — printable and of bearable length. */
export function isRequestKey(key: string): boolean {
  return key.length > 0 && key.length <= longest && /^[\x21-\x7e]+$/.test(key)
}

/** 请求指纹 — equal for equal requests. */
export function fingerprintOf(parts: readonly (string | Buffer)[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest()
}

/**
 * 只办一次 — the answer already given under this key; undefined when there is none and this request must be worked on.
 *
 * Holds the key until the transaction ends, so a twin in another process waits and then finds the answer.
 */
export async function answerGiven(client: pg.PoolClient, wanted: RequestKey): Promise<Answer | undefined> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 7340003))', [
    `${wanted.account} ${wanted.key}`,
  ])
  const { rows } = await client.query<{ fingerprint: Buffer; status: number; body: string }>(
    'select fingerprint, status, body from http.answered where account = $1 and key = $2',
    [wanted.account, wanted.key],
  )
  const given = rows[0]
  if (!given) return undefined
  if (!given.fingerprint.equals(wanted.fingerprint)) return keyReused()
  return { status: given.status, body: JSON.parse(given.body) }
}

/** 记住答复 — in the act's own transaction: either both stand or neither. */
export async function keepAnswer(client: pg.PoolClient, key: RequestKey, answer: Answer): Promise<void> {
  await client.query(
    'insert into http.answered (account, key, fingerprint, status, body) values ($1, $2, $3, $4, $5)',
    [key.account, key.key, key.fingerprint, answer.status, JSON.stringify(answer.body ?? null)],
  )
}

/** 忘记旧答复 — keys older than 72 hours. */
export async function forgetOldAnswers(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(
    "delete from http.answered where answered_at < now() - interval '72 hours'",
  )
  return rowCount ?? 0
}

function keyReused(): Answer {
  return answerOf(
    refused({
      code: 'request.key-reused',
      text: '这个请求编号已经用于另一件事，未予办理。请换一个新的编号再提交。',
    }),
  ) as Answer
}
