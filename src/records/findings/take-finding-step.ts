import { sql } from 'kysely'
import type { FindingAct, FindingCause, FindingHand, FindingPhase } from '../../kernel/finding.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { writingMoment } from '../registry/begin-writing.ts'
import type { EvidenceMark, Finding, FindingStep } from './finding.ts'

/**
 * 记问题办理步骤 — moves a finding one step on; the caller holds it (`findFinding(…, 'locked')`) and has asked the flow.
 *
 * The database refuses what the flow must never allow, whoever asks: constraints of `findings.step`.
 */
export async function takeFindingStep(tx: Tx, finding: Finding, step: FindingStep): Promise<void> {
  const { countyId, findingId, revision, phase } = finding
  await sql`
    insert into findings.step (county_id, finding_id, revision, institution_id, owner_level, act, follows, was, phase,
      hand, account, done_by, says, due_on, promised_on, owner_unit, owner_person, cause, evidence, done_on, done_at)
    values (${countyId}, ${findingId}, ${revision + 1}, ${finding.institutionId}, ${finding.ownerLevel}, ${step.act},
      ${revision}, ${phase}, ${step.phase}, ${step.hand}, ${step.by.account}, ${step.by.name}, ${step.says ?? null},
      ${step.dueOn ?? null}, ${step.promisedOn ?? null}, ${step.owner?.unit ?? null}, ${step.owner?.person ?? null}, ${step.owner?.cause ?? null},
      ${JSON.stringify(step.evidence ?? [])}, ${step.on}, ${writingMoment(tx, countyId)})`.execute(tx)
}

/** 已办步骤 — one step of a finding, as it was done. */
export interface FindingStepTaken {
  readonly revision: number
  readonly act: FindingAct
  readonly hand: FindingHand
  readonly phase: FindingPhase
  readonly account: string
  readonly doneBy: string
  readonly doneOn: string
  readonly doneAt: string
  readonly says: string | null
  readonly dueOn: string | null
  readonly promisedOn: string | null
  readonly ownerUnit: string | null
  readonly ownerPerson: string | null
  readonly cause: FindingCause | null
  readonly evidence: readonly EvidenceMark[]
}

/** 查问题办理记录 — every step, the first first, those of earlier rounds too. */
export async function listFindingSteps(
  tx: Tx,
  { countyId, findingId }: Pick<Finding, 'countyId' | 'findingId'>,
): Promise<FindingStepTaken[]> {
  const { rows } = await sql<FindingStepTaken>`
    select revision, act, hand, phase, account, done_by as "doneBy", done_on as "doneOn", done_at as "doneAt", says,
           due_on as "dueOn", promised_on as "promisedOn", owner_unit as "ownerUnit", owner_person as "ownerPerson", cause, evidence
      from book.finding_steps where county_id = ${countyId} and finding_id = ${findingId}
     order by revision`.execute(tx)
  return rows
}
