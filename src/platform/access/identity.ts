import type { SingleSignOn } from './sso/single-sign-on.ts'

/** 密封 — encrypts a short secret for keeping; `about` names what it belongs to and must be the same to open it. */
export interface Vault {
  seal(plain: string, about: string): Promise<Buffer>
  open(sealed: Buffer, about: string): Promise<string>
}

/** 可授角色 — a role the site offers, what it is limited by, and whether its holders are the public, not staff. */
export interface RoleOffer {
  readonly role: string
  readonly zh: string
  readonly scope: 'counties' | 'institution'
  readonly public?: true
}

/** 可选范围 — a county, institution or stage a grant can name. */
export interface Place {
  readonly id: number
  readonly name: string
}

/** 身份配置 — what the site lends the platform about its people: it knows roles and places, the platform does not. */
export interface Identity {
  /** Absent on a site without a key: authenticator apps are then refused. */
  readonly vault?: Vault
  readonly roles: readonly RoleOffer[]
  readonly stages: readonly { readonly id: string; readonly name: string }[]
  readonly sso: readonly SingleSignOn[]
  places(): Promise<Place[]>
  /** Institutions by part of a name or code, of any county, each with the county it lies in. */
  findInstitutions(text: string): Promise<(Place & { readonly countyId: number })[]>
  /** Units — a township, a school group, an inspection area — in the same way. */
  findUnits(text: string): Promise<(Place & { readonly countyId: number })[]>
  unitsExist(units: readonly number[], counties: readonly number[]): Promise<boolean>
  /** Do all of these institutions lie in these counties? */
  institutionsExist(institutions: readonly number[], counties: readonly number[]): Promise<boolean>
}

/** 三员 — the administrators who must be three different accounts. */
export const administratorRoles: readonly RoleOffer[] = [
  { role: 'system-administrator', zh: '系统管理员', scope: 'counties' },
  { role: 'security-administrator', zh: '安全管理员', scope: 'counties' },
  { role: 'audit-administrator', zh: '审计管理员', scope: 'counties' },
]

/** 是否三员之一 — does the role sit on one of the three separate seats? */
export function isAdministrator(role: string): boolean {
  return administratorRoles.some((each) => each.role === role)
}
