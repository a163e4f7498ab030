import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Vault } from '../../platform/vault/vault.ts'
import type { PupilRow } from '../../records/people/find-people.ts'
import { readFields } from '../../records/people/read-fields.ts'
import type { ExportedPupil } from './export-workbook.ts'

/** 名单原文 — the same pupils of a county with numbers and telephones in plain; only for a list a second person agreed to. */
export async function readExportedPupils(
  tx: Tx,
  vault: Vault,
  countyId: number,
  rows: readonly PupilRow[],
): Promise<ExportedPupil[]> {
  const personIds = rows.map(({ personId }) => personId)
  const plain = await readFields(tx, vault, countyId, personIds, ['document', 'phone'])
  return rows.map((row) => {
    const { document = '', phone } = plain.get(row.personId) ?? {}
    return { ...row, document, phone }
  })
}
