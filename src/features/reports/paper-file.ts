import { granted, type Result, refused } from '../../kernel/result.ts'
import { mediaTypes } from '../../platform/files/sniff-media-type.ts'
import type { FileAnswer } from '../../platform/http/route.ts'
import { convertToPdf } from '../../platform/print/convert-to-pdf.ts'
import { type Block, plainText } from '../../platform/print/official-document.ts'
import { writeDocument } from '../../platform/print/write-document.ts'
import { writeWorkbook } from '../../platform/sheets/write-workbook.ts'
import type { WrittenSheet } from '../../platform/sheets/written-sheet.ts'
import type { Books } from '../../records/books.ts'
import type { Paper } from '../../records/papers/paper.ts'

/** 公文文件 — as Word document, PDF or workbook of its tables; one that was issued is the very file of then. */
export async function paperFile(
  { files }: Pick<Books, 'files'>,
  paper: Paper,
  format: 'docx' | 'pdf' | 'xlsx',
): Promise<Result<FileAnswer>> {
  const named = (content: Buffer): Result<FileAnswer> =>
    granted({ kind: 'file', name: `${nameOf(paper)}.${format}`, type: mediaTypes[format].type, content })
  if (format === 'xlsx') {
    const sheets = sheetsOf(paper)
    return sheets.length > 0 ? named(await writeWorkbook(sheets)) : noTable()
  }
  const docx = await documentOf(files, paper)
  if (!docx.ok || format === 'docx') return docx.ok ? named(docx.value) : docx
  const pdf = await convertToPdf(docx.value)
  return pdf.ok ? named(pdf.value) : pdf
}

/** 公文原件 — the bytes that went out, or would. */
export async function documentOf(files: Books['files'], paper: Paper): Promise<Result<Buffer>> {
  const { fileId, document, paperId } = paper
  if (fileId === null) return granted(writeDocument(document, String(paperId)))
  const opened = await files.open(fileId, ({ purpose }) => purpose === 'papers.issued')
  if (!opened) return granted(writeDocument(document, String(paperId)))
  return opened.ok ? granted(opened.value.bytes) : opened
}

function nameOf({ title, docNumber, document }: Paper): string {
  return `${document.marking ? '合成数据-' : ''}${title}${docNumber ? ` ${docNumber}` : '（草稿）'}`
}

function sheetsOf({ document, asOf, planVersion }: Paper): WrittenSheet[] {
  const blocks = [...document.body, ...document.annexes.flatMap(({ blocks }) => blocks)]
  const tables = blocks.filter((block): block is Extract<Block, { kind: 'table' }> => block.kind === 'table')
  const captions = [
    `${document.title.replaceAll('\n', '')}，台账截至 ${asOf}，规划数据版本 ${planVersion.slice(0, 12)}`,
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
