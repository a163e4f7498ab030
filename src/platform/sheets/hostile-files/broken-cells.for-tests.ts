import { workbookOf } from '../sheet-files.for-tests.ts'
import { type HostileFile, row } from './hostile-file.for-tests.ts'

/** Workbooks that open without a word and are wrong in their cells: read, with the cell told. */
export async function brokenCells(): Promise<HostileFile[]> {
  const told = (name: string, cell: string, code: string, words: RegExp): HostileFile => ({
    name,
    bytes: row(`<c r="A2"><v>2024</v></c>${cell}`),
    code,
    words,
    read: true,
  })
  return [
    told('formula', '<c r="B2"><f>1+1</f><v>2</v></c>', 'cell.formula', /B2 是公式（=1\+1）/),
    told(
      'formula that calls out',
      `<c r="B2"><f>WEBSERVICE("http://x")</f></c>`,
      'cell.formula',
      /WEBSERVICE/,
    ),
    told('formula of another file', '<c r="B2"><f>[1]表!A1</f></c>', 'cell.formula', /\[1\]表/),
    told('#REF!', '<c r="B2" t="e"><v>#REF!</v></c>', 'cell.error-value', /#REF!/),
    told('lost character', '<c r="B2" t="str"><v>\ufffd</v></c>', 'cell.lost-characters', /B2/),
    { name: 'day of no calendar', bytes: row('<c r="A2" t="d"><v>9999-99-99T</v></c>'), read: true },
    { name: 'number of no size', bytes: row('<c r="A2"><v>1e999</v></c>'), read: true },
    {
      name: 'prototype as a header',
      bytes: Buffer.from('学年,班数,__proto__,constructor\n2024,1,2,3\n'),
      read: true,
    },
    ...(await savedWorkbooks()),
  ]
}

const table = [
  ['学年', '班数'],
  [2024, 1],
]

/** As a spreadsheet itself saves them. */
async function savedWorkbooks(): Promise<HostileFile[]> {
  return [
    {
      name: 'merged cells',
      bytes: await workbookOf(
        [
          ['学年', '班数'],
          [2024, 1],
          [2024, 2],
        ],
        (at) => at.mergeCells('A2:A3'),
      ),
      code: 'cell.merged',
      words: /A2 是合并单元格/,
      read: true,
    },
    {
      name: 'hidden rows and columns',
      bytes: await workbookOf(table, (at) => {
        at.getRow(2).hidden = true
        at.getColumn(2).hidden = true
      }),
      code: 'row.hidden',
      words: /隐藏/,
      read: true,
    },
    {
      name: 'data on a hidden sheet',
      bytes: await workbookOf(table, (at, book) => {
        at.state = 'veryHidden'
        book.addWorksheet('封面').addRow(['说明'])
      }),
      code: 'file.hidden-sheet',
      words: /隐藏的工作表/,
    },
    {
      name: 'two sheets of data',
      bytes: await workbookOf(table, (_, book) => {
        book.addWorksheet('又一张').addRows([
          ['学年', '班数'],
          [2023, 1],
        ])
      }),
      code: 'file.several-sheets',
      words: /又一张/,
    },
    ...(await oddWorkbooks()),
  ]
}

async function oddWorkbooks(): Promise<HostileFile[]> {
  return [
    {
      name: 'a header twice',
      bytes: await workbookOf([
        ['学年', '班数', '班数'],
        [2024, 1, 2],
      ]),
      code: 'header.duplicate',
      words: /重复/,
      read: true,
    },
    {
      name: 'calendar from 1904',
      bytes: await workbookOf(
        [
          ['学年', '班数'],
          [new Date('2024-09-01'), 1],
        ],
        (_, book) => {
          book.properties.date1904 = true
        },
      ),
      read: true,
    },
    {
      name: 'a link to another machine',
      bytes: await workbookOf([
        ['学年', '班数'],
        [2024, { text: '点我', hyperlink: 'file://\\\\10.0.0.1\\share' }],
      ]),
      read: true,
    },
  ]
}
