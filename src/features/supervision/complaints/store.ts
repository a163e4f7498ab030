import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { beginNoting } from '../../../records/registry/begin-writing.ts'
import type { ComplaintAct, ComplaintShown, ComplaintStand } from '../complaint-contract.ts'

/** 投诉 — as the book keeps it: what was written stays sealed. */
export interface Complaint {
  readonly countyId: number
  readonly county: string
  readonly complaintId: number
  readonly rule: string | null
  readonly receivedOn: string
  readonly stand: ComplaintStand
  readonly revision: number
  readonly findingId: number | null
}

export interface SealedComplaint extends Complaint {
  readonly salt: Buffer
  readonly school: Buffer | null
  readonly words: Buffer | null
  readonly contact: Buffer | null
  /** Since when nothing of what was written is left. */
  readonly erasedOn: string | null
}

/** The steps of a complaint, on the day the books are read as of. */
const steps = `(select * from complaints.step as s
    where s.county_id = c.county_id and s.complaint_id = c.complaint_id and s.done_on <= (select book.as_of())
      and s.done_at <= (select book.known_at())) as s`
const columns = sql.raw(`
  c.county_id as "countyId", county.name as county, c.complaint_id as "complaintId", c.rule,
  c.received_on as "receivedOn", coalesce(last.act, 'received') as stand, coalesce(last.revision, 0) as revision,
  (select finding_id from ${steps} where s.act = 'found') as "findingId"`)
const source = sql.raw(`
  complaints.complaint as c join registry.county using (county_id)
  left join lateral (select act, revision from ${steps} order by revision desc limit 1) as last on true`)
const isReceived = sql.raw(
  'c.received_on <= (select book.as_of()) and c.received_at <= (select book.known_at())',
)

const isOpen = sql.raw("(coalesce(last.act, '') <> all (array['close', 'answer']))")

/** 投诉筛选 — absent parts do not narrow. */
export interface ComplaintFilter {
  readonly county?: number | undefined
  readonly stand?: ComplaintStand | 'open' | undefined
}

/** 列投诉 — those not ended first, the oldest first. */
export async function listComplaints(
  tx: Tx,
  filter: ComplaintFilter,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<Complaint[]> {
  const { rows } = await sql<Complaint>`
    select ${columns} from ${source} where ${conditions(filter)}
     order by not ${isOpen}, c.received_on, c.county_id, c.complaint_id limit ${limit} offset ${offset}`.execute(
    tx,
  )
  return rows
}

/** 按收到之日计数 — of each day, how many came in and how many are not ended: which days are too long ago the calendar says. */
export async function countComplaints(tx: Tx, filter: ComplaintFilter) {
  const { rows } = await sql<{ receivedOn: string; total: number; open: number }>`
    select c.received_on as "receivedOn", count(*)::integer as total,
           (count(*) filter (where ${isOpen}))::integer as open
      from ${source} where ${conditions(filter)} group by c.received_on`.execute(tx)
  return rows
}

function conditions({ county, stand }: ComplaintFilter) {
  return sql`${isReceived} and ${county === undefined ? sql`true` : sql`c.county_id = ${county}`}
    and ${stand === undefined ? sql`true` : stand === 'open' ? isOpen : sql`coalesce(last.act, 'received') = ${stand}`}`
}

/**
 * 查投诉 — with its sealed fields; `locked` keeps whoever else handles one of its county, or writes in the counties named
 * beside it, out until this transaction ends: all locked at once, in their order.
 */
export async function findComplaint(
  tx: Tx,
  complaintId: number,
  locked?: { readonly beside: readonly number[] },
): Promise<SealedComplaint | undefined> {
  if (locked) {
    const place = await sql<{ county: number }>`
      select county_id as county from complaints.complaint where complaint_id = ${complaintId}`.execute(tx)
    if (!place.rows[0]) return undefined
    await beginNoting(tx, [...new Set([place.rows[0].county, ...locked.beside])])
  }
  const { rows } = await sql<SealedComplaint>`
    select ${columns}, c.salt, c.school_sealed as school, c.words_sealed as words, c.contact_sealed as contact,
           c.erased_on as "erasedOn"
      from ${source} where c.complaint_id = ${complaintId} and ${isReceived}`.execute(tx)
  return rows[0]
}

/** 办理记录 — every step, the first first. */
export async function listComplaintSteps(tx: Tx, { countyId, complaintId }: Complaint) {
  const { rows } = await sql<ComplaintShown['steps'][number]>`
    select act, done_on as "doneOn", done_by as "doneBy", says, facts from complaints.step
     where county_id = ${countyId} and complaint_id = ${complaintId} and done_on <= (select book.as_of())
       and done_at <= (select book.known_at()) order by revision`.execute(tx)
  return rows
}

/** 记办理步骤 — of a complaint found `locked`: nobody else can have taken the same step meanwhile. */
export async function takeComplaintStep(
  tx: Tx,
  { countyId, complaintId, revision, stand }: Complaint,
  step: {
    readonly act: ComplaintAct
    readonly says?: string | undefined
    readonly facts?: string | undefined
    readonly findingId?: number | undefined
    readonly on: string
    readonly by: { readonly account: string; readonly name: string }
  },
): Promise<void> {
  await sql`
    insert into complaints.step (county_id, complaint_id, revision, act, follows, says, facts, finding_id, account, done_by, done_on)
    values (${countyId}, ${complaintId}, ${revision + 1}, ${step.act}, ${stand === 'received' ? null : stand},
      ${step.says ?? null}, ${step.facts ?? null}, ${step.findingId ?? null}, ${step.by.account}, ${step.by.name}, ${step.on}::date)`.execute(
    tx,
  )
}
