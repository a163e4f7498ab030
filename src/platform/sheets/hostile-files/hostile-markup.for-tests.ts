import { bareWorkbook, packageOf } from '../sheet-files.for-tests.ts'
import { good, type HostileFile, header, many, noise, row, sheet } from './hostile-file.for-tests.ts'

/** XML that attacks its reader. */
export const hostileMarkup: readonly HostileFile[] = [
  {
    name: 'foreign file as entity (XXE)',
    bytes: bareWorkbook('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><worksheet>&b;</worksheet>'),
    code: 'file.damaged',
    words: /DOCTYPE/,
  },
  {
    name: 'billion laughs',
    bytes: bareWorkbook(
      `<!DOCTYPE a [<!ENTITY b0 "ha">${many(9, (index) => `<!ENTITY b${index + 1} "${`&b${index};`.repeat(10)}">`)}]><worksheet>&b9;</worksheet>`,
    ),
    code: 'file.damaged',
    words: /DOCTYPE/,
  },
  {
    name: 'unknown entity',
    bytes: row('<c r="A2" t="str"><v>&haha;</v></c>'),
    code: 'file.damaged',
    words: /haha/,
  },
  {
    name: 'half a character by number',
    bytes: row('<c r="A2" t="str"><v>&#xD800;</v></c>'),
    code: 'file.damaged',
    words: /D800/i,
  },
  {
    name: 'zero character by number',
    bytes: row('<c r="A2" t="str"><v>&#0;</v></c>'),
    code: 'file.damaged',
    words: /#0/,
  },
  {
    name: 'tags that do not close',
    bytes: bareWorkbook('<worksheet><sheetData><row></sheetData></worksheet>'),
    code: 'file.damaged',
    words: /XML/,
  },
  {
    name: 'nested without end',
    bytes: bareWorkbook(many(40_000, (index) => `<a${noise(index)}>`)),
    code: 'file.damaged',
    words: /层次/,
  },
  {
    name: 'a tag without an end',
    bytes: row(`<c r="${many(600_000, noise)}`),
    code: 'file.damaged',
    words: /异常长/,
  },
  {
    name: 'a tag full of closing signs in quotes',
    bytes: row(`<c r="A2" x="${many(150_000, (index) => `>${noise(index)}`)}"><v>1</v></c>`),
    code: 'file.damaged',
    words: /异常长/,
  },
  {
    name: 'an attribute name without end',
    bytes: row(`<c ${many(120_000, noise)} r="A2"><v>1</v></c>`),
    read: true,
  },
  { name: 'a worksheet in UTF-16', bytes: utf16Sheet(), code: 'file.damaged', words: /不完整/ },
  { name: 'broken bytes in a worksheet', bytes: brokenSheet(), code: 'file.damaged', words: /不完整/ },
  {
    name: 'rows that go backwards',
    bytes: sheet(`${good}<row r="2"><c r="A2"><v>1</v></c></row>`),
    code: 'file.damaged',
    words: /不完整/,
  },
  {
    name: 'a row that is no number',
    bytes: sheet('<row r="zwei"><c><v>1</v></c></row>'),
    code: 'file.damaged',
    words: /不完整/,
  },
  {
    name: 'a text that is not there',
    bytes: row('<c r="A2" t="s"><v>77</v></c>'),
    code: 'file.damaged',
    words: /A2 的文字在文件里找不到/,
  },
  {
    name: 'no worksheet at all',
    bytes: packageOf([{ path: '[Content_Types].xml', content: '<Types/>' }]),
    code: 'file.damaged',
    words: /不完整/,
  },
]

function utf16Sheet(): Buffer {
  const text = `<worksheet><sheetData>${header}${good}</sheetData></worksheet>`
  return bareWorkbook('', [
    { path: 'xl/worksheets/any-name.xml', content: Buffer.from(`\ufeff${text}`, 'utf16le') },
  ])
}

function brokenSheet(): Buffer {
  const text = Buffer.from(
    `<worksheet><sheetData>${header}<row r="2"><c r="A2" t="str"><v>甲乙</v></c></row></sheetData></worksheet>`,
  )
  text[text.indexOf('甲')] = 0xff
  return bareWorkbook('', [{ path: 'xl/worksheets/any-name.xml', content: text }])
}
