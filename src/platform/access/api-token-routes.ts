import Type from 'typebox'
import { granted } from '../../kernel/result.ts'
import { looksPersonal } from '../audit/personal-looking.ts'
import type { Database } from '../db/open-database.ts'
import { type Call, notFound, type Route, routeFor } from '../http/route.ts'
import { issueToken, listTokens, revokeToken, scopeOf, type TokenWanted } from './api-token.ts'
import { CountyId, Done } from './identity-route.ts'
import { admit, declareAccess } from './policy.ts'
import { refuse } from './refusals.ts'
import { isFresh } from './session.ts'
import { grantsOf, type Visitor } from './visitor.ts'

/** What these routes are lent: all routes of the platform, whose policies are what a token can be for. */
interface Lent {
  readonly db: Database
  readonly audit: { routes(): Promise<readonly Pick<Route, 'method' | 'path' | 'summary' | 'may'>[]> }
}

const route = routeFor<Lent>()

/** 接口令牌的准入 — one's own; never by a token itself. */
export const tokenAccess = declareAccess('token', {
  own: { zh: '登录后可以管理本人的接口令牌', roles: 'signed-in' },
})

const Moment = Type.Union([Type.String(), Type.Null()])
const TokenShape = Type.Object({
  tokenId: Type.String(),
  name: Type.String(),
  scopes: Type.Array(Type.String()),
  readOnly: Type.Boolean(),
  counties: Type.Union([Type.Array(Type.Integer()), Type.Null()]),
  createdAt: Type.String(),
  expiresAt: Type.String(),
  lastUsedAt: Moment,
  revokedAt: Moment,
})
const ScopeShape = Type.Object({
  scope: Type.String(),
  uses: Type.Array(Type.String()),
  onlyReads: Type.Boolean(),
})
const Wanted = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 30, pattern: '\\S', examples: ['统计平台每日取数'] }),
  scopes: Type.Array(Type.String({ maxLength: 60, examples: ['institution.read'] }), {
    minItems: 1,
    maxItems: 100,
    uniqueItems: true,
  }),
  readOnly: Type.Boolean({ examples: [true] }),
  counties: Type.Optional(Type.Array(CountyId, { minItems: 1, maxItems: 200, uniqueItems: true })),
  days: Type.Integer({ minimum: 1, maximum: 366, examples: [90] }),
})

/** 接口令牌的接口 — list, issue, revoke; by people only. */
export const apiTokenRoutes: readonly Route<Lent>[] = [
  route({
    method: 'GET',
    path: '/api/tokens',
    summary: '本人的接口令牌，以及可以授给令牌的事项',
    may: tokenAccess.own,
    answer: Type.Object({ tokens: Type.Array(TokenShape), scopes: Type.Array(ScopeShape) }),
    handle: async ({ context, visitor }) => ({
      tokens: (await listTokens(context.db.own, visitor.account)) as never,
      scopes: await scopesOf(context, visitor),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/tokens',
    summary: '发放接口令牌，密文只显示这一次',
    may: tokenAccess.own,
    body: Wanted,
    answer: Type.Object({ tokenId: Type.String(), secret: Type.String() }),
    secret: true,
    handle: (call) => issue(call as never, call.body),
  }),
  route({
    method: 'DELETE',
    path: '/api/tokens/{tokenId}',
    summary: '撤销本人的接口令牌，立即生效',
    may: tokenAccess.own,
    params: Type.Object({ tokenId: Type.String({ format: 'uuid' }) }),
    answer: Done,
    handle: async ({ context, visitor, params, note }) => {
      note({ object: { kind: 'token', id: params.tokenId } })
      const revoked = await revokeToken(context.db.own, visitor.account, params.tokenId)
      return revoked ? granted({ done: true }) : notFound
    },
  }),
]

/** What the visitor's own grants open now, each with the routes it is for. */
async function scopesOf({ audit }: Lent, visitor: Visitor) {
  const uses = new Map<string, { uses: string[]; onlyReads: boolean }>()
  for (const { may, method, summary } of await audit.routes()) {
    const scope = scopeOf(may)
    if (!scope || may.roles === 'anyone' || !admit(may, visitor)) continue
    const known = uses.get(scope) ?? { uses: [], onlyReads: true }
    uses.set(scope, { uses: [...known.uses, summary], onlyReads: known.onlyReads && method === 'GET' })
  }
  return [...uses].map(([scope, use]) => ({ scope, ...use }))
}

async function issue(
  { context, visitor, sessionToken, note }: Call<unknown, unknown, unknown, Lent>,
  wanted: TokenWanted,
) {
  const { own } = context.db
  if (!(await isFresh(own, sessionToken))) return refuse('access.sign-in-again')
  if (looksPersonal(wanted.name)) return refuse('access.token-name-personal')
  const open = new Set((await scopesOf(context, visitor)).map(({ scope }) => scope))
  const closed = wanted.scopes.find((scope) => !open.has(scope))
  if (closed !== undefined) return refuse('access.token-scope-closed', { scope: closed })
  const reached = new Set(grantsOf(visitor).flatMap(({ counties }) => counties))
  if (wanted.counties?.some((county) => !reached.has(county))) return refuse('access.unknown-scope')
  const issued = await issueToken(own, visitor.account, wanted)
  if (!issued) return refuse('access.too-many-tokens')
  note({ object: { kind: 'token', id: issued.tokenId }, facts: { name: wanted.name, scopes: wanted.scopes } })
  return granted(issued)
}
