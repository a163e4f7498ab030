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
  const face = { size: type.size, splits: true, ...(font && { font }) } as const
  const inside = paragraph(text, { align, exactly: type.line }, face, numbers)
  return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>${inside}</w:tc>`
}

function sideOf(text: Wording): 'left' | 'right' {
  return /^[\d.,%+−-]+$/.test(plainText(text)) ? 'right' : 'left'
}

/** What a cell's margins take, and by how much a column is widened at once, in characters. */
const margins = 0.6
const bit = 0.5

/** Each column begins as wide as its figures and its head ask for; what is left goes where it saves most lines. */
function columnWidths(
  head: readonly string[],
  rows: readonly (readonly Wording[])[],
  { size }: TableType,
): number[] {
  const room = page.textWidthTwips / (size * 10)
  const lengths = head.map((_, at) => rows.map((row) => lengthOf(plainText(row[at] ?? []))))
  const widths = head.map((title, at) => {
    const figures = rows.map((row) => row[at] ?? []).filter((text) => sideOf(text) === 'right')
    return (
      Math.max(3, Math.min(widthOf(title), 4), ...figures.map((text) => widthOf(plainText(text)))) + margins
    )
  })
  for (let left = room - sum(widths); left >= bit; left -= bit) {
    const saved = widths.map((width, at) => linesOf(lengths[at]!, width) - linesOf(lengths[at]!, width + bit))
    const most = Math.max(...saved)
    if (most <= 0) break
    widths[saved.indexOf(most)]! += bit
  }
  const whole = sum(widths)
  return widths.map((width) => Math.floor((width / whole) * page.textWidthTwips))
}

/** Lines squared: one cell of ten lines is worse than ten of one. */
function linesOf(lengths: readonly number[], width: number): number {
  return sum(lengths.map((length) => Math.max(1, length / (width - margins)) ** 2))
}

/** Between a Chinese character and another sign a quarter of one is left free. */
function lengthOf(text: string): number {
  const seams = text.match(/[!-~](?=[\u4e00-\u9fff])|[\u4e00-\u9fff](?=[!-~])/g) ?? []
  return widthOf(text) + seams.length / 4
}

const sum = (all: readonly number[]) => all.reduce((total, each) => total + each, 0)
