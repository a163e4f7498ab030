import { type FieldNumbers, paragraph } from './document-xml.ts'
import { type Block, plainText, type Wording } from './official-document.ts'
import { faces, page, sizes } from './page-measures.ts'
import { widthOf } from './width-of.ts'

const border = (side: string) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`
const borders = `<w:tblBorders>${['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(border).join('')}</w:tblBorders>`
const cellMargins =
  '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'

/** 表中字 — its size in half points and the height of its lines. */
export interface TableType {
  readonly size: number
  readonly line: number
}
export const usualType: TableType = { size: sizes.smallFour, line: 360 }

/** 一页之内 — a brief's table is set smaller, the smaller the longer it is, so that the brief stays one page. */
export function briefType(rows: number): TableType {
  return rows > 14 ? { size: sizes.smallFive, line: 240 } : { size: sizes.five, line: 280 }
}

/**
 * 表格 — as wide as the text, the head repeated on every page, no row torn apart; columns as wide as what stands in
 * them asks for. Numbers stand right, words left.
 */
export function tableXml(
  { head, rows }: Extract<Block, { kind: 'table' }>,
  numbers: FieldNumbers,
  type: TableType,
): string {
  const widths = columnWidths(head, rows, type)
  const cell = (text: Wording, width: number, align: Align, font?: string) =>
    cellXml(text, { width, align, font, type }, numbers)
  const grid = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')
  const heads = head.map((text, at) => cell([text], widths[at]!, 'center', faces.black))
  const lines = rows.map((row) => {
    const cells = row.map((text, at) => cell(text, widths[at]!, sideOf(text)))
    return `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cells.join('')}</w:tr>`
  })
  const first = `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${heads.join('')}</w:tr>`
  return `<w:tbl><w:tblPr><w:tblW w:w="${page.textWidthTwips}" w:type="dxa"/><w:jc w:val="center"/>${borders}<w:tblLayout w:type="fixed"/>${cellMargins}</w:tblPr><w:tblGrid>${grid}</w:tblGrid>${first}${lines.join('')}</w:tbl>`
}

type Align = 'left' | 'center' | 'right'

function cellXml(
  text: Wording,
  how: {
    readonly width: number
    readonly align: Align
    readonly font: string | undefined
    readonly type: TableType
  },
  numbers: FieldNumbers,
): string {
  const { width, align, font, type } = how
  const face = { size: type.size, ...(font && { font }) }
  const inside = paragraph(text, { align, exactly: type.line }, face, numbers)
  return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>${inside}</w:tc>`
}

function sideOf(text: Wording): 'left' | 'right' {
  return /^[\d.,%+−-]+$/.test(plainText(text)) ? 'right' : 'left'
}

/** What a cell's margins take, in characters. */
const margins = 0.6
/** A column this narrow keeps its width; the wider ones share what is left and break their lines. */
const narrow = 8

/** By the longest cell of each column, within bounds: a short one stands on one line, a long one is broken. */
function columnWidths(
  head: readonly string[],
  rows: readonly (readonly Wording[])[],
  { size }: TableType,
): number[] {
  const room = page.textWidthTwips / (size * 10)
  const wanted = head.map((title, at) => {
    const cells = rows.map((row) => widthOf(plainText(row[at] ?? [])))
    return Math.min(24, Math.max(3, Math.min(widthOf(title), 4), ...cells)) + margins
  })
  const kept = wanted.map((each) => (each <= narrow + margins ? each : 0))
  const left = room - sum(kept)
  const wide = sum(wanted) - sum(kept)
  // where the narrow ones take nearly all, or there are no others, all are shared out alike
  const shared = wide === 0 || left < room / 3
  const share = shared ? room / sum(wanted) : left / wide
  return wanted.map((each, at) => Math.floor((kept[at]! > 0 && !shared ? each : each * share) * size * 10))
}

const sum = (all: readonly number[]) => all.reduce((total, each) => total + each, 0)
