import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSheet } from './read-sheet.ts'
import { bareWorkbook, packageOf, workbookOf } from './sheet-files.for-tests.ts'

const wanted = { fileName: '文件', headers: ['学年', '班数'] }

async function refusedAs(bytes: Buffer, code: string, words: RegExp): Promise<void> {
  const { sheet, problems } = await readSheet(bytes, wanted)
  assert.equal(sheet, undefined)
  assert.equal(problems[0]?.code, code)
  assert.match(problems[0]?.text ?? '', words)
}

const compoundHead = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])

test('an old .xls, whatever its name, is named', () =>
  refusedAs(Buffer.concat([compoundHead, Buffer.alloc(600)]), 'file.old-xls', /另存为 Excel 工作簿/))

test('a workbook behind a password is named', () =>
  refusedAs(
    Buffer.concat([compoundHead, Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]),
    'file.password',
    /取消密码/,
  ))

for (const [name, bytes, words] of [
  ['PDF', Buffer.from('%PDF-1.7 …'), /内容是PDF/],
  ['picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2]), /图片/],
  ['web page called .xls', Buffer.from('\n<html><table><tr><td>1</td></tr></table>'), /网页/],
  ['XML spreadsheet', Buffer.from('<?xml version="1.0"?><Workbook/>'), /XML/],
  ['RAR', Buffer.from('Rar!\u001a'), /RAR/],
  ['Word document', packageOf([{ path: 'word/document.xml', content: '<a/>' }]), /Word/],
  [
    'OpenDocument sheet',
    packageOf([
      { path: 'mimetype', content: 'x' },
      { path: 'content.xml', content: '<a/>' },
    ]),
    /ODS/,
  ],
  ['binary workbook', packageOf([{ path: 'xl/workbook.bin', content: 'x' }]), /xlsb/],
  ['plain archive', packageOf([{ path: '../../etc/passwd.txt', content: 'x' }]), /不完整|压缩包/],
] as const)
  test(`${name}: named, and what to send instead`, async () => {
    const { problems } = await readSheet(bytes, wanted)
    assert.match(problems[0]?.text ?? '', words)
  })

test('an empty file', () => refusedAs(Buffer.alloc(0), 'file.empty', /空的/))

test('macros', () =>
  refusedAs(
    bareWorkbook('<worksheet/>', [{ path: 'xl/vbaProject.bin', content: 'x' }]),
    'file.macros',
    /不带宏/,
  ))

test('a workbook cut short', async () => {
  const whole = await workbookOf([
    ['学年', '班数'],
    [2024, 1],
  ])
  await refusedAs(whole.subarray(0, whole.length - 200), 'file.damaged', /不完整/)
})

test('a flat bomb is not inflated', () =>
  refusedAs(bareWorkbook(`<worksheet>${' '.repeat(30_000_000)}</worksheet>`), 'file.zip-bomb', /29 MB|倍/))

test('a part that inflates to more than it said breaks off', () =>
  refusedAs(
    packageOf([
      { path: '[Content_Types].xml', content: '<Types/>' },
      { path: 'xl/workbook.xml', content: `<workbook>${' '.repeat(20_000_000)}</workbook>`, told: 900 },
    ]),
    'file.damaged',
    /不完整/,
  ))

test('more parts than any workbook has', () =>
  refusedAs(
    packageOf(Array.from({ length: 2001 }, (_, index) => ({ path: `p${index}`, content: '' }))),
    'file.too-many-parts',
    /2001/,
  ))

test('entities and foreign files (XXE, billion laughs)', () =>
  refusedAs(
    bareWorkbook(
      '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>',
    ),
    'file.damaged',
    /DOCTYPE/,
  ))

test('tags that do not close', () =>
  refusedAs(bareWorkbook('<worksheet><sheetData><row></sheetData></worksheet>'), 'file.damaged', /XML/))

test('a million rows are refused, not cut', () =>
  refusedAs(
    bareWorkbook(
      '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>',
    ),
    'file.too-many-rows',
    /1048576.*不会截断/,
  ))

test('16,384 columns are refused', () =>
  refusedAs(
    bareWorkbook('<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>'),
    'file.too-many-columns',
    /XFD1/,
  ))
