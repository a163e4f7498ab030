import type { Share } from '../db/scope.ts'
import { broadest } from '../db/shares.ts'
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
  /** True for an act that spans every stage: a grant for some of them does not reach it. */
  readonly everyStage?: true
  /** True for an act over whole counties: a grant for some institutions or units of theirs does not reach it. */
  readonly everyInstitution?: true
}

/** 一物的准入 — the acts of one kind of thing, each with who may do it. */
export type ThingAccess<Acts extends string> = Readonly<Record<Acts, Policy>>

/** 声明准入 — a room's `access.ts`: per act, the roles let through and the sentence for everyone else. */
export function declareAccess<Acts extends string>(
  thing: string,
  acts: Readonly<Record<Acts, Omit<Policy, 'thing' | 'act'>>>,
): ThingAccess<Acts> {
  const declared = Object.entries<Omit<Policy, 'thing' | 'act'>>(acts)
  return Object.fromEntries(
    declared.map(([act, rule]) => [act, { thing, act, ...rule }]),
  ) as unknown as ThingAccess<Acts>
}

/** 任何人 — also those not signed in: the sign-in page and its like. */
export const anyone: Policy = { thing: 'door', act: 'open', zh: '任何人', roles: 'anyone' }

/** 已登录者 — every signed-in visitor, for what is their own. */
export const signedIn: Policy = { thing: 'self', act: 'use', zh: '登录后可用', roles: 'signed-in' }

/**
 * 放行 — the visitor as this policy sees them: narrowed to the grants that let them through it. Undefined: turned away.
 */
export function admit(policy: Policy, visitor: Visitor | undefined): Visitor | undefined {
  if (!visitor || policy.roles === 'anyone') return visitor
  if (policy.roles === 'signed-in') return visitor
  const held = grantsOf(visitor).filter((grant) => letsThrough(grant, policy))
  if (held.length === 0) return undefined
  const { institutions: _, stages: __, shares: ___, ...person } = visitor
  return { ...person, ...united(held) }
}

function letsThrough(grant: Grant, { roles, everyStage, everyInstitution }: Policy): boolean {
  return roles.includes(grant.role) && !(everyStage && grant.stages) && !(everyInstitution && limitsOf(grant))
}

/** Grants limited to units say so by the institutions of those units: until they were looked up, by none. */
const limitsOf = ({ institutions, units }: Grant) => institutions ?? (units && [])

/**
 * 合并授权 — what all grants held reach together: each apart where they differ in their limits, since the lists joined
 * would cross the counties of one with the stages or institutions of another. A list stands at the whole only where
 * every grant has one; whoever asks for it alone learns the outermost bounds.
 */
function united(held: readonly Grant[]): Share & Pick<Visitor, 'role' | 'shares'> {
  const shares = broadest(held.map(shareOf))
  const all = <T>(lists: readonly (readonly T[])[]) => [...new Set(lists.flat())]
  const each = <T>(listOf: (share: Share) => readonly T[] | undefined) =>
    shares.every(listOf) ? all(shares.map((share) => listOf(share) ?? [])) : undefined
  const institutions = each((share) => share.institutions)
  const stages = each((share) => share.stages)
  const limited = shares.some((share) => share.institutions || share.stages)
  return {
    role: held[0]!.role,
    counties: all(shares.map(({ counties }) => counties)),
    ...(institutions && { institutions }),
    ...(stages && { stages }),
    ...(shares.length > 1 && limited && { shares }),
  }
}

function shareOf(grant: Grant): Share {
  const { counties, stages } = grant
  const institutions = limitsOf(grant)
  return { counties, ...(institutions && { institutions }), ...(stages && { stages }) }
}

/** 所及之物 — what an act touches, as far as it is known: the counties, the institution, the stages. */
export interface Touched {
  readonly counties?: readonly number[] | undefined
  readonly institution?: number | undefined
  readonly stages?: readonly string[] | undefined
}

/** 管辖 — what of a visitor says how far they reach. */
export type Reach = Share & Pick<Visitor, 'shares'>

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

/** 管得到 — does the visitor's scope hold everything that is touched? Every county and stage of it, in one and the same grant. */
export function reaches(visitor: Reach, { counties, institution, stages }: Touched): boolean {
  if (counties?.length === 0 || stages?.length === 0) return false
  const shares = visitor.shares ?? [visitor]
  const held = (county: number | undefined, stage: string | undefined) =>
    shares.some(
      (share) =>
        (county === undefined || share.counties.includes(county)) &&
        (institution === undefined || !share.institutions || share.institutions.includes(institution)) &&
        (stage === undefined || !share.stages || share.stages.includes(stage)),
    )
  return (counties ?? [undefined]).every((county) =>
    (stages ?? [undefined]).every((stage) => held(county, stage)),
  )
}

/** 县域之内 — does the visitor's scope hold every one of the counties asked for? An empty list asks for nothing and is denied. */
export function mayActFor(visitor: Reach, counties: readonly number[]): boolean {
  return counties.length > 0 && counties.every((county) => visitor.counties.includes(county))
}
