import Type from 'typebox'
import { looksPersonal } from '../audit/personal-looking.ts'
import type { Database } from '../db/open-database.ts'
import { routeFor } from '../http/route.ts'
import type { Identity } from './identity.ts'

/** 身份接口的上下文 — what sign-in, accounts and grants need of the site. */
export interface IdentityContext {
  readonly db: Database
  readonly identity: Identity
  readonly site: {
    readonly cityId: number
    readonly cityName: string
    readonly synthetic: boolean
    readonly generatedUntil?: string
  }
}

/** 声明接口 — declares a route of identity; see `routeFor`. */
export const identityRoute = routeFor<IdentityContext>()

/** What every step of signing in answers: whose account, and what it still owes. */
export const StepAnswer = Type.Object({
  account: Type.String(),
  stage: Type.Union([
    Type.Literal('factor'),
    Type.Literal('enrol'),
    Type.Literal('password'),
    Type.Literal('full'),
  ]),
})

/** A county's number, as a database column holds it. */
export const CountyId = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
export const AccountName = Type.String({ pattern: '^[a-zA-Z0-9._-]{3,30}$' })
export const PersonName = Type.String({ minLength: 1, maxLength: 30, pattern: '\\S' })
export const NewPassword = Type.String({ minLength: 1, maxLength: 200 })
export const Code = Type.String({ minLength: 6, maxLength: 30 })
export const Token = Type.String({ minLength: 20, maxLength: 80 })
export const Done = Type.Object({ done: Type.Boolean() })

/** 所涉账号 — the account an act is about, as the audit names it: a number somebody typed for one is not kept. */
export const concerning = (account: string) => ({
  object: { kind: 'account', id: looksPersonal(account) ? '（略）' : account },
})
