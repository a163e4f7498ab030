import { UnreadableFile } from './unreadable-file.ts'

/** XML 事件 — what a part of a workbook says, in order. Element names come without their prefix. */
export interface XmlHandler {
  open?(name: string, attributes: string): void
  text?(text: string): void
  close?(name: string): void
}

/**
 * 读 XML — reads the plain XML of office files piece by piece.
 *
 * A document type is refused: office files have none, and it is how entity bombs and foreign files get
 * in. Tags must nest and close; otherwise the file is damaged.
 */
export async function readXml(pieces: AsyncIterable<Buffer>, handler: XmlHandler): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const open: string[] = []
  let rest = ''
  for await (const piece of pieces) {
    rest = take(rest + decoder.decode(piece, { stream: true }), handler, open)
    // Without an end to what is waited for, every further piece would be searched from the front again.
    if (rest.length > longestToken) throw malformed('文件里有一段异常长的内容')
  }
  rest = take(rest + decoder.decode(), handler, open)
  if (open.length > 0 || rest.trim() !== '') throw malformed()
}

/** No tag and no text of an office file is longer. */
const longestToken = 1_000_000

/** No part of an office file nests deeper. */
const deepest = 100

/** Takes all complete tokens off the front and returns what is left. */
function take(text: string, handler: XmlHandler, open: string[]): string {
  let at = 0
  for (;;) {
    const start = text.indexOf('<', at)
    if (start < 0) return text.slice(at)
    const end = tokenEnd(text, start)
    if (end < 0) return text.slice(at)
    if (start > at && open.length > 0) handler.text?.(unescaped(text.slice(at, start)))
    takeTag(text.slice(start + 1, end), handler, open)
    at = end + 1
  }
}

/** Index of the '>' that ends the token starting at `start`; -1 when it has not come yet. */
function tokenEnd(text: string, start: number): number {
  if (text.startsWith('<!--', start)) return after(text, '-->', start + 4)
  if (text.startsWith('<![CDATA[', start)) return after(text, ']]>', start + 9)
  return endOfTag(text, start)
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from)
  return found < 0 ? -1 : found + mark.length - 1
}

/** A '>' may stand inside an attribute's quotes. */
function endOfTag(text: string, start: number): number {
  let quote = ''
  for (let at = start; at < text.length; at++) {
    const character = text[at]!
    if (quote) quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    else if (character === '>') return at
  }
  return -1
}

function takeTag(tag: string, handler: XmlHandler, open: string[]): void {
  const first = tag[0]
  if (first === '?' || tag.startsWith('!--')) return
  if (tag.startsWith('![CDATA[')) handler.text?.(tag.slice(8, -2))
  else if (first === '!') throw malformed('文件里有外部定义（DOCTYPE）')
  else if (first === '/') closeTag(tag, handler, open)
  else openTag(tag, handler, open)
}

function closeTag(tag: string, handler: XmlHandler, open: string[]): void {
  const name = localName(tag.slice(1).trim())
  if (open.pop() !== name) throw malformed()
  handler.close?.(name)
}

function openTag(tag: string, handler: XmlHandler, open: string[]): void {
  const closes = tag.endsWith('/')
  const body = closes ? tag.slice(0, -1) : tag
  const space = body.search(/\s/)
  const name = localName(space < 0 ? body : body.slice(0, space))
  handler.open?.(name, space < 0 ? '' : body.slice(space))
  if (closes) handler.close?.(name)
  else if (open.push(name) > deepest) throw malformed('文件里的层次异常深')
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

/** 属性 — the attributes of a tag by their name without prefix. */
export function attributesOf(text: string): Readonly<Record<string, string | undefined>> {
  const attributes: Record<string, string> = Object.create(null)
  for (const [, name, double, single] of text.matchAll(/\s([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    attributes[localName(name!)] = unescaped(double ?? single ?? '')
  return attributes
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function unescaped(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x[0-9a-fA-F]+|#[0-9]+|\w+);/g, (_whole, word: string) => {
    if (word[0] !== '#') return named[word] ?? notKnown(word)
    const code = word[1] === 'x' ? Number.parseInt(word.slice(2), 16) : Number(word.slice(1))
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      ? String.fromCodePoint(code)
      : notKnown(word)
  })
}

function notKnown(entity: string): never {
  throw malformed(`文件里有不认识的实体 &${entity};`)
}

function malformed(what = '文件内部的 XML 不完整'): UnreadableFile {
  return new UnreadableFile(
    'file.damaged',
    `${what}—不是表格软件正常保存的文件—请在表格软件里打开，另存为 .xlsx 后重新上传。`,
  )
}
