export const actKinds = [
  'load',
  'open',
  'close',
  'merge',
  'split',
  'convert',
  'rename',
  'regroup',
  'move',
  'correct',
  'import',
] as const
export type ActKind = (typeof actKinds)[number]

/** 凭据 — the decision, with its document number, that made entries in one county's books. */
export interface Act {
  readonly countyId: number
  readonly kind: ActKind
  readonly docNumber: string
  readonly decidedOn: string
  readonly effectiveOn: string
  readonly recordedBy: string
  readonly note?: string | null
  /** What it touched, e.g. `{ institutions: [4104020001] }`. */
  readonly detail?: Readonly<Record<string, unknown>>
}
