import { granted, type Result, refused } from '../../kernel/result.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Vault } from '../../platform/vault/vault.ts'
import type { Purpose } from './purposes.ts'
import { readField } from './read-person.ts'
import { type Handler, recordAccess } from './record-access.ts'
import type { PersonField } from './sealed-tables.ts'

/** How long a page may go on showing what it opened. */
export const unmaskMinutes = 5

/** 查看原文 — one field of one person in plain, for a purpose, recorded; undefined when the person is not in sight. */
export async function unmaskField(
  tx: Tx,
  vault: Vault,
  handler: Handler,
  asked: { readonly personId: number; readonly field: PersonField; readonly purpose: Purpose },
): Promise<Result<{ plain: string; minutes: number }> | undefined> {
  const found = await readField(tx, vault, asked.personId, asked.field)
  if (!found) return undefined
  if (found.plain === undefined)
    return refused({
      code: 'people.field-empty',
      text: '这一项没有登记过，没有原文可看。请先由学校补录。',
    })
  const { personId, field, purpose } = asked
  await recordAccess(tx, handler, {
    countyId: found.countyId,
    personIds: [personId],
    act: 'unmask',
    field,
    purpose,
  })
  return granted({ plain: found.plain, minutes: unmaskMinutes })
}
