import { granted, type Result } from '../../kernel/result.ts'
import type { Scope } from '../../platform/db/scope.ts'
import { inspectUpload } from '../../platform/files/inspect-upload.ts'
import { fileRefused } from '../../platform/files/refusals.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import { compareDocument } from '../../platform/print/compare-document.ts'
import { boundFields } from '../../platform/print/official-document.ts'
import { readDocument } from '../../platform/print/read-document.ts'
import { type Books, type BooksRoute, bookDay, booksRoute } from '../../records/books.ts'
import type { Paper } from '../../records/papers/paper.ts'
import { findPaper } from '../../records/papers/read-papers.ts'
import { paperAccess } from './access.ts'
import {
  AsOfQuery,
  Comparison,
  DraftBody,
  Drafted,
  EditionBody,
  FileQuery,
  LayoutBegun,
  PaperBoard,
  PaperShown,
  StepBody,
  StepDone,
} from './contract.ts'
import { doStep } from './do-step.ts'
import { PaperPath } from './document-contract.ts'
import { draft, draftEdition } from './draft-paper.ts'
import { keptRendering, layingOut, pdfFile } from './lay-out-paper.ts'
import { documentOf, paperFile } from './paper-file.ts'
import { receivedRoutes } from './received-routes.ts'
import { type LookedAt, paperBoard, showPaper } from './show-paper.ts'

/** A generated city stands still while its people act: only a day before its last is looked back at. */
function lookedAt(
  { site }: Pick<Books, 'site'>,
  { asOf }: { readonly asOf?: string | undefined },
  { knownAt }: Scope,
): LookedAt {
  const days = [asOf !== undefined && asOf < bookDay(site) ? asOf : undefined, knownAt?.slice(0, 10)]
  const [until] = days.filter((day) => day !== undefined).sort()
  return { until }
}

/** 查看接口 — the list, one paper, its file, and a file that came back held against it. */
const readings: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/papers',
    summary: '公文一览：各份公文的状态和字号，可以拟哪些稿',
    may: paperAccess.read,
    query: AsOfQuery,
    answer: PaperBoard,
    handle: ({ context, visitor, query, scope }) => {
      const seen = lookedAt(context, query, scope())
      return context.db.transaction(scope({ asOf: seen.until ?? bookDay(context.site) }), (tx) =>
        paperBoard(tx, context, visitor, seen),
      )
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/papers/{paperId}',
    summary: '一份公文：正文和每个数的来源、口径、日期，待补之处，与上一份的变化，办理记录',
    may: paperAccess.read,
    params: PaperPath,
    query: AsOfQuery,
    answer: PaperShown,
    handle: async ({ context, visitor, params: { paperId }, query, scope }) => {
      const seen = lookedAt(context, query, scope())
      const shown = context.db.transaction(scope(), (tx) => showPaper(tx, context, visitor, paperId, seen))
      return (await shown) ?? notFound
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/papers/{paperId}/file',
    summary: '公文文件：Word 文档（GB/T 9704 版式）、PDF 或表格工作簿',
    may: paperAccess.read,
    params: PaperPath,
    query: FileQuery,
    handle: async ({ context, params: { paperId }, query: { format }, scope }) => {
      const found = await context.db.transaction(scope(), async (tx) => {
        const paper = await findPaper(tx, paperId)
        return paper && { paper, kept: await keptRendering(tx, paper) }
      })
      if (!found) return notFound
      return format === 'pdf'
        ? pdfFile(context, found.paper, found.kept)
        : paperFile(context, found.paper, format)
    },
  }),
  booksRoute({
    method: 'POST',
    path: '/api/papers/{paperId}/pdf',
    summary: '生成 PDF：作为任务排版，内容没有变的不重排',
    may: paperAccess.read,
    params: PaperPath,
    answer: LayoutBegun,
    handle: ({ context: { db }, visitor, params: { paperId }, scope }) =>
      db.transaction(scope(), async (tx) => {
        const paper = await findPaper(tx, paperId)
        if (!paper) return notFound
        const { countyId, title } = paper
        const job = { title: `排版 ${title}`, owner: visitor.account, input: { countyId, paperId } }
        return { jobId: await enqueue(tx, layingOut, job) }
      }),
  }),
  booksRoute({
    method: 'POST',
    path: '/api/papers/{paperId}/comparison',
    summary: '回传比对：传回 Word 文档，指出被手工改动的数和文字',
    may: paperAccess.read,
    params: PaperPath,
    upload: true,
    answer: Comparison,
    handle: async ({ context, params: { paperId }, upload, scope }) => {
      const paper = await context.db.transaction(scope(), (tx) => findPaper(tx, paperId))
      if (!paper) return notFound
      if (!upload)
        return fileRefused('file.none', '没有收到文件—要比对的 Word 文档没有随请求传来—请选好文件再传。')
      const inspected = await inspectUpload(upload, ['docx'])
      return inspected.ok ? compare(context, paper, inspected.value.bytes) : inspected
    },
  }),
]

async function compare(
  { files }: Books,
  paper: Paper,
  bytes: Buffer,
): Promise<Result<Comparison> | NotFound> {
  const kept = await documentOf(files, paper)
  if (!kept.ok) return kept
  const sent = await readDocument(kept.value)
  const returned = await readDocument(bytes)
  if (!sent.ok) return sent
  if (!returned.ok) return returned
  const { changed, removed, added } = compareDocument(boundFields(paper.document), sent.value, returned.value)
  const { paperId } = returned.value
  return granted({
    changed: changed.map(({ field, became }) => ({ zh: field.zh, was: field.text, became })),
    removed: [...removed],
    added: [...added],
    otherPaper: paperId !== undefined && paperId !== String(paper.paperId),
  })
}

/** 办理接口 — drafting, and every step after. */
const doings: readonly BooksRoute[] = [
  booksRoute({
    method: 'POST',
    path: '/api/papers',
    summary: '拟稿：按模板从台账取数，成一份公文草稿',
    may: paperAccess.write,
    body: DraftBody,
    answer: Drafted,
    handle: async ({ context, visitor, body, scope }) => {
      const template = context.plan.templates.get(body.template)
      const today = bookDay(context.site)
      if (!template) return notFound
      return draft(context, visitor, {
        template,
        aboutId: body.aboutId,
        scope: { ...scope(), asOf: body.asOf !== undefined && body.asOf < today ? body.asOf : today },
      })
    },
  }),
  booksRoute({
    method: 'POST',
    path: '/api/papers/{paperId}/editions',
    summary: '出新版：已印发的公文写明原因重新取数拟稿；新版印发时旧版作废',
    may: paperAccess.write,
    params: PaperPath,
    body: EditionBody,
    answer: Drafted,
    handle: ({ context, visitor, params: { paperId }, body: { reason }, scope }) =>
      draftEdition(context, visitor, paperId, reason, { ...scope(), asOf: bookDay(context.site) }),
  }),
  booksRoute({
    method: 'POST',
    path: '/api/papers/{paperId}/steps',
    summary: '重新取数、送审、审批、退回、编号印发或作废',
    may: paperAccess.write,
    params: PaperPath,
    body: StepBody,
    answer: StepDone,
    handle: ({ context, visitor, params: { paperId }, body: step, scope }) =>
      doStep(context, { visitor, paperId, step, scope }),
  }),
]

export const routes: readonly BooksRoute[] = [...readings, ...doings, ...receivedRoutes]
