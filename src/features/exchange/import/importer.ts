import { tokenReaches } from '../../../platform/access/api-token.ts'
import { admit } from '../../../platform/access/policy.ts'
import type { Visitor } from '../../../platform/access/visitor.ts'
import type { Scope } from '../../../platform/db/scope.ts'
import { exchangeAccess } from '../access.ts'
import { importTables } from '../tables/all-tables.ts'
import type { ImportKind } from '../tables/import-table.ts'

/** 导入人 — who imports, and how far they reach. */
export type Importer = Pick<
  Visitor,
  'account' | 'name' | 'role' | 'counties' | 'institutions' | 'stages' | 'shares'
>

/**
 * 按种类准入 — the visitor as far as they reach with this kind; undefined when not at all.
 *
 * A school's clerk files the pupils of the own school and nothing else; births and population belong to no stage, so
 * that it takes a grant for all of them. Rosters are for those who may enter single pupils.
 */
export function admitToKind(
  visitor: Visitor,
  kind: ImportKind,
  act: 'import' | 'export',
): Visitor | undefined {
  if (importTables[kind].personal) {
    const policy = exchangeAccess['import-pupils']
    return tokenReaches(visitor, policy, 'POST') ? admit(policy, visitor) : undefined
  }
  if (kind.startsWith('enrolment')) return admit(exchangeAccess[act], visitor)
  return admit(exchangeAccess[`${act}-${kind === 'institutions' ? kind : 'population'}`], visitor)
}

/** 核对范围 — the importer's counties whole: a row of another school must be told apart from one of no school at all. */
export function judgingScope({ counties }: Importer, asOf: string): Scope {
  return { counties, asOf, wholeCounties: '认出别校的代码' }
}
