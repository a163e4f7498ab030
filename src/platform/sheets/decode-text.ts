import { UnreadableFile } from './unreadable-file.ts'

export interface DecodedText {
  readonly text: string
  readonly encoding: 'UTF-8' | 'GB18030'
}

const asUtf8 = '请用平台的模板，或在表格软件里“另存为 CSV UTF-8（逗号分隔）”后再传。'

/**
 * 识别编码 — UTF-8 (with or without its mark), else GB18030; anything else is refused, never guessed.
 *
 * Bytes that are UTF-8 up to a broken place are told with the line, because read as GB18030 they would
 * turn into wrong characters without a word.
 */
export function decodeText(bytes: Buffer): DecodedText {
  refuseUtf16(bytes)
  const utf8 = strictly('utf-8', bytes)
  if (utf8 !== undefined) return { text: withoutLostCharacters(utf8), encoding: 'UTF-8' }
  refuseBrokenUtf8(bytes)
  const gb = strictly('gb18030', bytes)
  if (gb !== undefined) return { text: withoutLostCharacters(gb), encoding: 'GB18030' }
  throw new UnreadableFile(
    'file.encoding',
    `第 ${lineOfFirstBroken(bytes)} 行的文字编码无法识别—既不是 UTF-8 也不是 GB18030—${asUtf8}`,
  )
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

function refuseUtf16(bytes: Buffer): void {
  const marked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  if (!marked) return
  throw new UnreadableFile(
    'file.utf-16',
    `文件是“Unicode 文本”（UTF-16）—平台的 CSV 只收 UTF-8 和 GB18030—${asUtf8}`,
  )
}

/** Four well-formed characters beyond ASCII before the break: no GB18030 text reads so by accident. */
const telling = 4

function refuseBrokenUtf8(bytes: Buffer): void {
  const end = firstBroken(bytes)
  const before = new TextDecoder().decode(bytes.subarray(0, end))
  if ([...before].filter((character) => character > '\u007f').length < telling) return
  throw new UnreadableFile(
    'file.mixed-encoding',
    `第 ${lineAt(bytes, end)} 行有损坏的字符—前面是 UTF-8，这里混进了别的编码，照读会变成乱码—请在表格软件里打开检查这一行，${asUtf8}`,
  )
}

/** The longest front part that is whole UTF-8. */
function firstBroken(bytes: Buffer): number {
  let good = 0
  let bad = bytes.length
  while (bad - good > 4) {
    const middle = (good + bad) >> 1
    if (startsWell(bytes, middle)) good = middle
    else bad = middle
  }
  while (good < bytes.length && startsWell(bytes, good + 1)) good++
  return good
}

/** Is everything before `end` well-formed, save that the last character may be cut off? */
function startsWell(bytes: Buffer, end: number): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream: true })
    return true
  } catch {
    return false
  }
}

function lineOfFirstBroken(bytes: Buffer): number {
  const decoder = new TextDecoder('gb18030')
  const text = decoder.decode(bytes)
  const lost = text.indexOf('\ufffd')
  return text.slice(0, Math.max(lost, 0)).split('\n').length
}

function lineAt(bytes: Buffer, end: number): number {
  let line = 1
  for (let at = 0; at < end; at++) if (bytes[at] === 0x0a) line++
  return line
}

function withoutLostCharacters(text: string): string {
  const lost = ['\ufffd', '\0'].map((sign) => text.indexOf(sign)).find((at) => at >= 0)
  if (lost === undefined) return text
  const line = text.slice(0, lost).split('\n').length
  throw new UnreadableFile(
    'file.lost-characters',
    `第 ${line} 行有已经丢失的字符（显示为 � 或空字符）—文件在以前转换编码时坏过，原字找不回来—请从原始表格重新导出，${asUtf8}`,
  )
}
