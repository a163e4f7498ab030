import type { HomeCard } from '../../../kernel/home-part.ts'
import { limitsOf } from '../../../platform/access/limits-of.ts'
import { admit } from '../../../platform/access/policy.ts'
import type { HomeAsking } from '../../../records/books.ts'
import { complaintAccess } from '../access.ts'
import { countsOf } from './complaint-board.ts'
import { countComplaints } from './store.ts'

/**
 * 投诉工作台 — how many complaints wait for whoever handles them, within the counties they handle them for; no card
 * while none does. */
export async function complaintCards({
  context: { db, plan },
  visitor,
  today,
}: HomeAsking): Promise<HomeCard[]> {
  const handler = admit(complaintAccess.handle, visitor)
  if (!handler) return []
  const days = await db.transaction({ ...limitsOf(handler), asOf: today }, (tx) => countComplaints(tx, {}))
  const { open, late, workingDays } = countsOf(plan, days, today)
  if (open === 0) return []
  return [
    {
      id: 'complaints.open',
      zh: '待办结的投诉',
      count: open,
      unit: '件',
      change:
        late === null ? '办结期限还没有录入，不能判断是否超期' : `超过 ${workingDays} 个工作日的 ${late} 件`,
      light: late ? 'red' : 'yellow',
      act: { zh: '去办理', to: '/complaints?stand=open' },
    },
  ]
}
