import Type from 'typebox'
import { granted } from '../../kernel/result.ts'
import { looksPersonal } from '../audit/personal-looking.ts'
import type { Queryable } from '../db/open-database.ts'
import { notFound, type Route } from '../http/route.ts'
import { createAccount, renameAccount, setAccountState } from './account.ts'
import { isAsleep, wake } from './dormant.ts'
import { clearFactors } from './factors.ts'
import { listGrantsOf } from './grants.ts'
import { accountAccess } from './identity-access.ts'
import { AccountPage, AccountState } from './identity-contract.ts'
import {
  AccountName,
  CountyId,
  concerning,
  Done,
  type IdentityContext,
  identityRoute,
  PersonName,
} from './identity-route.ts'
import { listAccounts } from './list-accounts.ts'
import { issueLink } from './one-time-link.ts'
import { refuse } from './refusals.ts'
import { closeSessionsOf } from './session.ts'
import { unlockAccount } from './sign-in-throttle.ts'

const Path = Type.Object({ account: Type.String({ minLength: 1, maxLength: 60 }) })
const Link = Type.Object({ account: Type.String(), token: Type.String() })

/** 账号管理接口 — what the system administrator does to accounts, what the security administrator undoes, and the list all three read. */
export const accountRoutes: readonly Route<IdentityContext>[] = [
  identityRoute({
    method: 'GET',
    path: '/api/accounts',
    summary: '账号清单与各自的授权',
    may: accountAccess.read,
    query: Type.Object({
      text: Type.Optional(Type.String({ maxLength: 60 })),
      state: Type.Optional(AccountState),
      role: Type.Optional(Type.String({ maxLength: 60 })),
      county: Type.Optional(CountyId),
      page: Type.Integer({ minimum: 1, maximum: 10_000, default: 1 }),
    }),
    answer: AccountPage,
    handle: async ({ query, context }) => listAccounts(context.db.own, query),
  }),
  identityRoute({
    method: 'POST',
    path: '/api/accounts',
    summary: '建立账号；还没有任何权限，等安全管理员授权',
    may: accountAccess.keep,
    body: Type.Object({
      account: AccountName,
      name: PersonName,
      externalId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    }),
    answer: Link,
    secret: true,
    handle: async ({ body, visitor, context, note }) => {
      const { own } = context.db
      note(concerning(body.account))
      if (looksPersonal(body.account)) return refuse('access.account-personal')
      if (body.externalId !== undefined) {
        const { rowCount } = await own.query('select 1 from access.account where external_id = $1', [
          body.externalId,
        ])
        if (rowCount !== 0) return refuse('access.external-id-taken')
      }
      const { account } = body
      if (!(await createAccount(own, { ...body, createdBy: visitor.account })))
        return refuse('access.account-taken')
      const token = await issueLink(own, { purpose: 'set-password', account, issuedBy: visitor.account })
      return granted({ account, token })
    },
  }),
  identityRoute({
    method: 'POST',
    path: '/api/administrators',
    summary: '首次补齐安全管理员、审计管理员：席位从未有人担任时',
    may: accountAccess.keep,
    body: Type.Object({
      seat: Type.Union([Type.Literal('security-administrator'), Type.Literal('audit-administrator')]),
      account: AccountName,
      name: PersonName,
    }),
    answer: Link,
    secret: true,
    handle: async ({ body, visitor, context, note }) => {
      const { own } = context.db
      note({ ...concerning(body.account), facts: { role: body.seat } })
      const { seat, account, name } = body
      if (looksPersonal(account)) return refuse('access.account-personal')
      const { rowCount } = await own.query('select 1 from access.grant where role = $1 limit 1', [seat])
      if (rowCount !== 0) return refuse('access.seat-filled')
      if (!(await createAccount(own, { account, name, role: seat, createdBy: visitor.account })))
        return refuse('access.account-taken')
      const token = await issueLink(own, { purpose: 'set-password', account, issuedBy: visitor.account })
      return granted({ account, token })
    },
  }),
  identityRoute({
    method: 'PUT',
    path: '/api/accounts/{account}/state',
    summary: '停用或启用账号；停用后立即退出全部登录',
    may: accountAccess.keep,
    params: Path,
    body: Type.Object({ state: Type.Union([Type.Literal('active'), Type.Literal('disabled')]) }),
    answer: Done,
    handle: async ({ params, body, visitor, context, note }) => {
      note({ ...concerning(params.account), facts: { state: body.state } })
      if (params.account === visitor.account) return refuse('access.own-account')
      if (body.state === 'active' && (await isAsleep(context.db.own, params.account)))
        return refuse('access.asleep-state')
      return (await setAccountState(context.db.own, params.account, body.state))
        ? granted({ done: true })
        : notFound
    },
  }),
  identityRoute({
    method: 'PUT',
    path: '/api/accounts/{account}/name',
    summary: '更正账号的姓名',
    may: accountAccess.keep,
    params: Path,
    body: Type.Object({ name: PersonName }),
    answer: Done,
    handle: async ({ params, body, context, note }) => {
      note(concerning(params.account))
      if (looksPersonal(body.name)) return refuse('access.name-personal')
      return (await renameAccount(context.db.own, params.account, body.name.trim()))
        ? granted({ done: true })
        : notFound
    },
  }),
  identityRoute({
    method: 'POST',
    path: '/api/accounts/{account}/password-link',
    summary: '发放设置密码的一次性链接',
    may: accountAccess.keep,
    params: Path,
    answer: Link,
    secret: true,
    handle: async ({ params, visitor, context, note }) => {
      note(concerning(params.account))
      const { own } = context.db
      const { account } = params
      const { rowCount } = await own.query(
        "select 1 from access.account where account = $1 and state = 'active' and not demonstration",
        [account],
      )
      if (rowCount === 0) return refuse('access.unknown-account')
      if (await sitsOnOtherSeat(own, account)) return refuse('access.administrator-password')
      const token = await issueLink(own, { purpose: 'set-password', account, issuedBy: visitor.account })
      return granted({ account, token })
    },
  }),
  identityRoute({
    method: 'POST',
    path: '/api/accounts/{account}/unlock',
    summary: '解除因登录失败而来的等待',
    may: accountAccess.release,
    params: Path,
    answer: Done,
    handle: async ({ params, context, note }) => {
      note(concerning(params.account))
      await unlockAccount(context.db.own, params.account)
      return granted({ done: true })
    },
  }),
  identityRoute({
    method: 'POST',
    path: '/api/accounts/{account}/wake',
    summary: '唤醒久未登录而休眠的账号',
    may: accountAccess.release,
    params: Path,
    answer: Done,
    handle: async ({ params, context, note }) => {
      note(concerning(params.account))
      return (await wake(context.db.own, params.account)) ? granted({ done: true }) : notFound
    },
  }),
  identityRoute({
    method: 'DELETE',
    path: '/api/accounts/{account}/sessions',
    summary: '让一个账号处处退出：结束它的全部登录',
    may: accountAccess.release,
    params: Path,
    answer: Type.Object({ ended: Type.Integer() }),
    handle: async ({ params, context, note }) => {
      const ended = await closeSessionsOf(context.db.own, params.account)
      note({ ...concerning(params.account), facts: { ended } })
      return { ended }
    },
  }),
  identityRoute({
    method: 'DELETE',
    path: '/api/accounts/{account}/factors',
    summary: '清除遗失的第二因素；本人下次登录时重新登记',
    may: accountAccess.release,
    params: Path,
    answer: Done,
    handle: async ({ params, visitor, context, note }) => {
      note(concerning(params.account))
      if (params.account === visitor.account) return refuse('access.grant-to-self')
      await clearFactors(context.db.own, params.account)
      return granted({ done: true })
    },
  }),
]

/** A system administrator who could set the security or audit administrator's password would hold all three seats. */
async function sitsOnOtherSeat(own: Queryable, account: string): Promise<boolean> {
  const grants = await listGrantsOf(own, [account])
  return grants.some(
    ({ role, inForce }) => inForce && ['security-administrator', 'audit-administrator'].includes(role),
  )
}
