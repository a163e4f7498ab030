import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { documentHash } from '../../platform/print/write-document.ts'
import type { Paper, PaperAct, PaperContent, PaperPhase } from './paper.ts'

/** 经办人 — who does a step. */
export interface PaperHand {
  readonly account: string
  readonly name: string
  /** The moment it was done; absent is now. Only a demonstration city has a past of its own. */
  readonly at?: string
}

/** 拟稿所属 — whose paper, of which kind, about what; of a new edition, of which issued paper and why. */
export interface DraftOf {
  readonly countyId: number
  readonly template: string
  readonly aboutId: number
  readonly newEdition?: { readonly of: Pick<Paper, 'paperId' | 'edition'>; readonly says: string }
}

/** 拟稿 — enters a new draft in the book of the office it is of; its number in the book. */
export async function draftPaper(tx: Tx, of: DraftOf, content: PaperContent, by: PaperHand): Promise<number> {
  const { document, asOf, knownAt, planVersion, missing } = content
  const { newEdition } = of
  const hash = documentHash(document)
  const { rows } = await sql<{ paperId: number }>`
    insert into papers.paper
      (county_id, template, about_id, title, as_of, known_at, plan_version, document, hash, missing, written_by,
       edition, replaces, drafted_at)
    values (${of.countyId}, ${of.template}, ${of.aboutId}, ${titleOf(content)}, ${asOf}, ${knownAt}, ${planVersion},
      ${JSON.stringify(document)}, ${hash}, ${JSON.stringify(missing)}, ${[by.account]},
      ${(newEdition?.of.edition ?? 0) + 1}, ${newEdition?.of.paperId ?? null},
      coalesce(${by.at ?? null}::timestamptz, now()))
    returning paper_id as "paperId"`.execute(tx)
  const { paperId } = rows[0]!
  await writeStep(
    tx,
    { countyId: of.countyId, paperId, revision: 0 },
    {
      ...{ act: 'draft', hash, by },
      ...(newEdition && { says: newEdition.says }),
    },
  )
  return paperId
}

/** 重新取数 — a draft says what the books say now. */
export async function renewPaper(tx: Tx, paper: Paper, content: PaperContent, by: PaperHand): Promise<void> {
  const { document, asOf, knownAt, planVersion, missing } = content
  const hash = documentHash(document)
  await sql`
    update papers.paper set title = ${titleOf(content)}, as_of = ${asOf}, known_at = ${knownAt},
      plan_version = ${planVersion}, document = ${JSON.stringify(document)}, hash = ${hash},
      missing = ${JSON.stringify(missing)}, written_by = ${writers(paper, by)}, revision = revision + 1
     where county_id = ${paper.countyId} and paper_id = ${paper.paperId}`.execute(tx)
  await writeStep(tx, after(paper), { act: 'renew', hash, by })
}

/** 办理一步 — moves a paper on; the caller holds it (`findPaper(…, 'locked')`) and has asked the flow. */
export async function movePaper(
  tx: Tx,
  paper: Paper,
  step: {
    readonly act: PaperAct
    readonly phase: PaperPhase
    readonly says?: string
    readonly by: PaperHand
  },
): Promise<void> {
  const { act, phase, says, by } = step
  const written = act === 'submit' ? writers(paper, by) : paper.writtenBy
  await sql`
    update papers.paper set phase = ${phase}, revision = revision + 1, written_by = ${written},
      approved_by = ${act === 'approve' ? by.account : null}
     where county_id = ${paper.countyId} and paper_id = ${paper.paperId}`.execute(tx)
  await writeStep(tx, after(paper), { act, hash: paper.hash, by, ...(says && { says }) })
}

/**
 * 取发文字号 — the next number of an office under its mark in a year, without a gap: whoever comes at the same time
 * waits, and a number whose paper is not issued after all is given again.
 */
export async function nextDocNumber(tx: Tx, countyId: number, mark: string, year: number): Promise<string> {
  const { rows } = await sql<{ last: number }>`
    insert into papers.number as n (county_id, mark, year, last) values (${countyId}, ${mark}, ${year}, 1)
    on conflict (county_id, mark, year) do update set last = n.last + 1 returning last`.execute(tx)
  return `${mark}〔${year}〕${rows[0]!.last}号`
}

/** 印发 — a paper that is approved gets its number, its day and its file, and never changes again. */
export async function issuePaper(
  tx: Tx,
  paper: Paper,
  issue: {
    readonly document: Paper['document']
    readonly issuedOn: string
    readonly fileId: string
    readonly says?: string
    readonly by: PaperHand
  },
): Promise<void> {
  const { document, issuedOn, fileId, says, by } = issue
  const hash = documentHash(document)
  await sql`
    update papers.paper set phase = 'issued', revision = revision + 1, document = ${JSON.stringify(document)},
      hash = ${hash}, doc_number = ${document.docNumber}, issued_on = ${issuedOn}, file_id = ${fileId}
     where county_id = ${paper.countyId} and paper_id = ${paper.paperId}`.execute(tx)
  await writeStep(tx, after(paper), { act: 'issue', hash, by, ...(says && { says }) })
}

/** 作废 — an issued paper is in force no more, and neither are its copies; its number stays used and its text readable. */
export async function voidPaper(
  tx: Tx,
  paper: Paper,
  { on, reason, by }: { readonly on: string; readonly reason: string; readonly by: PaperHand },
): Promise<void> {
  await sql`
    update papers.paper set voided_on = ${on}, void_reason = ${reason}, revision = revision + 1
     where county_id = ${paper.countyId} and paper_id = ${paper.paperId}`.execute(tx)
  await sql`
    update papers.copy set voided_on = ${on}, void_reason = ${reason} where paper_id = ${paper.paperId}`.execute(
    tx,
  )
  await writeStep(tx, after(paper), { act: 'void', hash: paper.hash, says: reason, by })
}

const titleOf = ({ document }: PaperContent) => document.title.replaceAll('\n', '')
const after = ({ countyId, paperId, revision }: Paper) => ({ countyId, paperId, revision: revision + 1 })
const writers = ({ writtenBy }: Paper, { account }: PaperHand) => [...new Set([...writtenBy, account])]

async function writeStep(
  tx: Tx,
  at: { readonly countyId: number; readonly paperId: number; readonly revision: number },
  step: { readonly act: PaperAct; readonly hash: string; readonly says?: string; readonly by: PaperHand },
): Promise<void> {
  await sql`
    insert into papers.step (county_id, paper_id, revision, act, says, hash, account, done_by, done_at)
    values (${at.countyId}, ${at.paperId}, ${at.revision}, ${step.act}, ${step.says ?? null}, ${step.hash},
      ${step.by.account}, ${step.by.name}, coalesce(${step.by.at ?? null}::timestamptz, now()))`.execute(tx)
}
