import { type FieldNumbers, paragraph } from './document-xml.ts'
import { type Block, plainText, type Wording } from './official-document.ts'
import { faces, page, sizes } from './page-measures.ts'

const border = (side: string) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`
const borders = `<w:tblBorders>${['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(border).join('')}</w:tblBorders>`
const cellMargins =
  '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
const lineTwips = 360

/**
 * 表格 — as wide as the text, the head repeated on every page, no row torn apart; columns as wide as what stands in
 * them asks for. Numbers stand right, words left.
 */
export function tableXml({ head, rows }: Extract<Block, { kind: 'table' }>, numbers: FieldNumbers): string {
  const widths = columnWidths(head, rows)
  const grid = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')
  const heads = head.map((text, at) => cell([text], widths[at]!, 'center', faces.black, numbers))
  const lines = rows.map((row) => {
    const cells = row.map((text, at) => cell(text, widths[at]!, sideOf(text), undefined, numbers))
    return `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cells.join('')}</w:tr>`
  })
  const first = `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${heads.join('')}</w:tr>`
  return `<w:tbl><w:tblPr><w:tblW w:w="${page.textWidthTwips}" w:type="dxa"/><w:jc w:val="center"/>${borders}<w:tblLayout w:type="fixed"/>${cellMargins}</w:tblPr><w:tblGrid>${grid}</w:tblGrid>${first}${lines.join('')}</w:tbl>`
}

function cell(
  text: Wording,
  width: number,
  align: 'left' | 'center' | 'right',
  font: string | undefined,
  numbers: FieldNumbers,
): string {
  const face = { size: sizes.smallFour, ...(font && { font }) }
  const inside = paragraph(text, { align, exactly: lineTwips }, face, numbers)
  return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>${inside}</w:tc>`
}

function sideOf(text: Wording): 'left' | 'right' {
  return /^[\d.,%+−-]+$/.test(plainText(text)) ? 'right' : 'left'
}

/** Shared out by the longest cell of each column, within bounds: a long one is broken, a short one still readable. */
function columnWidths(head: readonly string[], rows: readonly (readonly Wording[])[]): number[] {
  const wanted = head.map((title, at) =>
    Math.min(24, Math.max(3, title.length, ...rows.map((row) => plainText(row[at] ?? []).length))),
  )
  const sum = wanted.reduce((total, each) => total + each, 0)
  return wanted.map((each) => Math.floor((each * page.textWidthTwips) / sum))
}
