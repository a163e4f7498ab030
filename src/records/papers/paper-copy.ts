import { sql } from 'kysely'
import { chinaMoment } from '../../kernel/china-moment.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Paper } from './paper.ts'
import type { PaperHand } from './write-papers.ts'

/** 送达件 — an issued paper as it went to a county or to the public; `receivedAt` is null until the county has signed for it. */
export interface PaperCopy
  extends Pick<
    Paper,
    | 'countyId'
    | 'paperId'
    | 'template'
    | 'title'
    | 'asOf'
    | 'planVersion'
    | 'document'
    | 'hash'
    | 'voidedOn'
    | 'voidReason'
  > {
  readonly docNumber: string
  readonly issuedOn: string
  readonly fileId: string
  readonly receivedAt: string | null
  readonly receivedBy: string | null
}

/** 送达 — a copy for each of these counties, or one for the public under the office whose paper it is. */
export async function deliverCopies(
  tx: Tx,
  { countyId, paperId }: Paper,
  to: { readonly counties: readonly number[] } | 'public',
): Promise<void> {
  const receivers = to === 'public' ? [countyId] : to.counties
  await sql`
    insert into papers.copy (county_id, paper_id, from_id, public, template, title, as_of, plan_version, document, hash,
      doc_number, issued_on, file_id)
    select receiver, paper_id, county_id, ${to === 'public'}, template, title, as_of, plan_version, document, hash,
      doc_number, issued_on, file_id
      from papers.paper, unnest(${receivers}::integer[]) as receiver
     where county_id = ${countyId} and paper_id = ${paperId}`.execute(tx)
}

const head = sql.raw(`
  county_id as "countyId", paper_id as "paperId", template, title, as_of as "asOf", doc_number as "docNumber",
  issued_on as "issuedOn", voided_on as "voidedOn", void_reason as "voidReason", received_at::text as "receivedAt",
  received_by as "receivedBy"`)
const whole = sql.raw('plan_version as "planVersion", document, hash, file_id as "fileId"')

/** A page of papers: older ones are found by whoever issued them. */
const copiesShown = 300

export type CopyHead = Omit<PaperCopy, 'planVersion' | 'document' | 'hash' | 'fileId'>

/** 来文清单 — what went to the counties in sight until the end of a day (absent: now), as it stood then, the latest first. */
export async function listCopies(tx: Tx, until?: string): Promise<CopyHead[]> {
  const { rows } = await sql<CopyHead>`
    select ${head} from papers.copy
     where not public and issued_on <= coalesce(${until ?? null}::date, 'infinity')
     order by issued_on desc, paper_id desc limit ${copiesShown}`.execute(tx)
  return until === undefined ? rows : rows.map((copy) => stoodOn(copy, until))
}

function stoodOn(copy: CopyHead, until: string): CopyHead {
  const later = (day: string | null) => day !== null && day > until
  return {
    ...copy,
    ...(later(copy.receivedAt && chinaMoment(copy.receivedAt, 'day')) && {
      receivedAt: null,
      receivedBy: null,
    }),
    ...(later(copy.voidedOn) && { voidedOn: null, voidReason: null }),
  }
}

/** 公示清单 — what went to the public, the latest first; nobody needs to be anybody for it. */
export async function listNotices(tx: Tx): Promise<CopyHead[]> {
  const { rows } = await sql<CopyHead>`
    select ${head} from papers.copy where public order by issued_on desc, paper_id desc limit ${copiesShown}`.execute(
    tx,
  )
  return rows
}

/** 查来文 — the copy that went to a county. */
export async function findCopy(tx: Tx, countyId: number, paperId: number): Promise<PaperCopy | undefined> {
  const { rows } = await sql<PaperCopy>`
    select ${head}, ${whole} from papers.copy
     where county_id = ${countyId} and paper_id = ${paperId} and not public`.execute(tx)
  return rows[0]
}

/** 查公示 — the copy that went to the public. */
export async function findNotice(tx: Tx, paperId: number): Promise<PaperCopy | undefined> {
  const { rows } = await sql<PaperCopy>`
    select ${head}, ${whole} from papers.copy where paper_id = ${paperId} and public`.execute(tx)
  return rows[0]
}

/** 签收 — signs for a copy once; false when somebody has, or when it is void. */
export async function signForCopy(
  tx: Tx,
  { countyId, paperId }: Pick<PaperCopy, 'countyId' | 'paperId'>,
  by: PaperHand,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update papers.copy set received_at = coalesce(${by.at ?? null}::timestamptz, now()), received_by = ${by.name}, receiver = ${by.account}
     where county_id = ${countyId} and paper_id = ${paperId} and not public and received_at is null
       and voided_on is null`.execute(tx)
  return numAffectedRows === 1n
}

/** 送达情况 — to which counties a paper went, and who signed for it when. */
export interface Receipt {
  readonly name: string
  readonly receivedAt: string | null
  readonly receivedBy: string | null
}

/** 查送达情况 — county by county. */
export async function listReceipts(tx: Tx, { paperId }: Pick<Paper, 'paperId'>): Promise<Receipt[]> {
  const { rows } = await sql<Receipt>`
    select county.name, copy.received_at::text as "receivedAt", copy.received_by as "receivedBy"
      from papers.copy join registry.county using (county_id)
     where copy.paper_id = ${paperId} and not copy.public order by county_id`.execute(tx)
  return rows
}
