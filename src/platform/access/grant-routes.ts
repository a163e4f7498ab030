import Type from 'typebox'
import { chinaDay } from '../../kernel/china-moment.ts'
import { granted } from '../../kernel/result.ts'
import { looksPersonal } from '../audit/personal-looking.ts'
import { notFound, type Route } from '../http/route.ts'
import { handOn } from './delegation.ts'
import { endGrant, type GrantWanted, listGrantsOf, listHandedOn, writeGrant } from './grants.ts'
import { administratorRoles, type Identity, isAdministrator } from './identity.ts'
import { grantAccess } from './identity-access.ts'
import { Choices, GrantSeen, SignInRule } from './identity-contract.ts'
import { CountyId, concerning, Done, type IdentityContext, identityRoute } from './identity-route.ts'
import { signedIn } from './policy.ts'
import { refuse } from './refusals.ts'
import { changeSignInRule, readSignInRule } from './sign-in-rule.ts'

const Day = Type.String({ format: 'date' })
const Ids = Type.Array(Type.Integer(), { maxItems: 500 })
const Scope = {
  counties: Type.Array(CountyId, { maxItems: 500 }),
  institutions: Ids,
  stages: Type.Optional(Type.Array(Type.String({ maxLength: 30 }), { minItems: 1, maxItems: 20 })),
}
const Account = Type.String({ minLength: 1, maxLength: 60 })
const Reason = Type.String({ minLength: 2, maxLength: 200 })
/** Fewer digits than a telephone has: the audit names a grant by its number. */
const GrantNumber = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const GrantId = Type.Object({ grantId: GrantNumber })
/** 授权接口 — the security administrator grants and ends; each holder may hand on part of their own. */
export const grantRoutes: readonly Route<IdentityContext>[] = [
  identityRoute({
    method: 'POST',
    path: '/api/grants',
    summary: '授权：角色、范围、起止日期与依据',
    may: grantAccess.give,
    body: Type.Object({
      account: Account,
      role: Type.String({ maxLength: 60 }),
      ...Scope,
      units: Type.Optional(Type.Array(Type.Integer(), { minItems: 1, maxItems: 100 })),
      from: Type.Optional(Day),
      until: Type.Optional(Day),
      document: Type.String({ maxLength: 100 }),
      reason: Reason,
    }),
    answer: GrantId,
    handle: async ({ body, visitor, context, note }) => {
      const { own } = context.db
      if (typedNumber(body)) return refuse('access.reason-personal')
      note(told(body))
      if (body.account === visitor.account) return refuse('access.grant-to-self')
      const wrong = await scopeProblem(context.identity, body)
      if (wrong) return refuse(wrong)
      if (body.until !== undefined && body.until < (body.from ?? chinaDay(new Date())))
        return refuse('access.grant-days')
      const { rowCount } = await own.query('select 1 from access.account where account = $1', [body.account])
      if (rowCount === 0) return refuse('access.unknown-account')
      const written = await writeGrant(own, { ...body, grantedBy: visitor.account })
      if (written === 'two-seats') return refuse('access.two-seats')
      if (written === 'no-days') return refuse('access.grant-days')
      return granted({ grantId: written })
    },
  }),
  identityRoute({
    method: 'DELETE',
    path: '/api/grants/{grantId}',
    summary: '结束授权，立即生效',
    may: grantAccess.give,
    params: GrantId,
    answer: Done,
    handle: async ({ params, visitor, context, note }) => {
      note({ object: { kind: 'grant', id: String(params.grantId) } })
      const ended = await endGrant(context.db.own, params.grantId, visitor.account)
      return ended ? granted({ done: true }) : notFound
    },
  }),
  identityRoute({
    method: 'GET',
    path: '/api/delegations',
    summary: '本人的授权，与本人委托出去的',
    may: signedIn,
    answer: Type.Object({ own: Type.Array(GrantSeen), handedOn: Type.Array(GrantSeen) }),
    handle: async ({ visitor, context }) =>
      ({
        own: await listGrantsOf(context.db.own, [visitor.account]),
        handedOn: await listHandedOn(context.db.own, visitor.account),
      }) as never,
  }),
  identityRoute({
    method: 'POST',
    path: '/api/delegations',
    summary: '把本人授权的一部分委托给别人，到某日为止',
    may: signedIn,
    body: Type.Object({ grantId: GrantNumber, account: Account, ...Scope, until: Day, reason: Reason }),
    answer: GrantId,
    handle: async ({ body, visitor, context, note }) => {
      if (typedNumber(body)) return refuse('access.reason-personal')
      note(told(body))
      if (body.until < chinaDay(new Date())) return refuse('access.grant-days')
      if (visitor.grants?.some(({ grantId, role }) => grantId === body.grantId && isAdministrator(role)))
        return refuse('access.grant-not-yours')
      return handOn(context.db.own, visitor, body)
    },
  }),
  identityRoute({
    method: 'DELETE',
    path: '/api/delegations/{grantId}',
    summary: '收回委托，立即生效',
    may: signedIn,
    params: GrantId,
    answer: Done,
    handle: async ({ params, visitor, context, note }) => {
      const { own } = context.db
      note({ object: { kind: 'grant', id: String(params.grantId) } })
      const handedOn = await listHandedOn(own, visitor.account)
      if (!handedOn.some(({ grantId }) => grantId === params.grantId)) return notFound
      return (await endGrant(own, params.grantId, visitor.account)) ? granted({ done: true }) : notFound
    },
  }),
  identityRoute({
    method: 'GET',
    path: '/api/access/choices',
    summary: '可授的角色、县和学段；管理员看全部的县，其他人只看自己的',
    may: signedIn,
    answer: Choices,
    handle: async ({ visitor, context: { identity } }) => ({
      roles: [...administratorRoles, ...identity.roles].map(({ role, zh, scope }) => ({
        role,
        zh,
        scope: isAdministrator(role) ? 'site' : scope,
      })),
      stages: identity.stages.map((stage) => ({ ...stage })),
      places: (await identity.places())
        .filter(({ id }) => isAdministrator(visitor.role) || visitor.counties.includes(id))
        .map((place) => ({ ...place })),
    }),
  }),
  identityRoute({
    method: 'GET',
    path: '/api/access/institutions',
    summary: '按名称或代码查找可授权的机构',
    may: grantAccess.give,
    query: Type.Object({ text: Type.String({ minLength: 1, maxLength: 60 }) }),
    answer: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String(), countyId: Type.Integer() })),
    handle: async ({ query, context }) =>
      (await context.identity.findInstitutions(query.text)).map((found) => ({ ...found })),
  }),
  identityRoute({
    method: 'GET',
    path: '/api/access/units',
    summary: '按名称或代码查找可授权的单位：乡镇、集团、责任区等',
    may: grantAccess.give,
    query: Type.Object({ text: Type.String({ minLength: 1, maxLength: 60 }) }),
    answer: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String(), countyId: Type.Integer() })),
    handle: async ({ query, context }) =>
      (await context.identity.findUnits(query.text)).map((found) => ({ ...found })),
  }),
  identityRoute({
    method: 'GET',
    path: '/api/access/rule',
    summary: '登录规则：密码与第二因素',
    may: grantAccess['read-rule'],
    answer: SignInRule,
    handle: ({ context }) => readSignInRule(context.db.own),
  }),
  identityRoute({
    method: 'PUT',
    path: '/api/access/rule',
    summary: '改登录规则，从下次登录起执行',
    may: grantAccess.give,
    body: SignInRule,
    answer: Done,
    handle: async ({ body, visitor, context, note }) => {
      note({ object: { kind: 'sign-in-rule', id: 'site' }, facts: body })
      await changeSignInRule(context.db.own, body, visitor.account)
      return granted({ done: true })
    },
  }),
]

/** What a trace keeps of a grant given or handed on. */
function told({ account, counties, ...facts }: { account: string; counties: readonly number[] }) {
  return { ...concerning(account), counties, facts }
}

/** Whether a text of the grant looks like somebody's number: it would stand in the audit. */
const typedNumber = ({ account: _, ...told }: { account: string }) => looksPersonal(told)

type Wanted = Pick<GrantWanted, 'role' | 'counties' | 'institutions' | 'units' | 'stages'>

async function scopeProblem(identity: Identity, wanted: Wanted) {
  if (isAdministrator(wanted.role))
    return wanted.counties.length + wanted.institutions.length > 0 || wanted.stages || wanted.units
      ? 'access.unknown-scope'
      : undefined
  const offer = identity.roles.find(({ role }) => role === wanted.role)
  if (!offer) return 'access.unknown-role'
  const places = new Set((await identity.places()).map(({ id }) => id))
  const stages = new Set(identity.stages.map(({ id }) => id))
  const known =
    wanted.counties.length > 0 &&
    wanted.counties.every((county) => places.has(county)) &&
    (wanted.stages ?? []).every((stage) => stages.has(stage)) &&
    (offer.scope === 'institution') === wanted.institutions.length > 0 &&
    (!wanted.units ||
      (offer.scope === 'counties' && (await identity.unitsExist(wanted.units, wanted.counties)))) &&
    (await identity.institutionsExist(wanted.institutions, wanted.counties))
  return known ? undefined : 'access.unknown-scope'
}
