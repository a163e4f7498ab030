import type { Stage } from '../../kernel/stage.ts'
import type { Dated } from './dated.ts'

/** 校区与校舍 — one campus of an institution for one stage: classrooms and the seats approved for it. */
export interface Premises extends Dated {
  readonly countyId: number
  readonly institutionId: number
  readonly campusNo: number
  readonly campusName: string
  readonly stage: Stage
  readonly rooms?: number | null
  readonly approvedCapacity?: number | null
  readonly boardingBeds?: number | null
  /** WGS-84. */
  readonly lng?: number | null
  readonly lat?: number | null
}

/** The columns of its book under their field names. */
export const premisesFields = [
  'countyId',
  'institutionId',
  'campusNo',
  'campusName',
  'stage',
  'rooms',
  'approvedCapacity',
  'boardingBeds',
  'lng',
  'lat',
] as const satisfies readonly (keyof Premises)[]
