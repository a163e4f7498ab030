import Type, { type Static } from 'typebox'
import { granted, refused } from '../../kernel/result.ts'
import type { Database } from '../db/open-database.ts'
import { type Call, type Route, routeFor } from '../http/route.ts'
import {
  accountByPassword,
  createAccount,
  hasRole,
  issueFirstAdministratorLink,
  listDemonstrationAccounts,
  spendFirstAdministratorLink,
} from './account.ts'
import { anyone } from './policy.ts'
import { closeSession, openSession } from './session.ts'
import type { Visitor } from './visitor.ts'

interface Context {
  readonly db: Database
  readonly site: {
    readonly cityId: number
    readonly cityName: string
    readonly synthetic: boolean
    readonly generatedUntil?: string
  }
}

const route = routeFor<Context>()
const administrator = 'administrator'

const VisitorShape = Type.Object({
  account: Type.String(),
  name: Type.String(),
  role: Type.String(),
  counties: Type.Array(Type.Integer()),
  institutions: Type.Optional(Type.Array(Type.Integer())),
})

const SessionShape = Type.Object({
  visitor: Type.Union([VisitorShape, Type.Null()]),
  site: Type.Object({
    cityId: Type.Integer(),
    cityName: Type.String(),
    synthetic: Type.Boolean(),
    generatedUntil: Type.Optional(Type.String()),
  }),
  /** Accounts that need no password; empty on a real site. */
  demonstrationAccounts: Type.Array(
    Type.Object({ account: Type.String(), name: Type.String(), role: Type.String() }),
  ),
})

/** 登录接口 — who am I, sign in, sign out, create the first administrator. */
export const sessionRoutes: readonly Route<Context>[] = [
  route({
    method: 'GET',
    path: '/api/session',
    summary: '当前登录情况',
    may: anyone,
    answer: SessionShape,
    handle: async ({ visitor, context }) => ({
      visitor: visitor.account ? shown(visitor) : null,
      site: context.site,
      demonstrationAccounts: context.site.synthetic ? await listDemonstrationAccounts(context.db.pool) : [],
    }),
  }),
  route({
    method: 'POST',
    path: '/api/session',
    summary: '登录：账号加密码；演示站点的演示角色不需要密码',
    may: anyone,
    body: Type.Object({
      account: Type.String({ minLength: 1, maxLength: 60 }),
      password: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    answer: Type.Object({ account: Type.String() }),
    handle: async (call) => {
      const account = await signedInAs(call)
      if (!account)
        return refused({
          code: 'access.wrong-password',
          text: '账号或密码不对。请核对后再试；忘记密码请联系本单位管理员。',
        })
      call.setSession(await openSession(call.context.db.pool, account))
      return granted({ account })
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/session',
    summary: '退出登录',
    may: anyone,
    answer: Type.Object({ ended: Type.Boolean() }),
    handle: async (call) => {
      if (call.sessionToken) await closeSession(call.context.db.pool, call.sessionToken)
      call.setSession(undefined)
      return { ended: true }
    },
  }),
  route({
    method: 'POST',
    path: '/api/first-administrator',
    summary: '用一次性链接建立首个管理员',
    may: anyone,
    body: Type.Object({
      token: Type.String({ minLength: 20, maxLength: 80 }),
      account: Type.String({ pattern: '^[a-zA-Z0-9._-]{3,30}$' }),
      name: Type.String({ minLength: 1, maxLength: 30 }),
      password: Type.String({ minLength: 12, maxLength: 200 }),
    }),
    answer: Type.Object({ account: Type.String() }),
    handle: createFirstAdministrator,
  }),
]

function shown({ account, name, role, counties, institutions }: Visitor): Static<typeof VisitorShape> {
  return {
    account,
    name,
    role,
    counties: [...counties],
    ...(institutions && { institutions: [...institutions] }),
  }
}

async function signedInAs({
  body,
  context,
}: Call<unknown, unknown, { account: string; password?: string }, Context>): Promise<string | undefined> {
  const { pool } = context.db
  if (body.password !== undefined) return accountByPassword(pool, body.account, body.password)
  if (!context.site.synthetic) return undefined
  return (await listDemonstrationAccounts(pool)).find((each) => each.account === body.account)?.account
}

async function createFirstAdministrator(
  call: Call<unknown, unknown, { token: string; account: string; name: string; password: string }, Context>,
) {
  const { pool } = call.context.db
  const { token, ...wanted } = call.body
  if (!(await spendFirstAdministratorLink(pool, token))) {
    return refused({
      code: 'access.link-spent',
      text: '这个链接已经用过或已过期。请在服务器上重新启动平台，取得新的链接。',
    })
  }
  const { rows } = await pool.query('select county_id from registry.county order by county_id')
  await createAccount(pool, {
    ...wanted,
    role: administrator,
    counties: rows.map((row) => row.county_id as number),
  })
  call.setSession(await openSession(pool, wanted.account))
  return granted({ account: wanted.account })
}

/** 首个管理员链接 — the link's secret while nobody is administrator yet; undefined once someone is. */
export async function firstAdministratorToken(db: Database): Promise<string | undefined> {
  return (await hasRole(db.pool, administrator)) ? undefined : issueFirstAdministratorLink(db.pool)
}
