import { spokenDay } from '../../kernel/spoken-day.ts'
import { type FieldNumbers, paragraph } from './document-xml.ts'
import type { OfficialDocument } from './official-document.ts'
import { page, sizes } from './page-measures.ts'

const lineTwips = 480
const inset = sizes.four * 10

/** 0.35 mm first and last, 0.25 mm between, in eighths of a point. */
const thick = 8
const thin = 6

/**
 * 版记 — on the lower edge of the last page's text: 抄送机关, then who printed it and when; nothing where neither is told.
 *
 * One frame, the lines part of its paragraphs' style. LibreOffice sets it on the edge only where its height is told and
 * all its paragraphs have the same lines around them; the one between it leaves out.
 */
export function imprint(document: OfficialDocument, numbers: FieldNumbers): string {
  const lines = linesOf(document)
  if (lines.length === 0) return ''
  const height = lines.reduce((sum, line) => sum + lineTwips * linesTaken(line), 0)
  const frame = `<w:framePr w:w="${page.textWidthTwips}" w:h="${height}" w:hRule="atLeast" w:wrap="notBeside" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left" w:yAlign="bottom"/>`
  const stance = {
    style,
    frame,
    tabAt,
    exactly: lineTwips,
    left: inset,
    right: inset,
    align: 'left',
  } as const
  const framed = lines.map((line) => paragraph([line], stance, { size: sizes.four }, numbers))
  // A frame hangs on the paragraph after it.
  return [...framed, paragraph([], { exactly: 20 }, {}, numbers)].join('')
}

const tabAt = page.textWidthTwips - inset
const style = 'imprint'
const rule = (side: string, size: number) =>
  `<w:${side} w:val="single" w:sz="${size}" w:space="1" w:color="000000"/>`

/** 版记样式 — for the document's list of styles. */
export const imprintStyle = `<w:style w:type="paragraph" w:styleId="${style}"><w:name w:val="imprint"/><w:basedOn w:val="a"/><w:pPr><w:pBdr>${rule('top', thick)}${rule('bottom', thick)}${rule('between', thin)}</w:pBdr></w:pPr></w:style>`

function linesOf({ copiesTo = [], printedBy, issuedOn }: OfficialDocument): string[] {
  const copies = copiesTo.length > 0 ? [`抄送：${copiesTo.join('，')}。`] : []
  if (!printedBy) return copies
  return [...copies, `${printedBy}\t${issuedOn ? `${spokenDay(issuedOn)}印发` : '（印发日期）'}`]
}

function linesTaken(line: string): number {
  return Math.ceil((line.length * sizes.four * 10) / (page.textWidthTwips - 2 * inset))
}
