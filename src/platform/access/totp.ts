import { randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import QRCode from 'qrcode'
import type { Queryable } from '../db/open-database.ts'
import type { Vault } from './identity.ts'

const settings = { issuer: '扩优', algorithm: 'SHA1', digits: 6, period: 30 }

/** 验证器登记 — what the owner scans or types into an authenticator app. */
export interface TotpStart {
  readonly factorId: string
  readonly secret: string
  readonly uri: string
  /** The uri as an SVG drawing. */
  readonly qr: string
}

/** 登记验证器 — keeps a new secret, sealed and not yet in force; an earlier unfinished one is dropped. */
export async function startTotp(pool: Queryable, vault: Vault, account: string): Promise<TotpStart> {
  const factorId = randomUUID()
  const totp = new TOTP({ ...settings, label: account, secret: new Secret({ size: 20 }) })
  await pool.query("delete from access.factor where account = $1 and kind = 'totp' and not confirmed", [
    account,
  ])
  await pool.query(
    "insert into access.factor (factor_id, account, kind, name, secret) values ($1, $2, 'totp', '验证器', $3)",
    [factorId, account, await vault.seal(totp.secret.base32, factorId)],
  )
  const uri = totp.toString()
  return {
    factorId,
    secret: totp.secret.base32,
    uri,
    qr: await QRCode.toString(uri, { type: 'svg', margin: 1 }),
  }
}

/** 启用验证器 — when its first code fits. */
export async function confirmTotp(
  pool: Queryable,
  vault: Vault,
  owner: { readonly account: string; readonly factorId: string },
  code: string,
): Promise<boolean> {
  return spendCode(
    pool,
    vault,
    'account = $1 and factor_id = $2 and not confirmed',
    [owner.account, owner.factorId],
    code,
  )
}

/** 核对验证码 — true for the first use of a code of one of the account's authenticators. */
export async function checkTotp(
  pool: Queryable,
  vault: Vault,
  account: string,
  code: string,
): Promise<boolean> {
  return spendCode(pool, vault, 'account = $1 and confirmed', [account], code)
}

async function spendCode(
  pool: Queryable,
  vault: Vault,
  which: string,
  values: readonly string[],
  code: string,
): Promise<boolean> {
  const { rows } = await pool.query(
    `select factor_id as "factorId", secret from access.factor where kind = 'totp' and ${which}`,
    [...values],
  )
  for (const { factorId, secret } of rows) {
    const step = stepOf(await vault.open(secret, factorId), code)
    if (step === undefined) continue
    // A step is used once and never goes back: of two at the same moment, one finds it spent.
    const { rowCount } = await pool.query(
      `update access.factor set last_step = $2, used_at = now(), confirmed = true
        where factor_id = $1 and (last_step is null or last_step < $2)`,
      [factorId, step],
    )
    if (rowCount === 1) return true
  }
  return false
}

/** Only the present code and the one before it fit: five tries then guess right at most once in a hundred thousand. */
function stepOf(secret: string, code: string): number | undefined {
  const totp = new TOTP({ ...settings, secret: Secret.fromBase32(secret) })
  const timestamp = Date.now()
  const delta = totp.validate({ token: code, timestamp, window: 1 })
  return delta === null || delta > 0 ? undefined : totp.counter({ timestamp }) + delta
}
