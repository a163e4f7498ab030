import { good, type HostileFile, many, noise, row, shared, sheet } from './hostile-file.for-tests.ts'

/** More than a table of this platform ever holds. */
export const tooMuch: readonly HostileFile[] = [
  {
    name: 'row 1,048,576',
    bytes: sheet('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
    code: 'file.too-many-rows',
    words: /1048576.*不会截断/,
  },
  {
    name: 'a million rows one by one',
    bytes: sheet(many(1_000_000, (index) => `<row r="${index + 2}"><c><v>${noise(index)}</v></c></row>`)),
    code: 'file.too-many-rows',
    words: /200001/,
  },
  {
    name: 'column 16,384',
    bytes: row('<c r="XFD2"><v>1</v></c>'),
    code: 'file.too-many-columns',
    words: /XFD2/,
  },
  {
    name: 'nothing but formulas',
    bytes: sheet(many(20_000, (index) => `<row r="${index + 2}"><c><f>${noise(index)}</f></c></row>`)),
    code: 'file.too-many-flaws',
    words: /5000 处/,
  },
  {
    name: 'merged areas without end',
    bytes: sheet(
      good,
      `<mergeCells>${many(300_000, (index) => `<mergeCell ref="A${index + 3}:XFD1048576" x="${noise(index)}"/>`)}</mergeCells>`,
    ),
    code: 'file.too-many-flaws',
    words: /合并单元格/,
  },
  {
    name: 'merged areas over one another',
    bytes: sheet(
      many(100_000, (index) => `<row r="${index + 2}"><c><v>${noise(index)}</v></c></row>`),
      `<mergeCells>${many(150, (index) => `<mergeCell ref="${'ABC'[index % 3]}2:XFD1048576" x="${noise(index)}"/>`)}</mergeCells>`,
    ),
    code: 'file.damaged',
    words: /合并单元格.*重叠/,
  },
  {
    name: 'a hundred thousand rows merged into one',
    bytes: sheet(
      many(100_000, (index) => `<row r="${index + 2}"><c><v>${noise(index)}</v></c></row>`),
      '<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>',
    ),
    code: 'cell.merged',
    words: /取消合并/,
    read: true,
  },
  {
    name: 'a text longer than any cell',
    bytes: row(`<c r="A2" t="str"><v>${many(7_000, noise)}</v></c>`),
    code: 'file.cell-too-long',
    words: /A2/,
  },
  {
    name: 'a shared text longer than any cell',
    bytes: shared(`<si><t>${many(7_000, noise)}</t></si>`),
    code: 'file.cell-too-long',
    words: /第 1 条文字/,
  },
  {
    name: 'a million and a half shared texts',
    bytes: shared(many(1_500_000, (index) => `<si><t>${noise(index)}</t></si>`)),
    code: 'file.too-many-cells',
    words: /1000000 条/,
  },
  {
    name: 'CSV of line ends',
    bytes: Buffer.alloc(20_000_000, '\n'),
    code: 'file.too-many-rows',
    words: /1048576 行（连空行在内）/,
  },
  {
    name: 'CSV of commas',
    bytes: Buffer.alloc(20_000_000, ','),
    code: 'file.too-many-columns',
    words: /10001 列/,
  },
  { name: 'CSV of quotes', bytes: Buffer.alloc(19_999_999, '"'), code: 'file.csv-quotes', words: /引号/ },
  {
    name: 'CSV of one cell',
    bytes: Buffer.from(`学年,班数\n"${many(3_000_000, noise)}",1\n`),
    code: 'file.cell-too-long',
    words: /A2/,
  },
  {
    name: 'CSV of 300,000 rows',
    bytes: Buffer.from(`学年,班数\n${many(300_000, (index) => `2024,${index}\n`)}`),
    code: 'file.too-many-rows',
    words: /200001/,
  },
  {
    name: 'CSV of 201 columns',
    bytes: Buffer.from(`学年,班数${','.repeat(199)}x\n`),
    code: 'file.too-many-columns',
    words: /201 列/,
  },
]
