import { UnreadableFile } from './unreadable-file.ts'

/**
 * 认文件 — says by content, never by name or declared type, whether this is a zip package or plain text.
 *
 * Everything else that clerks send by mistake is named, with what to do.
 */
export function sniffFile(bytes: Buffer): 'package' | 'text' {
  if (bytes.length === 0)
    throw new UnreadableFile('file.empty', '文件是空的，一个字节也没有—可能没有传完—请重新选择文件再传。')
  if (starts(bytes, 'PK\u0003\u0004')) return 'package'
  if (bytes.subarray(0, 8).equals(oldOffice)) throw compound(bytes)
  for (const [mark, name] of otherMarks) if (starts(bytes, mark)) throw wrongKind(name)
  const head = bytes.subarray(0, 512).toString('latin1').trimStart().toLowerCase()
  if (/^<(!doctype html|html|table|head|meta)/.test(head)) throw wrongKind('网页（有的系统把网页存成 .xls）')
  if (/^(\u00ef\u00bb\u00bf)?<\?xml/.test(head)) throw wrongKind('XML 文件')
  if (looksBinary(bytes)) throw wrongKind('不能识别的二进制数据')
  return 'text'
}

/** More control characters than this among the first bytes, and it is no text in any encoding. */
const mostControl = 0.02

/** Zero bytes are left out: they are told apart as UTF-16 or as characters lost. */
function looksBinary(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 4096)
  const control = head.filter((byte) => (byte > 0 && byte < 9) || (byte > 13 && byte < 32) || byte === 127)
  const marked = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  return !marked && control.length > mostControl * head.length
}

/** 是否工作簿 — a package may also be a document, an OpenDocument sheet, or one with macros. */
export function checkWorkbook(paths: readonly string[]): void {
  const has = (path: string) => paths.includes(path)
  if (has('word/document.xml')) throw wrongKind('Word 文档')
  if (has('ppt/presentation.xml')) throw wrongKind('演示文稿')
  if (has('content.xml') && has('mimetype')) throw wrongKind('ODS 表格')
  if (has('xl/workbook.bin')) throw wrongKind('二进制工作簿（.xlsb）')
  if (!has('[Content_Types].xml')) throw wrongKind('普通压缩包')
  if (paths.some((path) => path.endsWith('vbaProject.bin')))
    throw new UnreadableFile(
      'file.macros',
      '工作簿里带宏—宏能在打开的电脑上执行程序，平台不收—请另存为不带宏的 .xlsx 后再传。',
    )
}

const oldOffice = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])

const otherMarks: readonly (readonly [string, string])[] = [
  ['%PDF', 'PDF'],
  ['\u0089PNG', '图片'],
  ['\u00ff\u00d8\u00ff', '图片'],
  ['GIF8', '图片'],
  ['BM', '图片'],
  ['Rar!', 'RAR 压缩包'],
  ['7z\u00bc\u00af', '7z 压缩包'],
  ['\u001f\u008b', 'gzip 压缩包'],
  ['PK\u0005\u0006', '空压缩包'],
  ['MZ', '程序'],
]

function starts(bytes: Buffer, mark: string): boolean {
  return bytes.subarray(0, mark.length).toString('latin1') === mark
}

/** The same container holds old .xls files and new ones behind a password. */
function compound(bytes: Buffer): UnreadableFile {
  if (bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')))
    return new UnreadableFile(
      'file.password',
      '工作簿设了打开密码—平台打不开，也不该知道密码—请在“文件—信息—保护工作簿”里取消密码，保存后再传。',
    )
  return new UnreadableFile(
    'file.old-xls',
    '这是旧格式（.xls 或 .et）—平台只收 .xlsx 和 CSV，改扩展名没有用—请在表格软件里“另存为 Excel 工作簿（.xlsx）”后再传。',
  )
}

function wrongKind(what: string): UnreadableFile {
  return new UnreadableFile(
    'file.wrong-kind',
    `内容是${what}，不是表格—平台按内容识别，扩展名不算—请上传 .xlsx 工作簿，或 UTF-8、GB18030 编码的 CSV。`,
  )
}
