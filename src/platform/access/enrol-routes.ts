import Type from 'typebox'
import type { Call, Route } from '../http/route.ts'
import { Code, type IdentityContext, identityRoute } from './identity-route.ts'
import { passkeyDomain, passkeyEnrolment, savePasskey } from './passkey.ts'
import { anyone } from './policy.ts'
import { countRecoveryCodes, issueRecoveryCodes } from './recovery-codes.ts'
import { refuse } from './refusals.ts'
import { isFresh, owingSession, type Way } from './session.ts'
import { continueSignIn } from './sign-in.ts'
import { confirmTotp, startTotp } from './totp.ts'

/** Recovery codes come with the first factor only; later ones leave those in the drawer valid. */
const Enrolled = Type.Object({ codes: Type.Array(Type.String()), stage: Type.String() })
const Id = Type.String({ format: 'uuid' })

/**
 * 登记第二因素接口 — for someone signed in within the last ten minutes, or whose sign-in owes exactly this.
 *
 * Open to strangers by policy, since the second kind has no full session yet; each handler asks `enroller`.
 */
export const enrolRoutes: readonly Route<IdentityContext>[] = [
  identityRoute({
    method: 'POST',
    path: '/api/security/totp',
    summary: '登记验证器：取得密钥与二维码',
    may: anyone,
    answer: Type.Object({
      factorId: Type.String(),
      secret: Type.String(),
      uri: Type.String(),
      qr: Type.String(),
    }),
    secret: true,
    handle: async (call) => {
      const who = await enroller(call as never)
      if ('ok' in who) return who
      const { vault } = call.context.identity
      return vault ? startTotp(call.context.db.own, vault, who.account) : refuse('access.no-vault')
    },
  }),
  identityRoute({
    method: 'PUT',
    path: '/api/security/totp/{factorId}',
    summary: '登记验证器：交回第一个验证码，从此启用',
    may: anyone,
    params: Type.Object({ factorId: Id }),
    body: Type.Object({ code: Code }),
    answer: Enrolled,
    secret: true,
    handle: async (call) => {
      const who = await enroller(call as never)
      if ('ok' in who) return who
      const { vault } = call.context.identity
      if (!vault) return refuse('access.no-vault')
      const owner = { account: who.account, factorId: call.params.factorId }
      if (!(await confirmTotp(call.context.db.own, vault, owner, call.body.code)))
        return refuse('access.wrong-code')
      return enrolled(call as never, who)
    },
  }),
  identityRoute({
    method: 'POST',
    path: '/api/security/passkey-question',
    summary: '登记通行密钥：取得要签名的问题',
    may: anyone,
    answer: Type.Object({ options: Type.Unknown() }),
    handle: async (call) => {
      const who = await enroller(call as never)
      if ('ok' in who) return who
      const domain = passkeyDomain(call.client.origin)
      if (domain === undefined) return refuse('access.passkey-address')
      return { options: await passkeyEnrolment(call.context.db.own, domain, who) }
    },
  }),
  identityRoute({
    method: 'POST',
    path: '/api/security/passkeys',
    summary: '登记通行密钥：交回签名，从此启用',
    may: anyone,
    body: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 30 }),
      response: Type.Object({ id: Type.String({ maxLength: 1400 }) }, { additionalProperties: true }),
    }),
    answer: Enrolled,
    secret: true,
    handle: async (call) => {
      const who = await enroller(call as never)
      if ('ok' in who) return who
      const owner = { account: who.account, keyName: call.body.name }
      const saved = await savePasskey(
        call.context.db.own,
        call.client.origin,
        owner,
        call.body.response as never,
      )
      return saved ? enrolled(call as never, who) : refuse('access.wrong-passkey')
    },
  }),
]

type AnyCall = Call<unknown, unknown, unknown, IdentityContext>

interface Enroller {
  readonly account: string
  readonly name: string
  /** How the sign-in that owes this began; absent for someone fully signed in. */
  readonly owingWay?: Way
}

async function enroller(call: AnyCall): Promise<Enroller | ReturnType<typeof refuse>> {
  const { own } = call.context.db
  if (call.visitor.account)
    return (await isFresh(own, call.sessionToken))
      ? { account: call.visitor.account, name: call.visitor.name }
      : refuse('access.sign-in-again')
  const owing = await owingSession(own, call.sessionToken)
  if (owing?.stage !== 'enrol') return refuse('access.sign-in-over')
  const { rows } = await own.query('select name from access.account where account = $1', [owing.account])
  return { account: owing.account, name: rows[0].name, owingWay: owing.way }
}

async function enrolled(call: AnyCall, who: Enroller) {
  const { own } = call.context.db
  const codes =
    (await countRecoveryCodes(own, who.account)) > 0 ? [] : await issueRecoveryCodes(own, who.account)
  if (who.owingWay === undefined) return { codes, stage: 'full' }
  const step = await continueSignIn(call, who.account, { way: who.owingWay, factorDone: true })
  return { codes, stage: step.value.stage }
}
