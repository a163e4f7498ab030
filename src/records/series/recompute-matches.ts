import { Fault } from '../../kernel/fault.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { findPublished, type Published } from './find-published.ts'
import type { PublishedValue } from './published-value.ts'
import { valuesHash } from './values-hash.ts'

/** 复算结果 — whether each county's part came out the same to the last bit. */
export interface Recomputed {
  readonly countyId: number
  readonly matches: boolean
  readonly publishedHash: string
  readonly recomputedHash: string
}

/**
 * 复算核对 — computes a publication again from its stored request and compares the hashes, part by part.
 *
 * `recompute` is given the publication and must read the books at its `asOf` and `knownAt`. Only the parts
 * in sight are compared. A publication that is not there is a fault: find it first.
 */
export async function recomputeMatches(
  tx: Tx,
  seriesId: number,
  recompute: (published: Published) => Promise<readonly PublishedValue[]>,
): Promise<Recomputed[]> {
  const parts = await findPublished(tx, seriesId)
  if (!parts[0]) throw new Fault(`series ${seriesId} is not in sight: find it before recomputing`)
  const values = Map.groupBy(await recompute(parts[0]), (value) => value.countyId)
  return parts.map(({ countyId, valuesHash: publishedHash }) => {
    const recomputedHash = valuesHash(values.get(countyId) ?? [])
    return { countyId, matches: recomputedHash === publishedHash, publishedHash, recomputedHash }
  })
}
