import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { amendFrom } from '../book-entries.ts'
import { refuse } from '../refusals.ts'
import { writeSuccessions } from '../write-successions.ts'
import type { ActBasis, ActDone } from './act-basis.ts'
import { unitOn } from './standing.ts'

/** 单位并入 — `fromId` goes up in `toId`. */
export interface UnitMerger {
  readonly fromId: number
  readonly toId: number
}

/** 能否并入 — both stand that day, are of one kind and two. */
export async function cannotMergeUnits(tx: Tx, basis: ActBasis, { fromId, toId }: UnitMerger) {
  const { countyId, effectiveOn: day } = basis
  const from = await unitOn(tx, countyId, fromId, day)
  if (!from) return refuse('registry.unit-not-there', { unitId: fromId, day })
  const to = await unitOn(tx, countyId, toId, day)
  if (!to) return refuse('registry.unit-not-there', { unitId: toId, day })
  if (from.kind === to.kind && fromId !== toId) return undefined
  return refuse('registry.unit-of-other-kind', { name: to.name, wanted: `可并入${from.name}的同级单位` })
}

/** 并入 — the one unit ends; what stood under it or in it stands under or in the other, and its past counts there. */
export async function mergeUnits(tx: Tx, act: ActDone, { fromId, toId }: UnitMerger): Promise<void> {
  await amendFrom(tx, 'unit', act, sql`unit_id = ${fromId}`)
  await amendFrom(tx, 'unit_link', act, sql`child_id = ${fromId}`)
  await amendFrom(tx, 'unit_link', act, sql`parent_id = ${fromId}`, { parent_id: toId })
  await amendFrom(tx, 'institution', act, sql`unit_id = ${fromId}`, { unit_id: toId })
  await amendFrom(tx, 'membership', act, sql`unit_id = ${fromId}`, { unit_id: toId })
  const { countyId, effectiveOn } = act
  await writeSuccessions(tx, act.actId, [{ countyId, subject: 'unit', fromId, toId, share: 1, effectiveOn }])
}
