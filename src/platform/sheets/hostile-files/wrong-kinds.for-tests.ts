import { packageOf } from '../sheet-files.for-tests.ts'
import type { HostileFile } from './hostile-file.for-tests.ts'

const compound = (mark = '') =>
  Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(600),
    Buffer.from(mark, 'utf16le'),
  ])

/** Files named for what they are not. */
export const wrongKinds: readonly HostileFile[] = [
  { name: 'empty', bytes: Buffer.alloc(0), code: 'file.empty', words: /空的/ },
  { name: 'old .xls', bytes: compound(), code: 'file.old-xls', words: /另存为 Excel 工作簿/ },
  {
    name: 'workbook behind a password',
    bytes: compound('EncryptedPackage'),
    code: 'file.password',
    words: /取消密码/,
  },
  { name: 'PDF', bytes: Buffer.from('%PDF-1.7 …'), code: 'file.wrong-kind', words: /PDF/ },
  { name: 'PNG', bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 1]), code: 'file.wrong-kind', words: /图片/ },
  { name: 'JPEG', bytes: Buffer.from([0xff, 0xd8, 0xff, 0xe0]), code: 'file.wrong-kind', words: /图片/ },
  { name: 'web page as .xls', bytes: Buffer.from('\n<html><table>'), code: 'file.wrong-kind', words: /网页/ },
  {
    name: 'XML spreadsheet',
    bytes: Buffer.from('<?xml version="1.0"?><Workbook/>'),
    code: 'file.wrong-kind',
    words: /XML/,
  },
  { name: 'RAR', bytes: Buffer.from('Rar!\u001a'), code: 'file.wrong-kind', words: /RAR/ },
  { name: '7z', bytes: Buffer.from([0x37, 0x7a, 0xbc, 0xaf]), code: 'file.wrong-kind', words: /7z/ },
  {
    name: 'noise',
    bytes: Buffer.from(Array.from({ length: 4000 }, (_, at) => ((at * at * 31 + at * 17) % 255) + 1)),
    code: 'file.wrong-kind',
    words: /二进制数据/,
  },
  { name: 'gzip', bytes: Buffer.from([0x1f, 0x8b, 8, 0]), code: 'file.wrong-kind', words: /gzip/ },
  { name: 'program', bytes: Buffer.from('MZ\u0090\0'), code: 'file.wrong-kind', words: /程序/ },
  { name: 'empty archive', bytes: packageOf([]), code: 'file.wrong-kind', words: /空压缩包/ },
  {
    name: 'Word',
    bytes: packageOf([{ path: 'word/document.xml', content: '<a/>' }]),
    code: 'file.wrong-kind',
    words: /Word/,
  },
  {
    name: 'slides',
    bytes: packageOf([{ path: 'ppt/presentation.xml', content: '<a/>' }]),
    code: 'file.wrong-kind',
    words: /演示/,
  },
  {
    name: 'OpenDocument',
    bytes: packageOf([
      { path: 'mimetype', content: 'x' },
      { path: 'content.xml', content: '<a/>' },
    ]),
    code: 'file.wrong-kind',
    words: /ODS/,
  },
  {
    name: 'binary workbook',
    bytes: packageOf([{ path: 'xl/workbook.bin', content: 'x' }]),
    code: 'file.wrong-kind',
    words: /xlsb/,
  },
  {
    name: 'plain archive',
    bytes: packageOf([{ path: 'a.txt', content: 'x' }]),
    code: 'file.wrong-kind',
    words: /普通压缩包/,
  },
  {
    name: '../ in a name',
    bytes: packageOf([{ path: '../../etc/passwd', content: 'x' }]),
    code: 'file.damaged',
    words: /不完整/,
  },
  {
    name: 'absolute name',
    bytes: packageOf([{ path: '/etc/passwd', content: 'x' }]),
    code: 'file.damaged',
    words: /不完整/,
  },
]
