import { sql } from 'kysely'
import { granted, type Result } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { amendFrom } from '../book-entries.ts'
import { nameInitials } from '../name-initials.ts'
import { refuse } from '../refusals.ts'
import { type ActBasis, type ActDone, beginAct, enterAct } from './act-basis.ts'
import { institutionOn } from './standing.ts'

/** 更名 — the institution bears another name from the effective day; its code stays. */
export async function renameInstitution(
  tx: Tx,
  basis: ActBasis,
  institutionId: number,
  name: string,
): Promise<Result<ActDone>> {
  const no = await beginAct(tx, basis)
  if (no) return no
  const school = await institutionOn(tx, basis.countyId, institutionId, basis.effectiveOn)
  if (!school) return refuse('registry.not-open-on-day', { institutionId, day: basis.effectiveOn })
  if (name === school.name) return refuse('registry.nothing-changes', { name })
  const act = await enterAct(tx, 'rename', basis, { institutions: [institutionId], name })
  await amendFrom(tx, 'institution', act, sql`institution_id = ${institutionId}`, {
    name,
    initials: nameInitials(name),
  })
  return granted(act)
}
