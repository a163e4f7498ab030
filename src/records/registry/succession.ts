/**
 * 沿革 — from a day on, `share` of the past of `fromId` (pupils, births, people) counts as that of `toId`.
 *
 * A merge is one entry with share 1; a split has several that sum to 1, one of which may name the
 * one itself when it lives on.
 */
export interface Succession {
  readonly countyId: number
  readonly subject: 'institution' | 'unit'
  readonly fromId: number
  readonly toId: number
  readonly share: number
  readonly effectiveOn: string
}

/** The columns of its book under their field names. */
export const successionFields = [
  'countyId',
  'subject',
  'fromId',
  'toId',
  'share',
  'effectiveOn',
] as const satisfies readonly (keyof Succession)[]
