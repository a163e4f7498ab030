import { granted, type Result, refused } from '../../kernel/result.ts'
import { spokenDay } from '../../kernel/spoken-day.ts'
import { mediaTypes } from '../../platform/files/sniff-media-type.ts'
import type { FileAnswer } from '../../platform/http/route.ts'
import { type Block, plainText } from '../../platform/print/official-document.ts'
import { writeDocument } from '../../platform/print/write-document.ts'
import { writeWorkbook } from '../../platform/sheets/write-workbook.ts'
import type { WrittenSheet } from '../../platform/sheets/written-sheet.ts'
import type { Books } from '../../records/books.ts'
import type { Paper } from '../../records/papers/paper.ts'

/** 所印公文 — what of a paper goes into a file. */
type Printed = Pick<
  Paper,
  'paperId' | 'title' | 'docNumber' | 'document' | 'asOf' | 'planVersion' | 'fileId' | 'voidedOn'
>

/** 所印之文 — what a file of the paper says: one that is void says so at the head of every page. */
export function printedDocument({ document, voidedOn }: Pick<Printed, 'document' | 'voidedOn'>) {
  if (voidedOn === null) return document
  const marking = [`作废（${spokenDay(voidedOn)}）`, document.marking].filter(Boolean).join('　')
  return { ...document, marking }
}

/** 公文文件 — as Word document or workbook of its tables; one that was issued is the very file of then while it is in force. */
export async function paperFile(
  { files }: Pick<Books, 'files'>,
  paper: Printed,
  format: 'docx' | 'xlsx',
): Promise<Result<FileAnswer>> {
  if (format === 'xlsx') {
    const sheets = sheetsOf(paper)
    return sheets.length > 0 ? granted(fileOf(paper, format, await writeWorkbook(sheets))) : noTable()
  }
  const docx = await printedFile(files, paper)
  return docx.ok ? granted(fileOf(paper, format, docx.value)) : docx
}

/** 公文下载 — content under the name the paper goes by. */
export function fileOf(paper: Printed, format: 'docx' | 'pdf' | 'xlsx', content: Buffer): FileAnswer {
  return { kind: 'file', name: `${nameOf(paper)}.${format}`, type: mediaTypes[format].type, content }
}

/** 所印文件 — the Word document as it is given out now. */
export async function printedFile(files: Books['files'], paper: Printed): Promise<Result<Buffer>> {
  if (paper.voidedOn === null) return documentOf(files, paper)
  return granted(writeDocument(printedDocument(paper), String(paper.paperId)))
}

/** 公文原件 — the bytes that went out, or would. */
export async function documentOf(
  files: Books['files'],
  paper: Pick<Printed, 'paperId' | 'document' | 'fileId'>,
): Promise<Result<Buffer>> {
  const { fileId, document, paperId } = paper
  if (fileId === null) return granted(writeDocument(document, String(paperId)))
  const opened = await files.open(fileId, ({ purpose }) => purpose === 'papers.issued')
  if (!opened) return granted(writeDocument(document, String(paperId)))
  return opened.ok ? granted(opened.value.bytes) : opened
}

function nameOf({ title, docNumber, document, voidedOn }: Printed): string {
  return `${voidedOn === null ? '' : '作废-'}${document.marking ? '合成数据-' : ''}${title}${docNumber ? ` ${docNumber}` : '（草稿）'}`
}

function sheetsOf({ document, asOf, planVersion, voidedOn }: Printed): WrittenSheet[] {
  const blocks = [...document.body, ...document.annexes.flatMap(({ blocks }) => blocks)]
  const tables = blocks.filter((block): block is Extract<Block, { kind: 'table' }> => block.kind === 'table')
  const captions = [
    `${document.title.replaceAll('\n', '')}，台账截至 ${asOf}，规划数据版本 ${planVersion.slice(0, 12)}`,
    ...(voidedOn === null ? [] : [`作废（${spokenDay(voidedOn)}）`]),
    ...(document.marking ? [document.marking] : []),
  ]
  return tables.map(({ head, rows }, at) => ({
    name: `表${at + 1}`,
    captions,
    columns: head.map((header) => ({ header, kind: 'text', width: 18 })),
    rows: rows.map((row) => row.map(plainText)),
  }))
}

function noTable() {
  return refused({
    code: 'paper.no-table',
    text: '这份公文没有表格—工作簿里只放表格—请下载 Word 文档。',
  })
}
