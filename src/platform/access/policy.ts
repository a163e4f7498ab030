import type { Visitor } from './visitor.ts'

/**
 * 准入 — who may use a route. A route cannot be written without one; whoever it does not name is denied.
 */
export interface Policy {
  /** Said to someone it turns away, e.g. "只有市县教体局工作人员可以导入". */
  readonly zh: string
  /** True for what strangers may use: the sign-in page and its like. */
  readonly open?: true
  allows(visitor: Visitor | undefined): boolean
}

/** 任何人 — also those not signed in. */
export const anyone: Policy = { zh: '任何人', open: true, allows: () => true }

/** 已登录者 — every signed-in visitor. */
export const signedIn: Policy = { zh: '登录后可用', allows: (visitor) => visitor !== undefined }

/** 限定角色 — visitors in one of the roles named. */
export function onlyRoles(zh: string, ...roles: readonly string[]): Policy {
  return { zh, allows: (visitor) => visitor !== undefined && roles.includes(visitor.role) }
}

/** 县域之内 — does the visitor's scope hold every one of the counties asked for? An empty list asks for nothing and is denied. */
export function mayActFor(visitor: Visitor, counties: readonly number[]): boolean {
  return counties.length > 0 && counties.every((county) => visitor.counties.includes(county))
}
