import { tokenReaches } from '../../../platform/access/api-token.ts'
import { admit } from '../../../platform/access/policy.ts'
import type { Visitor } from '../../../platform/access/visitor.ts'
import type { Scope } from '../../../platform/db/scope.ts'
import { exchangeAccess } from '../access.ts'
import { importTables } from '../tables/all-tables.ts'
import type { ImportKind } from '../tables/import-table.ts'

/** 导入人 — who imports, and for which counties or which one institution. */
export type Importer = Pick<Visitor, 'account' | 'name' | 'role' | 'counties' | 'institutions'>

/**
 * 以何身份导入 — the visitor as far as they may import a kind; undefined when they may not.
 *
 * A school's clerk files the pupils of the own school and nothing else; rosters are for those who may enter single pupils.
 */
export function importerOf(visitor: Visitor, kind: ImportKind): Visitor | undefined {
  if (!importTables[kind].personal)
    return !visitor.institutions || kind.startsWith('enrolment') ? visitor : undefined
  const policy = exchangeAccess['import-pupils']
  return tokenReaches(visitor, policy, 'POST') ? admit(policy, visitor) : undefined
}

/** 核对范围 — the importer's counties whole: a row of another school must be told apart from one of no school at all. */
export function judgingScope({ counties }: Importer, asOf: string): Scope {
  return { counties, asOf, wholeCounties: '认出别校的代码' }
}
