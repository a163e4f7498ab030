import type { Static } from 'typebox'
import { refused } from '../../../kernel/result.ts'
import type { Queryable } from '../../../platform/db/open-database.ts'
import { type ComplaintAct, type ComplaintStatus, complaintActs } from '../complaint-contract.ts'
import { receiptHash } from './hand-in.ts'

/** 凭回执查办理情况 — where it stands and what was told so far; nothing of what was written. */
export async function askStatus(own: Queryable, receipt: string) {
  const { rows: found } = await own.query(
    'select county_id, complaint_id, received_on from complaints.complaint where receipt_hash = $1',
    [receiptHash(receipt)],
  )
  const [complaint] = found
  if (!complaint) return noSuchReceipt()
  const { rows: steps } = await own.query<{ act: ComplaintAct; says: string | null; doneOn: string }>(
    `select act, says, done_on as "doneOn" from complaints.step
      where county_id = $1 and complaint_id = $2 order by revision`,
    [complaint.county_id, complaint.complaint_id],
  )
  return {
    receivedOn: complaint.received_on,
    stand: steps.at(-1)?.act ?? 'received',
    steps: steps.map(({ act, ...step }) => ({ ...step, act: complaintActs[act] })),
  } satisfies Static<typeof ComplaintStatus>
}

function noSuchReceipt() {
  return refused({
    code: 'supervision.complaint-no-receipt',
    text: '没有查到—没有这个回执号—请核对回执上的 16 位号码，字母大小写和横线不影响。',
  })
}
