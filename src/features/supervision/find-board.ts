import type { Plan } from '../../plan/index.ts'
import { admit } from '../../platform/access/policy.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { countFindings, type FindingFilter, listFindings } from '../../records/findings/list-findings.ts'
import { findingAccess } from './access.ts'
import type { BoardQuery, FindingBoard, FindingRow } from './contract.ts'
import { nearUntil } from './deadlines.ts'
import { rowOf } from './show-finding.ts'
import { waitingFor } from './waiting-for.ts'

const pageSize = 50

/** 问题台账 — counts of each county and one page of lines, narrowed as the address says. */
export async function findBoard(
  tx: Tx,
  plan: Plan,
  visitor: Visitor,
  query: BoardQuery,
  today: string,
): Promise<FindingBoard> {
  const soon = nearUntil(plan, today)
  const filter = filterOf(query, visitor, { today, soon })
  const page = query.page ?? 1
  const rows = await listFindings(tx, filter, { limit: pageSize, offset: (page - 1) * pageSize })
  return {
    today,
    counties: await countFindings(tx, filter, { today, soon }),
    rows: rows.map((finding) => rowOf(plan, finding, today)),
    page,
    pageSize,
    mayOpen: admit(findingAccess.open, visitor) !== undefined,
    mayReadMonths: admit(findingAccess['read-months'], visitor) !== undefined,
    mayJudge: admit(findingAccess['judge-rules'], visitor) !== undefined,
  }
}

/** 台账全部行 — for the workbook: all of them, or the sentence why not. */
export async function allRows(
  tx: Tx,
  plan: Plan,
  visitor: Visitor,
  query: BoardQuery,
  today: string,
  most: number,
): Promise<FindingRow[]> {
  const filter = filterOf(query, visitor, { today, soon: nearUntil(plan, today) })
  return (await listFindings(tx, filter, { limit: most })).map((finding) => rowOf(plan, finding, today))
}

function filterOf(
  query: BoardQuery,
  visitor: Visitor,
  { today, soon }: { readonly today: string; readonly soon: string },
): FindingFilter {
  const { county, institution, state, light, source, rule, item, severity, supervision, cause, words } = query
  return {
    ...(county && { countyId: county }),
    ...(institution && { institutionId: institution }),
    ...(source && { source }),
    ...(rule && { rule }),
    ...(item && { item }),
    ...(severity && { severity }),
    ...(supervision && { supervision }),
    ...(cause && { cause }),
    ...(words && { words }),
    ...stateFilter(state, visitor),
    ...(light && { open: true }),
    ...(light === 'red' && { dueBefore: today }),
    ...(light === 'yellow' && { dueFrom: today, dueTo: soon }),
    ...(light === 'green' && { dueAfter: soon }),
  }
}

function stateFilter(state: BoardQuery['state'], visitor: Visitor): FindingFilter {
  if (state === undefined) return {}
  if (state === 'open') return { open: true }
  if (state === 'met') return { open: true, conditionMet: true }
  if (state === 'relapsed') return { open: true, relapsed: true }
  if (state === 'mine') return { waiting: waitingFor(visitor) }
  return { phases: [state] }
}
