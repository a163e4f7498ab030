import { type Grant, grantsOf, type Visitor } from './visitor.ts'

/**
 * 准入 — who may do one act on one kind of thing. A route cannot be written without one; whoever it does not name is denied.
 */
export interface Policy {
  /** The kind of thing, e.g. `institution`. */
  readonly thing: string
  /** What is done to it, e.g. `read`. */
  readonly act: string
  /** Said to someone it turns away, e.g. "只有市县教体局工作人员可以导入". */
  readonly zh: string
  /** Roles let through; `anyone` also those not signed in. */
  readonly roles: readonly string[] | 'signed-in' | 'anyone'
}

/** 一物的准入 — the acts of one kind of thing, each with who may do it. */
export type ThingAccess<Acts extends string> = Readonly<Record<Acts, Policy>>

/** 声明准入 — a room's `access.ts`: per act, the roles let through and the sentence for everyone else. */
export function declareAccess<Acts extends string>(
  thing: string,
  acts: Readonly<Record<Acts, { zh: string; roles: Policy['roles'] }>>,
): ThingAccess<Acts> {
  const declared = Object.entries<{ zh: string; roles: Policy['roles'] }>(acts)
  return Object.fromEntries(
    declared.map(([act, rule]) => [act, { thing, act, ...rule }]),
  ) as unknown as ThingAccess<Acts>
}

/** 任何人 — also those not signed in: the sign-in page and its like. */
export const anyone: Policy = { thing: 'door', act: 'open', zh: '任何人', roles: 'anyone' }

/** 已登录者 — every signed-in visitor, for what is their own. */
export const signedIn: Policy = { thing: 'self', act: 'use', zh: '登录后可用', roles: 'signed-in' }

/**
 * 放行 — the visitor as this policy sees them: narrowed to the grants whose role it names. Undefined: turned away.
 *
 * Grants for whole counties cover those for single institutions in them; institutions stay where nothing wider is held.
 */
export function admit(policy: Policy, visitor: Visitor | undefined): Visitor | undefined {
  if (!visitor || policy.roles === 'anyone') return visitor
  if (policy.roles === 'signed-in') return visitor
  const { roles } = policy
  const held = grantsOf(visitor).filter(({ role }) => roles.includes(role))
  return held.length === 0 ? undefined : { ...visitor, ...united(held) }
}

/** Grants limited to units say so by the institutions of those units: until they were looked up, by none. */
const limitsOf = ({ institutions, units }: Grant) => institutions ?? (units && [])

function united(held: readonly Grant[]): Pick<Visitor, 'role' | 'counties' | 'institutions' | 'stages'> {
  const wide = held.filter((grant) => !limitsOf(grant))
  const used = wide.length > 0 ? wide : held
  const all = <T>(lists: readonly (readonly T[])[]) => [...new Set(lists.flat())]
  return {
    role: used[0]!.role,
    counties: all(used.map(({ counties }) => counties)),
    ...(wide.length === 0 && { institutions: all(used.map((grant) => limitsOf(grant) ?? [])) }),
    ...(used.every(({ stages }) => stages) && { stages: all(used.map(({ stages }) => stages ?? [])) }),
  }
}

/** 所及之物 — what an act touches, as far as it is known: the county, the institution, the stage. */
export interface Touched {
  readonly counties?: readonly number[]
  readonly institution?: number
  readonly stage?: string
}

/** 可办之事 — the acts this visitor may do on a thing: the answer carries them, so that no page decides again. */
export function actsAllowed<Acts extends string>(
  access: ThingAccess<Acts>,
  visitor: Visitor,
  touched: Touched,
): Acts[] {
  return Object.values<Policy>(access)
    .filter((policy) => {
      const admitted = admit(policy, visitor)
      return admitted !== undefined && reaches(admitted, touched)
    })
    .map(({ act }) => act as Acts)
}

/** 管得到 — does the visitor's scope hold everything that is touched? */
export function reaches(visitor: Visitor, { counties, institution, stage }: Touched): boolean {
  return (
    (counties === undefined || mayActFor(visitor, counties)) &&
    (institution === undefined || !visitor.institutions || visitor.institutions.includes(institution)) &&
    (stage === undefined || !visitor.stages || visitor.stages.includes(stage))
  )
}

/** 县域之内 — does the visitor's scope hold every one of the counties asked for? An empty list asks for nothing and is denied. */
export function mayActFor(visitor: Visitor, counties: readonly number[]): boolean {
  return counties.length > 0 && counties.every((county) => visitor.counties.includes(county))
}
