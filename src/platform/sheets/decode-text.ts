import { firstInvalidUtf8 } from './first-invalid-utf8.ts'
import type { TextEncoding } from './sheet.ts'
import { UnreadableFile } from './unreadable-file.ts'

export interface DecodedText {
  readonly text: string
  readonly encoding: TextEncoding
}

const asUtf8 = '请用平台的模板，或在表格软件里“另存为 CSV UTF-8（逗号分隔）”后再传。'

/**
 * 识别编码 — UTF-16 by its mark, UTF-8 (with or without its mark), else GB18030; anything else is refused, never guessed.
 *
 * Bytes that are UTF-8 up to a broken place are told with the line, because read as GB18030 they would
 * turn into wrong characters without a word.
 */
export function decodeText(bytes: Buffer): DecodedText {
  const utf16 = markedUtf16(bytes)
  if (utf16) return decodeUtf16(bytes, utf16)
  const end = firstInvalidUtf8(bytes)
  if (end === bytes.length) return sound(new TextDecoder('utf-8').decode(bytes), 'UTF-8')
  refuseBrokenUtf8(bytes, end)
  const gb = strictly('gb18030', bytes)
  if (gb !== undefined) return sound(gb, 'GB18030')
  throw unknownEncoding(lineOfFirstLost(new TextDecoder('gb18030').decode(bytes)))
}

function strictly(label: string, bytes: Uint8Array): string | undefined {
  const decoder = new TextDecoder(label, { fatal: true })
  // The only failure of a fatal decoder is a sequence it does not know.
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** What spreadsheets call “Unicode 文本” begins with its mark; without one it is full of zero bytes and refused as such. */
function markedUtf16(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined
}

function decodeUtf16(bytes: Buffer, label: 'utf-16le' | 'utf-16be'): DecodedText {
  const text = strictly(label, bytes)
  if (text !== undefined) return sound(text, 'UTF-16')
  throw unknownEncoding(lineOfFirstLost(new TextDecoder(label).decode(bytes)))
}

function unknownEncoding(line: number): UnreadableFile {
  return new UnreadableFile(
    'file.encoding',
    `第 ${line} 行的文字编码无法识别—既不是完整的 UTF-8、UTF-16，也不是 GB18030—${asUtf8}`,
  )
}

/** Four well-formed characters beyond ASCII before the break: no GB18030 text reads so by accident. */
const telling = 4

function refuseBrokenUtf8(bytes: Buffer, end: number): void {
  let beyondAscii = 0
  for (let at = 0; at < end && beyondAscii < telling; at++) if (bytes[at]! >= 0xc0) beyondAscii++
  if (beyondAscii < telling) return
  throw new UnreadableFile(
    'file.mixed-encoding',
    `第 ${lineAt(bytes, end)} 行有损坏的字符—前面是 UTF-8，这里混进了别的编码，照读会变成乱码—请在表格软件里打开检查这一行，${asUtf8}`,
  )
}

function lineAt(bytes: Buffer, end: number): number {
  let line = 1
  for (let at = bytes.indexOf(0x0a); at >= 0 && at < end; at = bytes.indexOf(0x0a, at + 1)) line++
  return line
}

function lineOfFirstLost(text: string): number {
  return lineIn(text, Math.max(0, text.indexOf('\ufffd')))
}

function lineIn(text: string, end: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) line++
  return line
}

function sound(text: string, encoding: TextEncoding): DecodedText {
  const lost = ['\ufffd', '\0'].map((sign) => text.indexOf(sign)).find((at) => at >= 0)
  if (lost === undefined) return { text, encoding }
  throw new UnreadableFile(
    'file.lost-characters',
    `第 ${lineIn(text, lost)} 行有已经丢失的字符（显示为 � 或空字符）—文件在以前转换编码时坏过，原字找不回来—请从原始表格重新导出，${asUtf8}`,
  )
}
