import type { Static } from 'typebox'
import type { Plan } from '../../../plan/index.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import type { ComplaintList, ComplaintsQuery } from '../complaint-contract.ts'
import { answerDays, complaintRow, dueDay } from './handle-complaint.ts'
import { countComplaints, listComplaints } from './store.ts'

const pageSize = 50

/** 投诉台账 — one page of lines, and the counts of all that the address asks for. */
export async function complaintBoard(
  tx: Tx,
  plan: Plan,
  { page = 1, asOf: _, ...filter }: Static<typeof ComplaintsQuery>,
  today: string,
): Promise<ComplaintList> {
  const rows = await listComplaints(tx, filter, { limit: pageSize, offset: (page - 1) * pageSize })
  const days = await countComplaints(tx, filter)
  return {
    ...countsOf(plan, days, today),
    rows: rows.map((each) => complaintRow(plan, each, today)),
    page,
    pageSize,
    total: days.reduce((sum, { total }) => sum + total, 0),
  }
}

/** 投诉计数 — how many have not ended, and how many of them are past their day; null where nobody entered the length. */
export function countsOf(
  plan: Plan,
  days: Awaited<ReturnType<typeof countComplaints>>,
  today: string,
): Pick<ComplaintList, 'workingDays' | 'open' | 'late'> {
  const overdue = days.filter(({ receivedOn }) => (dueDay(plan, receivedOn) ?? today) < today)
  const workingDays = answerDays(plan, today)
  return { workingDays, open: openOf(days), late: workingDays === null ? null : openOf(overdue) }
}

function openOf(days: readonly { readonly open: number }[]): number {
  return days.reduce((sum, { open }) => sum + open, 0)
}
