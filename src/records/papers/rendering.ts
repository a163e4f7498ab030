import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { PaperHead } from './paper.ts'

/** 排版件 — the pages a paper was laid out as: by the hash of what it says, with that of the pages. */
export interface Rendering {
  readonly hash: string
  readonly pdfSha256: string
  readonly fileId: string
}

type Of = Pick<PaperHead, 'countyId' | 'paperId'>

/** 查排版件 — the pages of a paper that says this; undefined when it was not laid out since it says so. */
export async function findRendering(
  tx: Tx,
  { countyId, paperId }: Of,
  hash: string,
): Promise<Rendering | undefined> {
  const { rows } = await sql<Rendering>`
    select hash, pdf_sha256 as "pdfSha256", file_id as "fileId" from papers.rendering
     where county_id = ${countyId} and paper_id = ${paperId} and hash = ${hash}`.execute(tx)
  return rows[0]
}

/** 存排版件 — unless somebody's came first: then that one stays. */
export async function saveRendering(
  tx: Tx,
  { countyId, paperId }: Of,
  { hash, pdfSha256, fileId }: Rendering,
): Promise<void> {
  await sql`
    insert into papers.rendering (county_id, paper_id, hash, pdf_sha256, file_id)
    values (${countyId}, ${paperId}, ${hash}, ${pdfSha256}, ${fileId}) on conflict do nothing`.execute(tx)
}
