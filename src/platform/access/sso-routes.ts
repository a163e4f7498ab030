import { randomBytes } from 'node:crypto'
import Type from 'typebox'
import { granted } from '../../kernel/result.ts'
import type { Queryable } from '../db/open-database.ts'
import type { Call, Route } from '../http/route.ts'
import { findChallenge, keepChallenge, spendChallenge } from './challenge.ts'
import { type IdentityContext, identityRoute, StepAnswer } from './identity-route.ts'
import { anyone } from './policy.ts'
import { refuse } from './refusals.ts'
import { digest } from './session.ts'
import { continueSignIn } from './sign-in.ts'
import type { SingleSignOn } from './sso/single-sign-on.ts'

const Path = Type.Object({ provider: Type.String({ maxLength: 40 }) })

/** 统一认证接口 — there and back; the page that the provider sends the browser to hands its query to the second. */
export const ssoRoutes: readonly Route<IdentityContext>[] = [
  identityRoute({
    method: 'POST',
    path: '/api/sso/{provider}',
    summary: '统一认证：取得去认证的地址',
    may: anyone,
    params: Path,
    answer: Type.Object({ url: Type.String() }),
    handle: async ({ params, context, client }) => {
      const provider = context.identity.sso.find(({ id }) => id === params.provider)
      if (!provider) return refuse('access.sso-unknown')
      const start = await provider.begin(callbackOf(client.origin, provider)).catch(() => undefined)
      if (!start) return refuse('access.sso-failed', { why: '连不上统一认证，可以先用账号和密码登录' })
      // The state comes back only with the browser it was given to: a link with someone else's is refused.
      const browser = randomBytes(32).toString('base64url')
      client.setCookie('sso', browser, 600)
      const { state, secrets } = start
      await keepChallenge(context.db.own, 'sso', state, {
        provider: provider.id,
        secrets,
        browser: digest(browser).toString('hex'),
      })
      return granted({ url: start.url })
    },
  }),
  identityRoute({
    method: 'POST',
    path: '/api/sso/{provider}/return',
    summary: '统一认证：带着对方的答复回来',
    may: anyone,
    params: Path,
    body: Type.Object({ query: Type.String({ maxLength: 4000 }) }),
    answer: StepAnswer,
    handle: (call) => comeBack(call as never, call.params.provider, call.body.query),
  }),
]

const callbackOf = (origin: string, provider: SingleSignOn) => `${origin}/sso/${provider.id}`

async function comeBack(
  call: Call<unknown, unknown, unknown, IdentityContext>,
  providerId: string,
  query: string,
) {
  const { db, identity } = call.context
  const provider = identity.sso.find(({ id }) => id === providerId)
  if (!provider) return refuse('access.sso-unknown')
  const returned = new URL(callbackOf(call.client.origin, provider))
  returned.search = query
  const state = returned.searchParams.get('state') ?? ''
  const kept = await findChallenge(db.pool, 'sso', state)
  const browser = digest(call.client.cookie('sso') ?? '').toString('hex')
  call.client.setCookie('sso', undefined)
  const fits = kept?.provider === provider.id && kept.browser === browser
  // Asked before the request's transaction begins: the other side may take its time.
  const outcome = fits
    ? await provider
        .finish(returned, { state, secrets: kept.secrets as Record<string, string> })
        .catch(() => ({ ok: false, why: '连不上统一认证' }) as const)
    : undefined
  if (!(await spendChallenge(db.own, 'sso', state)) || !outcome)
    return refuse('access.sso-failed', { why: '这次登录不是从本浏览器发起的，或已经用过、过期' })
  if (!outcome.ok) return refuse('access.sso-failed', { why: outcome.why })
  const account = await accountOf(db.own, provider, outcome.subject)
  if (account === undefined) return refuse('access.sso-no-account')
  return continueSignIn(call, account, { way: 'sso', factorDone: provider.secondFactor })
}

async function accountOf(
  own: Queryable,
  { match }: SingleSignOn,
  subject: string,
): Promise<string | undefined> {
  const column = match === 'account' ? 'account' : 'external_id'
  const { rows } = await own.query(
    `select account from access.account where ${column} = $1 and state = 'active' and not demonstration`,
    [subject],
  )
  return rows[0]?.account
}
