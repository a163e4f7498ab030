import Type from 'typebox'
import { granted } from '../../kernel/result.ts'
import type { Queryable } from '../db/open-database.ts'
import type { Route } from '../http/route.ts'
import { hasRole, listDemonstrationAccounts } from './account.ts'
import { administratorRoles } from './identity.ts'
import { Session } from './identity-contract.ts'
import { type IdentityContext, identityRoute, StepAnswer } from './identity-route.ts'
import { anyone } from './policy.ts'
import { refuse } from './refusals.ts'
import { closeSession, owingSession } from './session.ts'
import { continueSignIn, signInByPassword } from './sign-in.ts'

/** 登录接口 — who am I, sign in, sign out. */
export const sessionRoutes: readonly Route<IdentityContext>[] = [
  identityRoute({
    method: 'GET',
    path: '/api/session',
    summary: '当前登录情况',
    may: anyone,
    answer: Session,
    handle: async ({ visitor, context, sessionToken }) => {
      const { db, identity, site } = context
      const owing = visitor.account ? undefined : await owingSession(db.own, sessionToken)
      return {
        visitor: visitor.account ? ({ grants: [], ...visitor } as never) : null,
        owing: owing
          ? { account: owing.account, stage: owing.stage, ways: await waysOf(db.own, owing.account) }
          : null,
        site,
        demonstrationAccounts: site.synthetic ? await listDemonstrationAccounts(db.own) : [],
        roles: [...administratorRoles, ...identity.roles].map(({ role, zh }) => ({ role, zh })),
        sso: identity.sso.map(({ id, name }) => ({ id, name })),
        vacantSeats: administratorRoles.some(({ role }) => role === visitor.role)
          ? await vacantSeats(db.own)
          : [],
      }
    },
  }),
  identityRoute({
    method: 'POST',
    path: '/api/session',
    summary: '登录第一步：账号加密码；演示站点的演示角色不需要密码',
    may: anyone,
    body: Type.Object({
      account: Type.String({ minLength: 1, maxLength: 60 }),
      password: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    answer: StepAnswer,
    handle: async (call) => {
      const { account, password } = call.body
      if (password !== undefined) return signInByPassword(call as never, account, password)
      const demonstration = call.context.site.synthetic
        ? await listDemonstrationAccounts(call.context.db.own)
        : []
      if (!demonstration.some((each) => each.account === account)) return refuse('access.wrong-password')
      return continueSignIn(call as never, account, { way: 'demonstration', factorDone: false })
    },
  }),
  identityRoute({
    method: 'DELETE',
    path: '/api/session',
    summary: '退出登录',
    may: anyone,
    answer: Type.Object({ ended: Type.Boolean() }),
    handle: async (call) => {
      if (call.sessionToken) await closeSession(call.context.db.own, call.sessionToken)
      call.setSession(undefined)
      return granted({ ended: true })
    },
  }),
]

async function waysOf(own: Queryable, account: string): Promise<string[]> {
  const { rows } = await own.query(
    `select distinct kind from access.factor where account = $1 and confirmed
     union all select 'recovery' where exists (select 1 from access.recovery_code where account = $1 and used_at is null)`,
    [account],
  )
  return rows.map((row) => row.kind)
}

async function vacantSeats(own: Queryable): Promise<string[]> {
  const held = await Promise.all(administratorRoles.map(({ role }) => hasRole(own, role)))
  return administratorRoles.filter((_, seat) => !held[seat]).map(({ zh }) => zh)
}
