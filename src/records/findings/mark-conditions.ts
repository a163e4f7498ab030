import { sql } from 'kysely'
import type { FindingSource } from '../../kernel/finding.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { beginNoting } from '../registry/begin-writing.ts'
import type { FindingSubject } from './finding.ts'
import { platformFinder, type StepLine, writeSteps } from './open-findings.ts'

/**
 * 标记条件已满足 — findings of a rule whose gap is no longer found say so and wait for a person: none closes by itself.
 *
 * One dismissed notes it too: from then on a gap is a new one. `still`: the subjects of these counties that the rule finds today. Returns how many
 * wait for a person now.
 */
export async function markConditions(
  tx: Tx,
  rule: { readonly source: FindingSource; readonly rule: string },
  counties: readonly number[],
  still: readonly Pick<FindingSubject, 'countyId' | 'id' | 'thing'>[],
  on: string,
): Promise<number> {
  const moment = await beginNoting(tx, counties)
  const { rows } = await sql<Omit<StepLine, 'act' | 'says'>>`
    select f.county_id as "countyId", f.finding_id as "findingId", f.institution_id as "institutionId",
           f.owner_level as "ownerLevel", f.revision + 1 as revision, f.revision as follows, f.phase as was, f.phase
      from book.findings as f
     where f.source = ${rule.source} and f.rule = ${rule.rule} and f.county_id = any (${counties}::integer[])
       and (f.phase <> 'closed' or f.dismissed) and not f.condition_met
       and not exists (select from json_to_recordset(${JSON.stringify(still)}::json)
                          as still ("countyId" integer, id bigint, thing json)
                        where still."countyId" = f.county_id and still.id = f.subject_id
                          and coalesce(still.thing->>'id', '') = f.thing)`.execute(tx)
  const saysOf = ({ phase }: (typeof rows)[number]) =>
    phase === 'closed' ? '台账显示条件已满足；今后再有缺口，重新立项' : '台账显示条件已满足，请复核属实后销号'
  await writeSteps(
    tx,
    rows.map((row) => ({ ...row, act: 'condition-met', says: saysOf(row) })),
    platformFinder,
    { on, moment },
  )
  return rows.filter(({ phase }) => phase !== 'closed').length
}
