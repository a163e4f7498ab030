import type { Dated } from './dated.ts'

export const trees = ['administrative', 'township-centre', 'school-group', 'catchment', 'inspection'] as const
export type Tree = (typeof trees)[number]

/** 隶属 — a unit stands under another in one of the trees; filed in the county of the child. */
export interface UnitLink extends Dated {
  readonly countyId: number
  readonly tree: Tree
  readonly childId: number
  readonly parentId: number
}

/** The columns of its book under their field names. */
export const unitLinkFields = [
  'countyId',
  'tree',
  'childId',
  'parentId',
] as const satisfies readonly (keyof UnitLink)[]
