import { onlyRoles } from '../../../platform/access/policy.ts'
import type { Visitor } from '../../../platform/access/visitor.ts'
import type { ImportKind } from '../tables/import-table.ts'

/** 导入人 — who imports, and for which counties or which one institution. */
export type Importer = Pick<Visitor, 'account' | 'name' | 'role' | 'counties' | 'institutionId'>

/** 可导入的种类 — a school's clerk files the pupils of the own school and nothing else. */
export function mayImport(importer: Pick<Visitor, 'role'>, kind: ImportKind): boolean {
  return importer.role !== 'school-clerk' || kind.startsWith('enrolment')
}

/** 可以导入导出的角色. */
export const importers = onlyRoles(
  '只有市县教体局工作人员和学校数据员可以导入',
  'administrator',
  'city-planner',
  'county-officer',
  'school-clerk',
)
