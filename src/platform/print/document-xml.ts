import type { BoundField, Wording } from './official-document.ts'
import { sizes } from './page-measures.ts'

/** 字样 — a face, its size in half points and its colour; the body's own where nothing is said. */
export interface Face {
  readonly font?: string
  readonly size?: number
  readonly colour?: string
  /** 字符间距 of the letterhead, in twips. */
  readonly spacing?: number
  /** Numbers may go on in the next line, as Chinese does: in the narrow columns of a table. */
  readonly splits?: true
}

/** 段落样 — how a paragraph stands. Lengths in twips. */
export interface Stance {
  readonly align?: 'left' | 'center' | 'right' | 'both' | 'distribute'
  readonly firstLine?: number
  readonly left?: number
  readonly right?: number
  /** Height of each line exactly, off the grid. */
  readonly exactly?: number
  /** Lines that belong to the next paragraph's page. */
  readonly keepNext?: boolean
  readonly newPage?: boolean
  /** 版式 — a style, a frame and a line around it, as they stand in the format. */
  readonly style?: string
  readonly frame?: string
  readonly border?: string
  /** Where a tab leads: what follows ends there. */
  readonly tabAt?: number
}

/** 字段编号 — numbers the fields as they come, so that each has its own and the same document the same. */
export class FieldNumbers {
  #last = 0
  next(): number {
    this.#last += 1
    return this.#last
  }
}

/** 段落 — one paragraph of wording in one face. */
export function paragraph(wording: Wording, stance: Stance, face: Face, numbers: FieldNumbers): string {
  return `<w:p>${stanceXml(stance, face)}${runs(wording, face, numbers)}</w:p>`
}

/** 空行 — as many empty lines of the grid. */
export function blankLines(count: number): string {
  return '<w:p/>'.repeat(count)
}

/** 行文 — words as runs, bound fields as content controls tagged with their id. */
export function runs(wording: Wording, face: Face, numbers: FieldNumbers): string {
  return wording
    .map((part) => (typeof part === 'string' ? run(part, face) : control(part, face, numbers.next())))
    .join('')
}

function control({ id, zh, text }: BoundField, face: Face, number: number): string {
  const properties = `<w:alias w:val="${escaped(zh)}"/><w:tag w:val="${escaped(id)}"/><w:id w:val="${number}"/>`
  return `<w:sdt><w:sdtPr>${properties}</w:sdtPr><w:sdtContent>${run(text, face)}</w:sdtContent></w:sdt>`
}

function run(text: string, face: Face): string {
  const inside = text.split(/([\n\t])/).map((part) => marks[part] ?? written(part))
  return `<w:r>${faceXml(face)}${inside.join('')}</w:r>`
}

const marks: Readonly<Record<string, string>> = { '\n': '<w:br/>', '\t': '<w:tab/>', '': '' }
const written = (text: string) => `<w:t xml:space="preserve">${escaped(text)}</w:t>`

/** 字样属性 — empty where the body's own holds. */
export function faceXml({ font, size, colour, spacing, splits }: Face): string {
  const fonts = font && `<w:rFonts w:ascii="${font}" w:eastAsia="${font}" w:hAnsi="${font}" w:cs="${font}"/>`
  const inside = [
    fonts,
    colour && `<w:color w:val="${colour}"/>`,
    spacing && `<w:spacing w:val="${spacing}"/>`,
    size && size !== sizes.three && `<w:sz w:val="${size}"/><w:szCs w:val="${size}"/>`,
    splits && '<w:lang w:val="zh-CN"/>',
  ].filter(Boolean)
  return inside.length > 0 ? `<w:rPr>${inside.join('')}</w:rPr>` : ''
}

/** The order of the properties is that of the format's own schema. */
function stanceXml(stance: Stance, face: Face): string {
  const { align, firstLine, left, right, exactly, keepNext, newPage, style, frame, border, tabAt } = stance
  const indents = Object.entries({ left, right, firstLine }).filter(([, twips]) => twips !== undefined)
  const inside = [
    style && `<w:pStyle w:val="${style}"/>`,
    keepNext && '<w:keepNext/>',
    newPage && '<w:pageBreakBefore/>',
    frame,
    border,
    tabAt && `<w:tabs><w:tab w:val="right" w:pos="${tabAt}"/></w:tabs>`,
    exactly && '<w:snapToGrid w:val="0"/>',
    exactly && `<w:spacing w:line="${exactly}" w:lineRule="exact"/>`,
    indents.length > 0 && `<w:ind ${indents.map(([side, twips]) => `w:${side}="${twips}"`).join(' ')}/>`,
    align && `<w:jc w:val="${align}"/>`,
    faceXml(face),
  ].filter(Boolean)
  return inside.length > 0 ? `<w:pPr>${inside.join('')}</w:pPr>` : ''
}

/** 转义 — text for XML; what XML cannot hold at all is left out. */
export function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[<>&"]/g, (sign) => entities[sign]!)
}

const entities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' }
