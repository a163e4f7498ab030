import { isIP } from 'node:net'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Queryable } from '../db/open-database.ts'
import { keepChallenge, spendChallenge } from './challenge.ts'

/** 通行密钥域 — the host name passkeys of this address belong to; undefined where browsers allow none (an IP address). */
export function passkeyDomain(origin: string): string | undefined {
  const { hostname } = new URL(origin)
  return isIP(hostname.replaceAll(/[[\]]/g, '')) ? undefined : hostname
}

/** 登记通行密钥 — what the browser is asked to make one by. */
export async function passkeyEnrolment(
  pool: Queryable,
  domain: string,
  owner: { readonly account: string; readonly name: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { rows } = await pool.query(
    "select credential_id as id from access.factor where account = $1 and kind = 'passkey'",
    [owner.account],
  )
  const options = await generateRegistrationOptions({
    rpName: '扩优',
    rpID: domain,
    userName: owner.account,
    userDisplayName: owner.name,
    attestationType: 'none',
    excludeCredentials: rows,
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  })
  await keepChallenge(pool, 'enrol-passkey', options.challenge, { account: owner.account })
  return options
}

/** 保存通行密钥 — true when the browser answered our question for this account; only the public key is kept. */
export async function savePasskey(
  pool: Queryable,
  origin: string,
  owner: { readonly account: string; readonly keyName: string },
  response: RegistrationResponseJSON,
): Promise<boolean> {
  const domain = passkeyDomain(origin)
  if (domain === undefined) return false
  // The library throws for whatever does not fit; to us all of it is "not accepted".
  const verified = await verifyRegistrationResponse({
    response,
    expectedOrigin: origin,
    expectedRPID: domain,
    expectedChallenge: async (challenge) =>
      (await spendChallenge(pool, 'enrol-passkey', challenge))?.account === owner.account,
  }).catch(() => undefined)
  if (!verified?.verified) return false
  const { credential } = verified.registrationInfo
  const { rowCount } = await pool.query(
    `insert into access.factor (account, kind, name, credential_id, public_key, counter, transports, rp_id, confirmed)
     values ($1, 'passkey', $2, $3, $4, $5, $6, $7, true) on conflict (credential_id) do nothing`,
    [
      owner.account,
      owner.keyName,
      credential.id,
      Buffer.from(credential.publicKey),
      credential.counter,
      credential.transports ?? [],
      domain,
    ],
  )
  return rowCount === 1
}

/** 用通行密钥登录 — what the browser is asked; for one account as second factor, or for whoever holds a key. */
export async function passkeyQuestion(
  pool: Queryable,
  domain: string,
  account: string | undefined,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { rows } = await pool.query(
    `select credential_id as id, transports from access.factor
      where account = $1 and kind = 'passkey' and rp_id = $2`,
    [account ?? null, domain],
  )
  const options = await generateAuthenticationOptions({
    rpID: domain,
    allowCredentials: rows,
    userVerification: 'required',
  })
  await keepChallenge(pool, 'passkey', options.challenge, { account: account ?? null })
  return options
}

/** 核对通行密钥 — the account whose key answered our question from our own address; undefined when anything does not fit. */
export async function accountByPasskey(
  pool: Queryable,
  origin: string,
  response: AuthenticationResponseJSON,
  expected: string | undefined,
): Promise<string | undefined> {
  const { rows } = await pool.query(
    `select f.* from access.factor f join access.account a using (account)
      where f.credential_id = $1 and f.confirmed and a.state = 'active'`,
    [response.id],
  )
  const factor = rows[0]
  if (!factor || (expected !== undefined && factor.account !== expected)) return undefined
  const verified = await verifyAuthenticationResponse({
    response,
    expectedOrigin: origin,
    expectedRPID: factor.rp_id,
    expectedChallenge: async (challenge) =>
      (await spendChallenge(pool, 'passkey', challenge))?.account === (expected ?? null),
    credential: {
      id: factor.credential_id,
      publicKey: new Uint8Array(factor.public_key),
      counter: factor.counter,
      transports: factor.transports,
    },
  }).catch(() => undefined)
  if (!verified?.verified) return undefined
  await pool.query('update access.factor set counter = $2, used_at = now() where factor_id = $1', [
    factor.factor_id,
    verified.authenticationInfo.newCounter,
  ])
  return factor.account
}
