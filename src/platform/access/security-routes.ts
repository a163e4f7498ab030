import Type from 'typebox'
import { granted } from '../../kernel/result.ts'
import type { Queryable } from '../db/open-database.ts'
import { type Call, notFound, type Route } from '../http/route.ts'
import { setPassword } from './account.ts'
import { listFactors, removeFactor } from './factors.ts'
import { Done, type IdentityContext, identityRoute, NewPassword } from './identity-route.ts'
import { refuseOldPassword, refusePassword } from './own-password.ts'
import { hashPassword } from './password.ts'
import { signedIn } from './policy.ts'
import { countRecoveryCodes, issueRecoveryCodes } from './recovery-codes.ts'
import { refuse } from './refusals.ts'
import { closeSessionById, closeSessionsOf, digest, isFresh, listSessions, openSession } from './session.ts'
import { readSignInRule } from './sign-in-rule.ts'

const Moment = Type.Union([Type.String(), Type.Null()])
const Overview = Type.Object({
  passwordChangedAt: Moment,
  hasPassword: Type.Boolean(),
  rule: Type.Object({ passwordProfile: Type.String(), secondFactor: Type.String() }),
  factors: Type.Array(
    Type.Object({
      factorId: Type.String(),
      kind: Type.String(),
      name: Type.String(),
      createdAt: Type.String(),
      usedAt: Moment,
    }),
  ),
  recoveryCodes: Type.Integer(),
  sessions: Type.Array(
    Type.Object({
      sessionId: Type.String(),
      way: Type.String(),
      agent: Type.String(),
      network: Type.String(),
      openedAt: Type.String(),
      seenAt: Type.String(),
      current: Type.Boolean(),
    }),
  ),
})
const Id = Type.String({ format: 'uuid' })

/** 账号与安全接口 — one's own password, second factors and sessions. */
export const securityRoutes: readonly Route<IdentityContext>[] = [
  identityRoute({
    method: 'GET',
    path: '/api/security',
    summary: '本人账号的密码、第二因素与登录之处',
    may: signedIn,
    answer: Overview,
    handle: ({ visitor, context, sessionToken }) =>
      overview(context.db.own, visitor.account, sessionToken) as never,
  }),
  identityRoute({
    method: 'PUT',
    path: '/api/security/password',
    summary: '修改本人密码；其他登录之处随即退出',
    may: signedIn,
    body: Type.Object({ old: Type.String({ maxLength: 200 }), password: NewPassword }),
    answer: Done,
    handle: (call) => changePassword(call as never, call.body),
  }),
  identityRoute({
    method: 'DELETE',
    path: '/api/security/factors/{factorId}',
    summary: '移除本人的一个第二因素',
    may: signedIn,
    params: Type.Object({ factorId: Id }),
    answer: Done,
    handle: async ({ visitor, context, params, sessionToken }) => {
      const { own } = context.db
      if (!(await isFresh(own, sessionToken))) return refuse('access.sign-in-again')
      const factors = await listFactors(own, visitor.account)
      const { secondFactor } = await readSignInRule(own)
      if (secondFactor === 'required' && factors.length === 1) return refuse('access.last-factor')
      return (await removeFactor(own, visitor.account, params.factorId)) ? granted({ done: true }) : notFound
    },
  }),
  identityRoute({
    method: 'POST',
    path: '/api/security/recovery-codes',
    summary: '换一组恢复码，只显示这一次',
    may: signedIn,
    answer: Type.Object({ codes: Type.Array(Type.String()) }),
    secret: true,
    handle: async ({ visitor, context, sessionToken }) => {
      const { own } = context.db
      if (!(await isFresh(own, sessionToken))) return refuse('access.sign-in-again')
      return { codes: await issueRecoveryCodes(own, visitor.account) }
    },
  }),
  identityRoute({
    method: 'DELETE',
    path: '/api/security/sessions/{sessionId}',
    summary: '结束本人的一处登录',
    may: signedIn,
    params: Type.Object({ sessionId: Id }),
    answer: Done,
    handle: async ({ visitor, context, params }) =>
      (await closeSessionById(context.db.own, visitor.account, params.sessionId))
        ? granted({ done: true })
        : notFound,
  }),
  identityRoute({
    method: 'DELETE',
    path: '/api/security/sessions',
    summary: '处处退出：结束本人全部登录',
    may: signedIn,
    answer: Type.Object({ ended: Type.Integer() }),
    handle: async ({ visitor, context, setSession }) => {
      const ended = await closeSessionsOf(context.db.own, visitor.account)
      setSession(undefined)
      return { ended }
    },
  }),
]

async function overview(own: Queryable, account: string, token: string | undefined) {
  const { rows } = await own.query(
    `select password_changed_at as "passwordChangedAt", password_hash is not null as "hasPassword"
       from access.account where account = $1`,
    [account],
  )
  return {
    ...rows[0],
    rule: await readSignInRule(own),
    factors: await listFactors(own, account),
    recoveryCodes: await countRecoveryCodes(own, account),
    sessions: await listSessions(own, account, token),
  }
}

/** The old password is asked even of someone signed in: an unlocked screen is not its owner. */
async function changePassword(
  call: Call<unknown, unknown, { old: string; password: string }, IdentityContext>,
  { old, password }: { old: string; password: string },
) {
  // Looked at and hashed outside the request's transaction: none stands open meanwhile.
  const { own, pool } = call.context.db
  const { account } = call.visitor
  const wrong =
    (await refuseOldPassword(pool, account, old)) ?? (await refusePassword(pool, account, password))
  if (wrong) return wrong
  const hash = await hashPassword(password)
  const device = call.client.cookie('device')
  const { network, agent } = call.client
  const session = await openSession(own, account, { network, agent })
  await setPassword(own, account, hash, { session, ...(device && { device: digest(device) }) })
  call.setSession(session)
  return granted({ done: true })
}
