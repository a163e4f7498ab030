import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { beginNoting } from '../registry/begin-writing.ts'
import { platformFinder, type StepLine, writeSteps } from './open-findings.ts'

/** 逾期提级 — what a county's units have neither answered nor been excused by its last day is raised, once a round; how many. */
export async function escalateOverdue(tx: Tx, countyId: number, on: string): Promise<number> {
  const moment = await beginNoting(tx, countyId)
  const { rows } = await sql<Omit<StepLine, 'act' | 'says'> & { readonly dueOn: string }>`
    select f.county_id as "countyId", f.finding_id as "findingId", f.institution_id as "institutionId",
           f.owner_level as "ownerLevel", f.revision + 1 as revision, f.revision as follows, f.phase as was, f.phase,
           f.due_on as "dueOn"
      from book.findings as f
     where f.county_id = ${countyId} and f.phase in ('assigned', 'signed') and f.due_on < ${on}::date
       and not f.escalated`.execute(tx)
  await writeSteps(
    tx,
    rows.map((row) => ({ ...row, act: 'escalate', says: `整改期限 ${row.dueOn} 已过，没有报送整改情况` })),
    platformFinder,
    { on, moment },
  )
  return rows.length
}
