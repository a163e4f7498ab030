import type { AuditFilter } from '../../platform/audit/audit-contract.ts'
import type { Params } from '../../ui/use-api.tsx'
import { useUrlStates } from './use-url-states.ts'

const names = ['from', 'to', 'account', 'act', 'outcome', 'in', 'objectKind', 'objectId', 'subject'] as const
type Name = (typeof names)[number]

/** 审计筛选 — all of it in the address; `in` is the county, apart from the shell's own. */
export interface AuditView {
  readonly values: Readonly<Record<Name, string>>
  readonly params: Params
  set(values: Partial<Record<Name, string>>): void
}

/** 审计筛选 — read from the address. */
export function useAuditView(): AuditView {
  const [values, set] = useUrlStates(names)
  const { in: county, ...rest } = values
  const params: Record<keyof AuditFilter, string> = { ...rest, county }
  return { values, set, params: Object.fromEntries(Object.entries(params).filter(([, value]) => value)) }
}
