import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Paper, PaperHead, PaperStep } from './paper.ts'

const head = sql.raw(`
  county_id as "countyId", paper_id as "paperId", template, about_id as "aboutId", title, as_of as "asOf", phase,
  doc_number as "docNumber", issued_on as "issuedOn", edition, replaces, voided_on as "voidedOn",
  void_reason as "voidReason"`)
const whole = sql.raw(`
  known_at::text as "knownAt", plan_version as "planVersion", document, missing, hash, revision,
  written_by as "writtenBy", file_id as "fileId"`)

/** A page of papers: older ones are found by their number. */
const papersShown = 300

/** 公文清单要求 — as they stood at the end of which day (absent: now), and only this one. */
export interface PapersAsked {
  readonly until?: string | undefined
  readonly paperId?: number
}

/**
 * 公文清单 — the papers in sight as they stood at the end of a day, the latest first; what was drafted later is left out.
 *
 * Where a paper stood follows from its steps, which nobody changes; its title and the day of its figures are those of the
 * last drawing.
 */
export async function listPapers(tx: Tx, { until, paperId }: PapersAsked = {}): Promise<PaperHead[]> {
  const { rows } = await sql<PaperHead>`
    select county_id as "countyId", paper_id as "paperId", template, about_id as "aboutId", title, as_of as "asOf",
           edition, replaces, stood.phase,
           case when stood.phase = 'issued' then doc_number end as "docNumber",
           case when stood.phase = 'issued' then issued_on end as "issuedOn",
           case when stood.void then voided_on end as "voidedOn",
           case when stood.void then void_reason end as "voidReason"
      from papers.paper
      cross join lateral (
        select bool_or(act = 'void') as void,
               (array_agg(case act when 'submit' then 'submitted' when 'approve' then 'approved'
                                   when 'issue' then 'issued' else 'draft' end order by revision desc)
                filter (where act <> 'void'))[1] as phase
          from papers.step
         where step.county_id = paper.county_id and step.paper_id = paper.paper_id
           and (done_at at time zone 'Asia/Shanghai')::date <= coalesce(${until ?? null}::date, 'infinity')) as stood
     where stood.phase is not null and (${paperId ?? null}::bigint is null or paper_id = ${paperId ?? null})
     order by drafted_at desc, paper_id desc limit ${papersShown}`.execute(tx)
  return rows
}

/** 查公文 — by its number in the book; `locked` keeps others from acting on it until this transaction ends. */
export async function findPaper(
  tx: Tx,
  paperId: number,
  locked: 'locked' | 'free' = 'free',
): Promise<Paper | undefined> {
  const place = await sql<{ county: number }>`
    select county_id as county from papers.paper where paper_id = ${paperId}`.execute(tx)
  if (!place.rows[0]) return undefined
  const hold = locked === 'locked' ? sql`for update` : sql``
  const { rows } = await sql<Paper>`
    select ${head}, ${whole} from papers.paper
     where county_id = ${place.rows[0].county} and paper_id = ${paperId} ${hold}`.execute(tx)
  return rows[0]
}

/** 上一份 — the last paper of the same kind about the same that was issued before this one. */
export async function findIssuedBefore(
  tx: Tx,
  { countyId, paperId, template, aboutId }: PaperHead,
): Promise<Paper | undefined> {
  const { rows } = await sql<Paper>`
    select ${head}, ${whole} from papers.paper
     where county_id = ${countyId} and template = ${template} and about_id = ${aboutId} and phase = 'issued'
       and voided_on is null and paper_id < ${paperId}
     order by issued_on desc, paper_id desc limit 1`.execute(tx)
  return rows[0]
}

/** 新一版 — the later edition of a paper, whether it is issued or still being drafted. */
export async function findLaterEdition(
  tx: Tx,
  { countyId, paperId }: PaperHead,
): Promise<PaperHead | undefined> {
  const { rows } = await sql<PaperHead>`
    select ${head} from papers.paper where county_id = ${countyId} and replaces = ${paperId}`.execute(tx)
  return rows[0]
}

/** 办理记录 — the steps of a paper, the first first. */
export async function listPaperSteps(tx: Tx, { countyId, paperId }: PaperHead): Promise<PaperStep[]> {
  const { rows } = await sql<PaperStep>`
    select revision, act, says, done_by as "doneBy", done_at as "doneAt" from papers.step
     where county_id = ${countyId} and paper_id = ${paperId} order by revision`.execute(tx)
  return rows
}
