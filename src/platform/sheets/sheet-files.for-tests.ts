import { crc32, deflateRawSync } from 'node:zlib'
import exceljs from 'exceljs'

/** A workbook of one sheet as a clerk's spreadsheet would save it; `change` is given the sheet before it is written. */
export async function workbookOf(
  rows: readonly (readonly exceljs.CellValue[])[],
  change: (sheet: exceljs.Worksheet, workbook: exceljs.Workbook) => void = () => {},
): Promise<Buffer> {
  const workbook = new exceljs.Workbook()
  const sheet = workbook.addWorksheet('数据')
  for (const row of rows) sheet.addRow([...row])
  change(sheet, workbook)
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

/** One file inside a package; `told` is the size its directory entry claims. */
export interface Part {
  readonly path: string
  readonly content: string | Buffer
  readonly told?: number
}

/** A zip package written by hand, so that it can lie. */
export function packageOf(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { path, content, told } of parts) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const name = Buffer.from(path)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(8, 4)
    shared.writeUInt32LE(crc32(bytes), 10)
    shared.writeUInt32LE(packed.length, 14)
    shared.writeUInt32LE(told ?? bytes.length, 18)
    shared.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), shared, name, packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\0'), shared, tail, name]))
    bodies.push(local)
    offset += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, listed, end])
}

const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** The smallest workbook around the XML of one worksheet, for what no spreadsheet would write. */
export function bareWorkbook(sheetXml: string, more: readonly Part[] = []): Buffer {
  return packageOf([
    { path: '[Content_Types].xml', content: '<Types/>' },
    {
      path: '_rels/.rels',
      content: `<Relationships><Relationship Id="r" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      path: 'xl/workbook.xml',
      content: '<x:workbook><x:sheets><x:sheet name="表" sheetId="1" r:id="a"/></x:sheets></x:workbook>',
    },
    {
      path: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships><Relationship Id="a" Type="${relations}/worksheet" Target="worksheets/any-name.xml"/></Relationships>`,
    },
    { path: 'xl/worksheets/any-name.xml', content: sheetXml },
    ...more,
  ])
}
