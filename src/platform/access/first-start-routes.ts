import Type from 'typebox'
import { granted } from '../../kernel/result.ts'
import { looksPersonal } from '../audit/personal-looking.ts'
import type { Database } from '../db/open-database.ts'
import { notFound, type Route } from '../http/route.ts'
import { createAccount, hasRole, setPassword } from './account.ts'
import {
  AccountName,
  Done,
  type IdentityContext,
  identityRoute,
  NewPassword,
  PersonName,
  StepAnswer,
  Token,
} from './identity-route.ts'
import { accountOfLink, issueLink, linkStands, spendLink } from './one-time-link.ts'
import { refusePassword } from './own-password.ts'
import { hashPassword } from './password.ts'
import { passwordProblem } from './password-rule.ts'
import { anyone } from './policy.ts'
import { refuse } from './refusals.ts'
import { continueSignIn } from './sign-in.ts'

const first = 'system-administrator'

/** 一次性链接接口 — the first administrator of a new site, and the password of an account someone else set up. */
export const firstStartRoutes: readonly Route<IdentityContext>[] = [
  identityRoute({
    method: 'POST',
    path: '/api/first-administrator',
    summary: '用一次性链接建立首个系统管理员',
    may: anyone,
    body: Type.Object({ token: Token, account: AccountName, name: PersonName, password: NewPassword }),
    answer: StepAnswer,
    handle: async (call) => {
      const { own, pool } = call.context.db
      const { token, password, ...wanted } = call.body
      const wrong = passwordProblem(password, wanted)
      if (wrong) return refuse(wrong)
      if (looksPersonal(wanted.account)) return refuse('access.account-personal')
      // Only a bearer has a processor work; outside the request's transaction, as whenever a password is hashed.
      if (!(await linkStands(pool, token, 'first-administrator'))) return refuse('access.first-link-spent')
      const passwordHash = await hashPassword(password)
      if (!(await spendLink(own, token, 'first-administrator'))) return refuse('access.first-link-spent')
      if (!(await createAccount(own, { ...wanted, passwordHash, role: first })))
        return refuse('access.account-taken')
      return continueSignIn(call as never, wanted.account, { way: 'password', factorDone: false })
    },
  }),
  identityRoute({
    method: 'POST',
    path: '/api/password-link',
    summary: '查看设置密码的一次性链接属于谁',
    may: anyone,
    body: Type.Object({ token: Token }),
    answer: Type.Object({ account: Type.String(), name: Type.String() }),
    handle: async ({ body, context }) => (await accountOfLink(context.db.own, body.token)) ?? notFound,
  }),
  identityRoute({
    method: 'PUT',
    path: '/api/password-link',
    summary: '用一次性链接设置密码；之后用新密码登录',
    may: anyone,
    body: Type.Object({ token: Token, password: NewPassword }),
    answer: Done,
    handle: async ({ body, context }) => {
      const { own, pool } = context.db
      const owner = await accountOfLink(pool, body.token)
      if (!owner) return refuse('access.link-spent')
      const wrong = await refusePassword(pool, owner.account, body.password)
      if (wrong) return wrong
      const hash = await hashPassword(body.password)
      if (!(await spendLink(own, body.token, 'set-password'))) return refuse('access.link-spent')
      await setPassword(own, owner.account, hash)
      return granted({ done: true })
    },
  }),
]

/** 首个管理员链接 — the link's secret while nobody is system administrator; undefined once someone is. */
export async function firstAdministratorToken(db: Database): Promise<string | undefined> {
  return (await hasRole(db.own, first)) ? undefined : issueLink(db.own, { purpose: 'first-administrator' })
}
