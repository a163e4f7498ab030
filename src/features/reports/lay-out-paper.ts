import { granted, type Result, refused } from '../../kernel/result.ts'
import { sha256Of } from '../../platform/files/content-store.ts'
import { mediaTypes } from '../../platform/files/sniff-media-type.ts'
import { type FileAnswer, type NotFound, notFound } from '../../platform/http/route.ts'
import type { Work } from '../../platform/jobs/job-kind.ts'
import { convertToPdf } from '../../platform/print/convert-to-pdf.ts'
import { documentHash } from '../../platform/print/write-document.ts'
import { type Books, booksJob } from '../../records/books.ts'
import type { Paper } from '../../records/papers/paper.ts'
import { findPaper } from '../../records/papers/read-papers.ts'
import { findRendering, type Rendering, saveRendering } from '../../records/papers/rendering.ts'
import { fileOf, printedDocument, printedFile } from './paper-file.ts'

interface LayoutInput {
  readonly countyId: number
  readonly paperId: number
}

/** 排版任务 — lays a paper out as PDF; one that says the same as before is not laid out again. */
export const layingOut = booksJob<LayoutInput>({ kind: 'reports.pdf', attempts: 2, run: layOut })

async function layOut({ context, owner, input, report }: Work<LayoutInput, Books>): Promise<Result<unknown>> {
  const { db, files } = context
  const within = { counties: [input.countyId] }
  const found = await db.transaction(within, async (tx) => {
    const paper = await findPaper(tx, input.paperId)
    return paper && { paper, kept: await findRendering(tx, paper, hashOf(paper)) }
  })
  if (!found) return gone()
  const { paper, kept } = found
  if (kept) return granted({ sha256: kept.pdfSha256 })
  report(0, 1, '排版')
  const docx = await printedFile(files, paper)
  if (!docx.ok) return docx
  const pdf = await convertToPdf(docx.value)
  if (!pdf.ok) return pdf
  const { name } = fileOf(paper, 'pdf', pdf.value)
  const written = await files.write({
    bytes: pdf.value,
    name,
    mediaType: mediaTypes.pdf.type,
    owner,
    countyId: paper.countyId,
    purpose,
    ownMaking: true,
  })
  if (!written.ok) return written
  const pdfSha256 = sha256Of(pdf.value)
  await db.transaction(within, async (tx) => {
    const fileId = await files.enter(tx, written.value)
    await saveRendering(tx, paper, { hash: hashOf(paper), pdfSha256, fileId })
  })
  return granted({ sha256: pdfSha256 })
}

const purpose = 'papers.pdf'
const hashOf = (paper: Paper) => documentHash(printedDocument(paper))

/** 所存排版件 — the pages of the paper as it stands now, where they were made. */
export function keptRendering(
  tx: Parameters<typeof findRendering>[0],
  paper: Paper,
): Promise<Rendering | undefined> {
  return findRendering(tx, paper, hashOf(paper))
}

/** 公文 PDF — the pages as they were laid out. */
export async function pdfFile(
  { files }: Pick<Books, 'files'>,
  paper: Paper,
  kept: Rendering | undefined,
): Promise<Result<FileAnswer> | NotFound> {
  if (!kept) return notLaidOut()
  const opened = await files.open(kept.fileId, (file) => file.purpose === purpose)
  if (!opened) return notFound
  return opened.ok ? granted(fileOf(paper, 'pdf', opened.value.bytes)) : opened
}

function notLaidOut() {
  return refused({
    code: 'paper.not-laid-out',
    text: '还没有 PDF—这份公文拟稿或改动后没有排过版—请先点“生成 PDF”，或下载 Word 文档。',
  })
}

function gone() {
  return refused({
    code: 'paper.gone',
    text: '没有排版—这份公文已看不到—请回到公文清单核对。',
  })
}
