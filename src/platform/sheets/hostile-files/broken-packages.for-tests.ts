import { bareWorkbook, packageOf } from '../sheet-files.for-tests.ts'
import { good, type HostileFile, header, many, noise, sheet } from './hostile-file.for-tests.ts'

/** A workbook whose sheet is listed under many names. */
function listedOften(count: number, id: (index: number) => string): Buffer {
  const kind = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  return packageOf([
    { path: '[Content_Types].xml', content: '<Types/>' },
    {
      path: 'xl/workbook.xml',
      content: `<workbook><sheets>${many(count, (index) => `<sheet name="${noise(index)}" r:id="${id(index)}"/>`)}</sheets></workbook>`,
    },
    {
      path: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships>${many(count, (index) => `<Relationship Id="${id(index)}" Type="${kind}/worksheet" Target="s.xml"/>`)}</Relationships>`,
    },
    { path: 'xl/s.xml', content: `<worksheet><sheetData>${header}${good}</sheetData></worksheet>` },
  ])
}

function encrypted(bytes: Buffer): Buffer {
  const locked = Buffer.from(bytes)
  for (let at = locked.indexOf('PK\u0001\u0002'); at >= 0; at = locked.indexOf('PK\u0001\u0002', at + 4))
    locked.writeUInt16LE(locked.readUInt16LE(at + 8) | 1, at + 8)
  return locked
}

/** Packages that inflate, lie or do not hold together. */
export const brokenPackages: readonly HostileFile[] = [
  { name: 'flat bomb', bytes: sheet(' '.repeat(30_000_000)), code: 'file.zip-bomb', words: /倍/ },
  {
    name: 'nested bomb',
    bytes: packageOf([
      { path: '[Content_Types].xml', content: '<Types/>' },
      { path: 'xl/inner.zip', content: packageOf([{ path: 'x', content: Buffer.alloc(40_000_000) }]) },
      { path: 'xl/workbook.xml', content: '<workbook><sheets></sheets></workbook>' },
    ]),
    code: 'file.damaged',
    words: /不完整/,
  },
  {
    name: 'part that inflates to more than it said',
    bytes: packageOf([
      { path: '[Content_Types].xml', content: '<Types/>' },
      { path: 'xl/workbook.xml', content: `<workbook>${' '.repeat(20_000_000)}</workbook>`, told: 900 },
    ]),
    code: 'file.damaged',
    words: /不完整/,
  },
  {
    name: 'part that says four gigabytes',
    bytes: packageOf([{ path: '[Content_Types].xml', content: '<Types/>', told: 4_294_967_294 }]),
    code: 'file.zip-bomb',
    words: /4096 MB/,
  },
  {
    name: 'many parts that share the size of a bomb',
    bytes: packageOf(many1000()),
    code: 'file.zip-bomb',
    words: /倍/,
  },
  {
    name: 'more parts than any workbook has',
    bytes: packageOf(Array.from({ length: 2001 }, (_, index) => ({ path: `p${index}`, content: '' }))),
    code: 'file.too-many-parts',
    words: /2001/,
  },
  {
    name: 'parts behind a password',
    bytes: encrypted(sheet(good)),
    code: 'file.password',
    words: /压缩包加了密码/,
  },
  { name: 'cut short', bytes: sheet(good).subarray(0, -60), code: 'file.damaged', words: /不完整/ },
  { name: 'cut in the middle', bytes: sheet(good).subarray(0, 400), code: 'file.damaged', words: /不完整/ },
  { name: 'only a beginning', bytes: Buffer.from('PK\u0003\u0004'), code: 'file.damaged', words: /不完整/ },
  {
    name: 'content that is not deflated',
    bytes: scrambled(sheet(good)),
    code: 'file.damaged',
    words: /不完整|XML/,
  },
  {
    name: 'macros',
    bytes: bareWorkbook('<worksheet/>', [{ path: 'xl/vbaProject.bin', content: 'x' }]),
    code: 'file.macros',
    words: /不带宏/,
  },
  {
    name: 'one sheet under 150 names',
    bytes: listedOften(150, () => 'a'),
    code: 'file.damaged',
    words: /不完整/,
  },
  {
    name: '5,000 sheets',
    bytes: listedOften(5_000, (index) => `r${index}`),
    code: 'file.too-many-sheets',
    words: /工作表/,
  },
]

function many1000() {
  return Array.from({ length: 1000 }, (_, index) => ({ path: `p${index}`, content: Buffer.alloc(300_000) }))
}

/** The first compressed part turned into what no decoder knows. */
function scrambled(bytes: Buffer): Buffer {
  const broken = Buffer.from(bytes)
  const at = broken.indexOf('any-name.xml') + 'any-name.xml'.length
  broken.fill(0xff, at, at + 20)
  return broken
}
