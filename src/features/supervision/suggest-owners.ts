import type { FindingCause } from '../../kernel/finding.ts'
import { granted, type Result, refused } from '../../kernel/result.ts'
import type { Plan } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { listItemOwners } from '../../records/duties/list-item-owners.ts'
import type { Finding, FindingOwner } from '../../records/findings/finding.ts'
import { lastNamed } from '../../records/findings/last-named.ts'
import type { FindingShown, StepBody } from './contract.ts'
import { ownerUnits } from './owner-units.ts'

type Handed = Pick<Finding, 'countyId' | 'county' | 'item' | 'ownerLevel' | 'subject' | 'ofCity'>

/**
 * 建议责任人 — whom each cause points to, with the person: whom the county named for the item, where it is for the county
 * to manage better; else who was named for the unit last; null where nobody ever was.
 */
export async function suggestOwners(
  tx: Tx,
  plan: Plan,
  finding: Handed,
  today: string,
): Promise<FindingShown['suggested']['units']> {
  const { countyId, item: itemId, ownerLevel } = finding
  const [owner] = ownerLevel === 'county' ? await listItemOwners(tx, plan, today, { countyId, itemId }) : []
  const units = ownerUnits(plan, finding)
  const last = await lastNamed(
    tx,
    countyId,
    units.map(({ unit }) => unit),
  )
  return units.map(({ cause, unit }) => ({
    ...{ cause, unit },
    person: (cause === 'management' ? owner?.person : null) ?? last.get(unit) ?? null,
  }))
}

/** 落实责任人 — the owner with a person: as given, or as suggested for the unit; refused where nobody was ever named. */
export async function withPerson(
  tx: Tx,
  plan: Plan,
  finding: Handed,
  { unit, cause, person }: NonNullable<StepBody['owner']>,
  today: string,
): Promise<Result<FindingOwner>> {
  if (person !== undefined) return granted({ unit, cause, person })
  const known = (await suggestOwners(tx, plan, finding, today)).find(
    (each) => each.cause === cause && each.unit === unit,
  )
  return known?.person ? granted({ unit, cause, person: known.person }) : noPerson(finding, unit, cause)
}

function noPerson({ county, item, ownerLevel, ofCity }: Handed, unit: string, cause: FindingCause) {
  return refused({
    code: 'supervision.no-person',
    text:
      ownerLevel === 'county' && !ofCity && cause === 'management'
        ? `还不能交办—没有写责任人，${county}的责任分工里任务项 ${item} 也没有责任人—请写明姓名、职务；或请县里先到“任务与责任”填报《任务责任分工表》。`
        : `还不能交办—没有写责任人，以前也没有给${unit}交办过，不知道由谁负责—请写明姓名、职务，写过一次以后自动带出。`,
    facts: { item, unit },
  })
}
