import { Fault } from '../../kernel/fault.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Books } from '../../records/books.ts'
import type { Paper } from '../../records/papers/paper.ts'
import { findPaper } from '../../records/papers/read-papers.ts'
import { draftPaper, movePaper } from '../../records/papers/write-papers.ts'
import { drawContent } from './draft-paper.ts'
import { issueApproved } from './issue-approved.ts'

/** 往日公文 — a paper of a past day: about what, from the books of which day, issued on which; `until` how far it came. */
export interface PastPaper {
  readonly template: string
  readonly aboutId: number
  readonly asOf: string
  readonly on: string
  readonly until: 'submitted' | 'issued'
}

/**
 * 补出往日公文 — takes a paper the whole way through the office as if on that day; its number in the book. Only a
 * demonstration city has a past of its own.
 */
export async function issuePast(
  books: Books,
  { drafter, approver }: { readonly drafter: Visitor; readonly approver: Visitor },
  { template: id, aboutId, asOf, on, until }: PastPaper,
): Promise<number> {
  const template = books.plan.templates.get(id)
  const scope = { counties: drafter.counties, asOf }
  const drawn = template && (await drawContent(books, { template, aboutId, scope }))
  if (!template || !drawn) throw new Fault(`no paper ${id} about ${aboutId} can be drawn as of ${asOf}`)
  const hand = ({ account, name }: Visitor, hour: string) => ({ account, name, at: `${on}T${hour}:00+08:00` })
  const within = { ...scope, asOf: on, actor: drafter.account }
  const paperId = await books.db.transaction(within, async (tx) => {
    const by = hand(drafter, '09:00')
    const drafted = await draftPaper(
      tx,
      { countyId: drawn.countyId, template: id, aboutId },
      drawn.content,
      by,
    )
    await movePaper(tx, await held(tx, drafted), { act: 'submit', phase: 'submitted', by })
    return drafted
  })
  if (until === 'submitted') return paperId
  await books.db.transaction({ ...within, actor: approver.account }, async (tx) => {
    const by = hand(approver, '10:30')
    await movePaper(tx, await held(tx, paperId), { act: 'approve', phase: 'approved', by })
  })
  await books.db.transaction(within, async (tx) => {
    const by = hand(drafter, '15:00')
    const paper = await held(tx, paperId)
    await issueApproved(tx, books, { paper, template, day: on, by, withGaps: true })
  })
  return paperId
}

async function held(tx: Parameters<typeof findPaper>[0], paperId: number): Promise<Paper> {
  const paper = await findPaper(tx, paperId, 'locked')
  if (!paper) throw new Fault(`paper ${paperId} is out of sight of whoever drafted it`)
  return paper
}
