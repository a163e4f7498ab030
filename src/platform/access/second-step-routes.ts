import Type from 'typebox'
import type { Call, Route } from '../http/route.ts'
import { setPassword } from './account.ts'
import { Code, type IdentityContext, identityRoute, NewPassword, StepAnswer } from './identity-route.ts'
import { refusePassword } from './own-password.ts'
import { accountByPasskey, passkeyDomain, passkeyQuestion } from './passkey.ts'
import { hashPassword } from './password.ts'
import { anyone } from './policy.ts'
import { spendRecoveryCode } from './recovery-codes.ts'
import { refuse, refuseForNow } from './refusals.ts'
import { owingSession, spendTry } from './session.ts'
import { continueSignIn } from './sign-in.ts'
import { askLeaveForCode, forgiveCodes } from './sign-in-throttle.ts'
import { checkTotp } from './totp.ts'

/** 登录第二步 — what only a session that still owes a step may do; and the passkey, which needs no first step. */
export const secondStepRoutes: readonly Route<IdentityContext>[] = [
  identityRoute({
    method: 'POST',
    path: '/api/session/code',
    summary: '登录第二步：验证器上的六位验证码，或一个恢复码',
    may: anyone,
    body: Type.Object({ code: Code }),
    answer: StepAnswer,
    handle: (call) => finishByCode(call as never, call.body.code),
  }),
  identityRoute({
    method: 'POST',
    path: '/api/session/passkey-question',
    summary: '通行密钥登录：取得要签名的问题',
    may: anyone,
    answer: Type.Object({ options: Type.Unknown() }),
    handle: async ({ client, context, sessionToken }) => {
      const { own } = context.db
      const domain = passkeyDomain(client.origin)
      if (domain === undefined) return refuse('access.passkey-address')
      const owing = await owingSession(own, sessionToken)
      const account = owing?.stage === 'factor' ? owing.account : undefined
      return { options: await passkeyQuestion(own, domain, account) }
    },
  }),
  identityRoute({
    method: 'POST',
    path: '/api/session/passkey',
    summary: '通行密钥登录：交回签名',
    may: anyone,
    body: Type.Object({
      response: Type.Object({ id: Type.String({ maxLength: 1400 }) }, { additionalProperties: true }),
    }),
    answer: StepAnswer,
    handle: (call) => finishByPasskey(call as never, call.body.response),
  }),
  identityRoute({
    method: 'POST',
    path: '/api/session/password',
    summary: '登录第三步：密码到期，换一个新的',
    may: anyone,
    body: Type.Object({ password: NewPassword }),
    answer: StepAnswer,
    handle: async (call) => {
      // Looked at and hashed outside the request's transaction: none stands open meanwhile.
      const { own, pool } = call.context.db
      const owing = await owingSession(pool, call.sessionToken)
      if (owing?.stage !== 'password') return refuse('access.sign-in-over')
      const wrong = await refusePassword(pool, owing.account, call.body.password)
      if (wrong) return wrong
      await setPassword(own, owing.account, await hashPassword(call.body.password))
      return continueSignIn(call as never, owing.account, { way: owing.way, factorDone: true })
    },
  }),
]

type AnyCall = Call<unknown, unknown, unknown, IdentityContext>

async function finishByCode(call: AnyCall, code: string) {
  // Tries are counted outside the request's transaction: they count whatever becomes of it.
  const { own, pool } = call.context.db
  const owing = await owingSession(own, call.sessionToken)
  if (owing?.stage !== 'factor' || !call.sessionToken) return refuse('access.sign-in-over')
  if (!(await spendTry(pool, call.sessionToken))) {
    call.setSession(undefined)
    return refuse('access.sign-in-over')
  }
  const { vault } = call.context.identity
  const isDigits = /^\d{6}$/.test(code)
  const waitSeconds = isDigits ? await askLeaveForCode(pool, owing.account, call.client.network) : 0
  if (waitSeconds > 0) return refuseForNow('access.too-many-codes', waitSeconds)
  const right = isDigits
    ? vault !== undefined && (await checkTotp(own, vault, owing.account, code))
    : await spendRecoveryCode(own, owing.account, code)
  if (!right) return refuse('access.wrong-code')
  await forgiveCodes(own, owing.account)
  return continueSignIn(call, owing.account, { way: owing.way, factorDone: true })
}

async function finishByPasskey(call: AnyCall, response: { id: string }) {
  const { own } = call.context.db
  const owing = await owingSession(own, call.sessionToken)
  const expected = owing?.stage === 'factor' ? owing.account : undefined
  const account = await accountByPasskey(own, call.client.origin, response as never, expected)
  if (account === undefined) return refuse('access.wrong-passkey')
  return continueSignIn(call, account, {
    way: expected ? (owing?.way ?? 'passkey') : 'passkey',
    factorDone: true,
  })
}
