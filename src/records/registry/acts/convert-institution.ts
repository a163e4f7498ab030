import { sql } from 'kysely'
import { granted, type Result } from '../../../kernel/result.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { amendFrom } from '../book-entries.ts'
import { type Institution, institutionKindNames } from '../institution.ts'
import { refuse } from '../refusals.ts'
import { columnOf } from '../write-entries.ts'
import { type ActBasis, type ActDone, beginAct, enterAct } from './act-basis.ts'
import { institutionOn, isCodeTaken } from './standing.ts'

/** 转制 — what changes: sector, profit status, recognition as public-interest, type and stages, boarding and so on. */
export type Conversion = Partial<
  Pick<
    Institution,
    | 'kind'
    | 'code'
    | 'stages'
    | 'sector'
    | 'profitStatus'
    | 'publicInterest'
    | 'townshipCentral'
    | 'boarding'
    | 'urbanRural'
    | 'parentInstitutionId'
  >
>

/**
 * 转制 — the institution goes on under other terms from the effective day; what it was before stays in the book.
 *
 * Basis: 学校(机构)标识码 rules: a change of type needs a new code; any other change keeps the code.
 * A school that turns public loses its profit status.
 */
export async function convertInstitution(
  tx: Tx,
  basis: ActBasis,
  institutionId: number,
  conversion: Conversion,
): Promise<Result<ActDone>> {
  const no = await beginAct(tx, basis)
  if (no) return no
  const school = await institutionOn(tx, basis.countyId, institutionId, basis.effectiveOn)
  if (!school) return refuse('registry.not-open-on-day', { institutionId, day: basis.effectiveOn })
  const changes = conversion.sector === 'public' ? { ...conversion, profitStatus: null } : conversion
  const refusal = await cannotConvert(tx, school, changes)
  if (refusal) return refusal
  const act = await enterAct(tx, 'convert', basis, { institutions: [institutionId], changes })
  if (changes.code) await enterCode(tx, changes.code, institutionId)
  await amendFrom(tx, 'institution', act, sql`institution_id = ${institutionId}`, columnsOf(changes))
  return granted(act)
}

async function cannotConvert(tx: Tx, school: Institution, changes: Conversion) {
  const { name } = school
  const kindChanges = changes.kind !== undefined && changes.kind !== school.kind
  const codeChanges = changes.code !== undefined && changes.code !== school.code
  if (kindChanges && !codeChanges) {
    const [from, to] = [institutionKindNames[school.kind], institutionKindNames[changes.kind!]]
    return refuse('registry.kind-change-needs-new-code', { name, from, to })
  }
  if (codeChanges && !kindChanges) return refuse('registry.code-change-without-kind-change', { name })
  if (codeChanges && (await isCodeTaken(tx, changes.code!, school.institutionId))) {
    return refuse('registry.code-in-use', { code: changes.code! })
  }
  const changed = Object.entries(changes).some(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(school[field as keyof Institution] ?? null),
  )
  return changed ? undefined : refuse('registry.nothing-changes', { name })
}

async function enterCode(tx: Tx, code: string, institutionId: number): Promise<void> {
  await sql`insert into registry.institution_code (code, institution_id) values (${code}, ${institutionId})
    on conflict (code) do nothing`.execute(tx)
}

function columnsOf(changes: Conversion): Record<string, unknown> {
  return Object.fromEntries(Object.entries(changes).map(([field, value]) => [columnOf(field), value]))
}
