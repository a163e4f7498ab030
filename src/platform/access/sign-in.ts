import { randomBytes } from 'node:crypto'
import type { Queryable } from '../db/open-database.ts'
import type { Call } from '../http/route.ts'
import { accountByPassword } from './account.ts'
import { noteSignIn } from './dormant.ts'
import type { IdentityContext } from './identity-route.ts'
import { passwordDays } from './password-rule.ts'
import { refuse, refuseForNow } from './refusals.ts'
import { openSession, type Stage, type Way } from './session.ts'
import { readSignInRule } from './sign-in-rule.ts'
import { askLeave, forgiveTries, rememberDevice } from './sign-in-throttle.ts'

type AnyCall = Call<unknown, unknown, unknown, IdentityContext>

const deviceSeconds = 180 * 24 * 60 * 60

/** 凭密码登录 — the first step; the same answer, and as slow, for an unknown account, a wrong password and a disabled account. */
export async function signInByPassword(call: AnyCall, account: string, password: string) {
  // Counted and looked at outside the request's transaction: a try counts whatever becomes of the request, and no
  // transaction stands open while a password is hashed.
  const { own, pool } = call.context.db
  const attempt = { account, network: call.client.network, device: call.client.cookie('device') }
  await noteAccount(call, account)
  const leave = await askLeave(pool, attempt)
  if (!leave.allowed) return refuseForNow('access.too-many-tries', leave.waitSeconds)
  const state = await accountByPassword(pool, account, password)
  if (!state) return refuse('access.wrong-password')
  // Told only to who knows the password.
  if (state === 'asleep') return refuse('access.asleep', { days: (await readSignInRule(own)).dormantDays })
  await forgiveTries(own, leave.known ? attempt : { ...attempt, device: undefined })
  return continueSignIn(call, account, { way: 'password', factorDone: false })
}

/** What was typed goes into the trace only when it is an account: people type passwords into the wrong field. */
async function noteAccount(call: AnyCall, typed: string): Promise<void> {
  const { rowCount } = await call.context.db.pool.query('select 1 from access.account where account = $1', [
    typed,
  ])
  if (rowCount === 1) call.note({ object: { kind: 'account', id: typed } })
}

/**
 * 进入下一步 — opens the session the account has earned so far, under a new secret each time, and ends the
 * one it came with: whoever planted or learnt the earlier secret has nothing.
 */
export async function continueSignIn(
  call: AnyCall,
  account: string,
  proof: { readonly way: Way; readonly factorDone: boolean },
) {
  const { own } = call.context.db
  call.note({ object: { kind: 'account', id: account }, facts: { way: proof.way } })
  const stage = await stageAfter(own, account, proof, call.context.identity.roles)
  const { network, agent } = call.client
  call.setSession(
    await openSession(own, account, { stage, way: proof.way, network, agent, replacing: call.sessionToken }),
  )
  if (stage === 'full') {
    await noteSignIn(own, account)
    await keepDevice(call, account)
  }
  return { ok: true as const, value: { account, stage } }
}

/** A device becomes known only when a sign-in is complete: a password alone makes no friend. */
async function keepDevice(call: AnyCall, account: string): Promise<void> {
  const device = call.client.cookie('device') ?? randomBytes(32).toString('base64url')
  await rememberDevice(call.context.db.own, account, device)
  call.client.setCookie('device', device, deviceSeconds)
}

async function stageAfter(
  own: Queryable,
  account: string,
  { way, factorDone }: { readonly way: Way; readonly factorDone: boolean },
  roles: IdentityContext['identity']['roles'],
): Promise<Stage> {
  const rule = await readSignInRule(own)
  const { rows } = await own.query(
    `select demonstration,
            password_changed_at < now() - make_interval(days => $2) as aged,
            exists (select 1 from access.factor f where f.account = a.account and f.confirmed) as factor,
            array(select distinct role from access.grant g where g.account = a.account and g.ended_at is null) as roles
       from access.account a where account = $1`,
    [account, passwordDays],
  )
  const state = rows[0]
  if (!factorDone && state.factor) return 'factor'
  const isPublic = (role: string) => roles.some((offer) => offer.role === role && offer.public)
  const staff = state.roles.length === 0 || !state.roles.every(isPublic)
  if (!factorDone && rule.secondFactor === 'required' && staff && !state.demonstration) return 'enrol'
  if (way === 'password' && rule.passwordProfile === 'djbh' && state.aged) return 'password'
  return 'full'
}
