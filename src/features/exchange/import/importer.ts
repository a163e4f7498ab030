import type { Visitor } from '../../../platform/access/visitor.ts'
import type { Scope } from '../../../platform/db/scope.ts'
import type { ImportKind } from '../tables/import-table.ts'

/** 导入人 — who imports, and for which counties or which one institution. */
export type Importer = Pick<Visitor, 'account' | 'name' | 'role' | 'counties' | 'institutions'>

/** 可导入的种类 — a school's clerk files the pupils of the own school and nothing else. */
export function mayImport(importer: Pick<Visitor, 'institutions'>, kind: ImportKind): boolean {
  return !importer.institutions || kind.startsWith('enrolment')
}

/** 核对范围 — the importer's counties whole: a row of another school must be told apart from one of no school at all. */
export function judgingScope({ counties }: Importer, asOf: string): Scope {
  return { counties, asOf, wholeCounties: '认出别校的代码' }
}
