import assert from 'node:assert/strict'
import { test } from 'node:test'
import iconv from 'iconv-lite'
import { readSheet } from './read-sheet.ts'
import { writeCsv } from './write-csv.ts'

const read = (bytes: Buffer) => readSheet(bytes, { fileName: '表.csv', headers: ['名称', '人数'] })
const text = '名称,人数\r\n叶县一小,120\r\n"带,逗号和""引号""",3\r\n'

test('UTF-8 with and without its mark', async () => {
  for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`)]) {
    const { sheet } = await read(bytes)
    assert.equal(sheet?.encoding, 'UTF-8')
    assert.deepEqual(sheet?.headers[0], { column: 1, text: '名称' })
    assert.deepEqual(sheet?.rows[1]?.cells[0], { kind: 'text', text: '带,逗号和"引号"' })
  }
})

test('GB18030, also of four bytes', async () => {
  const { sheet, problems } = await read(iconv.encode('名称,人数\n𠮷堂𫖯小学,12\n', 'gb18030'))
  assert.deepEqual(problems, [])
  assert.equal(sheet?.encoding, 'GB18030')
  assert.equal(sheet?.rows[0]?.cells[0]?.text, '𠮷堂𫖯小学')
})

test('“Unicode 文本” as spreadsheets save it: UTF-16 either way round, with tabs', async () => {
  const little = Buffer.from('\ufeff名称\t人数\r\n𠮷堂小学\t12\r\n', 'utf16le')
  for (const bytes of [little, Buffer.from(little).swap16()]) {
    const { sheet, problems } = await read(bytes)
    assert.deepEqual(problems, [])
    assert.equal(sheet?.encoding, 'UTF-16')
    assert.deepEqual(
      sheet?.rows[0]?.cells.map((cell) => cell?.text),
      ['𠮷堂小学', '12'],
    )
  }
})

test('any byte put anywhere into a text of any encoding: right text or a refusal, never a lost character', async () => {
  const plain = '名称,人数\n叶县第一小学,12\n𫖯城小学,7\n'
  for (const encoding of ['utf8', 'gb18030', 'utf16-le']) {
    const good = iconv.encode(plain, encoding, { addBOM: encoding === 'utf16-le' })
    for (let at = 0; at < good.length; at += 3)
      for (const byte of [0x00, 0x80, 0x81, 0xc4, 0xd8, 0xed, 0xff]) {
        const bytes = Buffer.from(good)
        bytes[at] = byte
        const { sheet, problems } = await read(bytes)
        assert.doesNotMatch(JSON.stringify(sheet ?? ''), /\ufffd/)
        if (!sheet) assert.match(problems[0]!.text, /—请/)
      }
  }
})

const refusals = {
  'UTF-16 with half a character': [
    Buffer.concat([Buffer.from('\ufeff名称,人数\n甲,1\n', 'utf16le'), Buffer.from([0x00, 0xd8, 0x0a, 0x00])]),
    'file.encoding',
    /第 3 行/,
  ],
  'UTF-16 without its mark': [Buffer.from('名称,人数\n甲,1\n', 'utf16le'), 'file.lost-characters', /第 1 行/],
  'UTF-8 with a broken place': [
    Buffer.concat([Buffer.from('名称,人数\n叶县一小,1\n叶'), Buffer.from([0xc4, 0xe3]), Buffer.from(',2\n')]),
    'file.mixed-encoding',
    /第 3 行/,
  ],
  'bytes of no encoding': [
    Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0xff, 0xff, 0x0a]),
    'file.encoding',
    /第 2 行/,
  ],
  'characters lost before': [Buffer.from('名称,人数\n叶县\ufffd小,1\n'), 'file.lost-characters', /第 2 行/],
  'a zero byte': [Buffer.from('名称,人数\n叶\0县,1\n'), 'file.lost-characters', /第 2 行/],
  'a quote that never closes': [Buffer.from('名称,人数\n"叶县,1\n二,2\n'), 'file.csv-quotes', /引号/],
} as const

for (const [name, [bytes, code, words]] of Object.entries(refusals))
  test(`${name}: refused with the line`, async () => {
    const { sheet, problems } = await read(bytes)
    assert.equal(sheet, undefined)
    assert.equal(problems[0]?.code, code)
    assert.match(problems[0]?.text ?? '', words)
  })

test('tabs separate where there are no commas; blank lines keep the row numbers', async () => {
  const { sheet } = await read(Buffer.from('名称\t人数\n\n叶县一小\t5\n'))
  assert.deepEqual(
    sheet?.rows.map(({ row, cells }) => [row, cells[1]?.text]),
    [[3, '5']],
  )
})

test('what could run as a formula is guarded when written, and comes back as it was', async () => {
  const names = ['=1+1', '+86', '-x', '@cmd', "'=quoted", '\tx', '叶县"一小",', ' 前后 ', '平常']
  for (const encoding of ['UTF-8', 'GB18030'] as const) {
    const bytes = writeCsv(
      {
        name: '表',
        captions: ['合成数据'],
        columns: [
          { header: '名称', kind: 'text' },
          { header: '人数', kind: 'integer' },
        ],
        rows: names.map((name) => [name, -5]),
      },
      encoding,
    )
    const written = new TextDecoder(encoding).decode(bytes)
    assert.match(written, /^'=1\+1,-5\r$/m)
    assert.doesNotMatch(written, /^[=+@]/m)
    const { sheet } = await read(bytes)
    assert.deepEqual(
      sheet?.rows.map(({ cells }) => cells.map((cell) => cell?.text)),
      names.map((name) => [name, '-5']),
    )
  }
})
