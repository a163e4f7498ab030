import { sql } from 'kysely'
import { granted, type Result } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { amendFrom } from '../book-entries.ts'
import type { Membership } from '../membership.ts'
import { refuse } from '../refusals.ts'
import type { UnitLink } from '../unit-link.ts'
import { writeMemberships } from '../write-memberships.ts'
import { writeUnitLinks } from '../write-unit-links.ts'
import { type ActBasis, type ActDone, beginAct, enterAct } from './act-basis.ts'
import { cannotLink } from './cannot-link.ts'
import { cannotMergeUnits, mergeUnits, type UnitMerger } from './merge-units.ts'
import { institutionOn, unitOn } from './standing.ts'

/** 调整 — what changes in the trees from the effective day on. */
export interface Regrouping {
  /** A unit goes under another parent. */
  readonly links?: readonly Pick<UnitLink, 'tree' | 'childId' | 'parentId'>[]
  /** An institution joins a group, catchment, centre or inspection area, or leaves it (`unitId` null). */
  readonly memberships?: readonly (Pick<Membership, 'tree' | 'institutionId' | 'role'> & {
    readonly unitId: number | null
  })[]
  /** A unit goes up in another: two townships become one. */
  readonly mergedUnits?: readonly UnitMerger[]
}

/**
 * 调整隶属 — changes who belongs to whom in any tree, within one county; whatever was said of later days is replaced.
 *
 * Refuses units or institutions that do not stand that day, and a parent that stands below its child.
 */
export async function regroupUnits(
  tx: Tx,
  basis: ActBasis,
  regrouping: Regrouping,
): Promise<Result<ActDone>> {
  const no = (await beginAct(tx, basis)) ?? (await cannotRegroup(tx, basis, regrouping))
  if (no) return no
  const { links = [], memberships = [], mergedUnits = [] } = regrouping
  const act = await enterAct(tx, 'regroup', basis, {
    units: [...links.map((link) => link.childId), ...mergedUnits.flatMap((merger) => Object.values(merger))],
    institutions: memberships.map((membership) => membership.institutionId),
  })
  for (const link of links) await relink(tx, act, link)
  for (const membership of memberships) await rejoin(tx, act, membership)
  for (const merger of mergedUnits) await mergeUnits(tx, act, merger)
  return granted(act)
}

type Link = NonNullable<Regrouping['links']>[number]
type Joining = NonNullable<Regrouping['memberships']>[number]

async function cannotRegroup(tx: Tx, basis: ActBasis, regrouping: Regrouping) {
  const { countyId, effectiveOn: day } = basis
  const linked = await cannotLink(tx, basis, regrouping.links ?? [])
  if (linked) return linked
  for (const { institutionId, unitId } of regrouping.memberships ?? []) {
    if (!(await institutionOn(tx, countyId, institutionId, day))) {
      return refuse('registry.not-open-on-day', { institutionId, day })
    }
    if (unitId !== null && !(await unitOn(tx, countyId, unitId, day))) {
      return refuse('registry.unit-not-there', { unitId, day })
    }
  }
  for (const merger of regrouping.mergedUnits ?? []) {
    const refusal = await cannotMergeUnits(tx, basis, merger)
    if (refusal) return refusal
  }
  return undefined
}

async function relink(tx: Tx, act: ActDone, link: Link): Promise<void> {
  await amendFrom(tx, 'unit_link', act, sql`tree = ${link.tree} and child_id = ${link.childId}`)
  await writeUnitLinks(tx, act.actId, [{ ...link, countyId: act.countyId, from: act.effectiveOn }])
}

async function rejoin(tx: Tx, act: ActDone, { unitId, ...joining }: Joining): Promise<void> {
  const { tree, institutionId } = joining
  await amendFrom(tx, 'membership', act, sql`tree = ${tree} and institution_id = ${institutionId}`)
  if (unitId === null) return
  const row = { ...joining, unitId, countyId: act.countyId, from: act.effectiveOn }
  await writeMemberships(tx, act.actId, [row])
}
