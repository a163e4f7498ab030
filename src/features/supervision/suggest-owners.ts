import { refused } from '../../kernel/result.ts'
import type { Plan } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { listItemOwners } from '../../records/duties/list-item-owners.ts'
import type { Finding } from '../../records/findings/finding.ts'
import { lastNamed } from '../../records/findings/last-named.ts'
import type { FindingShown } from './contract.ts'
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

/** 未写责任人 — and where the county's own is to be named, so that it stands there the next time. */
export function noPerson({ county, item, ownerLevel, ofCity }: Handed) {
  return refused({
    code: 'supervision.no-person',
    text:
      ownerLevel === 'county' && !ofCity
        ? `还不能交办—没有写责任人，不知道由谁负责—请写明姓名、职务；${county}先在“任务与责任”填报《任务责任分工表》任务项 ${item} 的，自动带出。`
        : '还不能交办—没有写责任人，不知道由谁负责—请写明姓名、职务，写过一次以后自动带出。',
    facts: { item },
  })
}
