import type { Dated } from './dated.ts'
import type { Tree } from './unit-link.ts'

/** 成员 — an institution belongs to a school group, catchment, township centre or inspection area. */
export interface Membership extends Dated {
  readonly countyId: number
  readonly tree: Exclude<Tree, 'administrative'>
  readonly unitId: number
  readonly institutionId: number
  readonly role: 'core' | 'member'
}

/** The columns of its book under their field names. */
export const membershipFields = [
  'countyId',
  'tree',
  'unitId',
  'institutionId',
  'role',
] as const satisfies readonly (keyof Membership)[]
