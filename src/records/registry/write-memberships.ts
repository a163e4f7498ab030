import type { Tx } from '../../platform/db/transaction-client.ts'
import { type Membership, membershipFields } from './membership.ts'
import { validity, type WriteOptions, writeEntries } from './write-entries.ts'

/** 登记成员 — appends memberships of institutions in groups, catchments, centres and inspection areas. */
export async function writeMemberships(
  tx: Tx,
  actId: number,
  rows: Iterable<Membership>,
  options?: WriteOptions,
): Promise<void> {
  await writeEntries(tx, actId, 'registry.membership', membershipFields, validity, rows, options)
}
