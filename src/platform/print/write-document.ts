import { createHash } from 'node:crypto'
import { canonicalJson } from '../../kernel/canonical-json.ts'
import { spokenDay } from '../../kernel/spoken-day.ts'
import { documentParts } from './document-parts.ts'
import { blankLines, type Face, FieldNumbers, paragraph, type Stance } from './document-xml.ts'
import { imprint } from './imprint.ts'
import type { Annex, Block, OfficialDocument, Wording } from './official-document.ts'
import { faces, millimetres, page, sizes } from './page-measures.ts'
import { briefType, tableXml, usualType } from './table-xml.ts'
import { widthOf } from './width-of.ts'
import { writeZip } from './write-zip.ts'

/** 内容校验值 — of everything a document says; two documents that say the same have the same. */
export function documentHash(document: OfficialDocument): string {
  return createHash('sha256').update(canonicalJson(document)).digest('hex')
}

/**
 * 写公文 — a DOCX laid out by GB/T 9704-2012. `id` says which paper it is when it comes back.
 *
 * The same document gives the same bytes: no clock and no chance goes in. Bound fields stand in content controls and,
 * with source, definition and day, in a part beside the text.
 *
 * 版记 stands at the foot of the last page, whichever that is: whether it must be an even one is known only when the
 * pages are laid out, by whoever prints.
 */
export function writeDocument(document: OfficialDocument, id: string): Buffer {
  const numbers = new FieldNumbers()
  const body = [
    ...headOf(document, numbers),
    ...document.body.map((block) => blockXml(block, numbers, document.plain)),
    ...annexList(document.annexes, numbers),
    ...signature(document, numbers),
    ...document.annexes.flatMap((annex, at) => annexXml(annex, at, document.annexes.length, numbers)),
    imprint(document, numbers),
  ].join('')
  return writeZip(documentParts(document, body, { id, hash: documentHash(document) }))
}

const character = page.characterTwips
const indented: Stance = { firstLine: 2 * character }
const red = 'FF0000'
const titleFace: Face = { font: faces.title, size: sizes.two }
/** Off the grid: a line of 二号 is taller in some faces than a line of the body. */
const titleStance: Stance = { align: 'center', exactly: 660 }

function headOf(document: OfficialDocument, numbers: FieldNumbers): string[] {
  const { letterhead, docNumber, signer, title, addressee } = document
  if (document.plain) {
    return [
      paragraph([docNumber], { align: 'right' }, {}, numbers),
      paragraph([title], titleStance, titleFace, numbers),
      ...(addressee ? [paragraph([...addressee, '：'], { firstLine: 0 }, {}, numbers)] : []),
    ]
  }
  const size = letterheadSize(letterhead)
  const line = `<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="11" w:color="${red}"/></w:pBdr>`
  const number = signer ? `${docNumber}　　　　签发人：${signer}` : docNumber
  return [
    // 发文机关标志上边缘至版心上边缘 35 mm
    paragraph([], { exactly: millimetres(35) }, {}, numbers),
    paragraph(
      [letterhead],
      { align: 'center', exactly: size * 12 },
      { font: faces.title, size, colour: red },
      numbers,
    ),
    blankLines(2),
    paragraph([number], { align: 'center', border: line }, {}, numbers),
    blankLines(2),
    paragraph([title], titleStance, titleFace, numbers),
    blankLines(1),
    ...(addressee ? [paragraph([...addressee, '：'], { firstLine: 0 }, {}, numbers)] : []),
  ]
}

/** As large as the width allows, in half points; at most as high as the standard's example. */
function letterheadSize(letterhead: string): number {
  return Math.min(104, Math.floor(page.textWidthTwips / 10 / letterhead.length))
}

const headingFaces: Readonly<Record<1 | 2 | 3 | 4, Face>> = {
  1: { font: faces.black },
  2: { font: faces.kai },
  3: {},
  4: {},
}

function blockXml(block: Block, numbers: FieldNumbers, brief?: boolean): string {
  if (block.kind === 'table')
    return tableXml(block, numbers, brief ? briefType(block.rows.length) : usualType)
  if (block.kind === 'paragraph') return paragraph(block.text, indented, {}, numbers)
  return paragraph(block.text, { ...indented, keepNext: true }, headingFaces[block.level], numbers)
}

function annexList(annexes: readonly Annex[], numbers: FieldNumbers): string[] {
  if (annexes.length === 0) return []
  const numbered = annexes.length > 1
  const names = annexes.map(({ title }, at) => {
    const words = `${at === 0 ? '附件：' : ''}${numbered ? `${at + 1}. ` : ''}${title}`
    const left = at === 0 ? indented : { left: 5 * character }
    return paragraph([words], left, {}, numbers)
  })
  return [blankLines(1), ...names]
}

/** 署名与成文日期 — the day four characters from the right, the issuer centred above it. */
function signature({ issuer, issuedOn, plain }: OfficialDocument, numbers: FieldNumbers): string[] {
  const day = issuedOn ? spokenDay(issuedOn) : '（成文日期）'
  const excess = (widthOf(day) - widthOf(issuer)) / 2
  const right = (characters: number) => Math.max(0, Math.round(characters * character))
  return [
    plain ? paragraph([], { exactly: 200 }, {}, numbers) : blankLines(2),
    paragraph([issuer], { align: 'right', right: right(4 + excess), keepNext: true }, {}, numbers),
    paragraph([day], { align: 'right', right: right(4) }, {}, numbers),
  ]
}

function annexXml({ title, blocks }: Annex, at: number, count: number, numbers: FieldNumbers): string[] {
  const mark: Wording = [count > 1 ? `附件${at + 1}` : '附件']
  return [
    paragraph(mark, { newPage: true, firstLine: 0 }, { font: faces.black }, numbers),
    blankLines(1),
    paragraph([title], titleStance, titleFace, numbers),
    blankLines(1),
    ...blocks.map((block) => blockXml(block, numbers)),
  ]
}
