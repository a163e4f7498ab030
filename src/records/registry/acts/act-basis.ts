import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { ActKind } from '../act.ts'
import { beginWriting } from '../begin-writing.ts'
import { recordAct } from '../record-act.ts'
import { refuse } from '../refusals.ts'

/** 变更依据 — the decision on which an act on the register rests. `effectiveOn` may lie ahead: an act known in advance. */
export interface ActBasis {
  readonly countyId: number
  readonly docNumber: string
  readonly decidedOn: string
  readonly effectiveOn: string
  readonly recordedBy: string
  readonly note?: string
  /** When the book is to have said it; see `beginWriting`. */
  readonly knownFrom?: string
}

/** 已登记的变更 — the act as recorded in one county's book. */
export interface ActDone {
  readonly countyId: number
  readonly actId: number
  readonly effectiveOn: string
}

/** 着手登记 — locks the books of the counties concerned; refuses an act without a document number. */
export async function beginAct(tx: Tx, basis: ActBasis, counties: readonly number[] = [basis.countyId]) {
  if (basis.docNumber.trim() === '') return refuse('registry.document-missing')
  await beginWriting(tx, counties, basis.knownFrom)
  return undefined
}

/** 登记变更 — records the act; `detail.institutions` and `detail.units` name whom it touches, for their histories. */
export async function enterAct(
  tx: Tx,
  kind: ActKind,
  basis: ActBasis,
  detail: Readonly<Record<string, unknown>>,
  countyId = basis.countyId,
): Promise<ActDone> {
  const { docNumber, decidedOn, effectiveOn, recordedBy, note } = basis
  const act = { countyId, kind, docNumber, decidedOn, effectiveOn, recordedBy, detail, ...(note && { note }) }
  return { countyId, effectiveOn, actId: await recordAct(tx, act) }
}
