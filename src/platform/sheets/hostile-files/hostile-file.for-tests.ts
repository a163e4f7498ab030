import { bareWorkbook, packageOf } from '../sheet-files.for-tests.ts'

/**
 * 恶意文件 — one file that clerks send by mistake or strangers on purpose, and what must be said of it.
 *
 * `code` is the problem it must be told; `words` its own reason. `read` is true where the table is read all the
 * same and the problem, if any, is one of its cells.
 */
export interface HostileFile {
  readonly name: string
  readonly bytes: Buffer
  readonly code?: string
  readonly words?: RegExp
  readonly read?: true
}

export const header =
  '<row r="1"><c r="A1" t="inlineStr"><is><t>学年</t></is></c><c r="B1" t="inlineStr"><is><t>班数</t></is></c></row>'
export const sheet = (rows: string, more = '') =>
  bareWorkbook(`<worksheet><sheetData>${header}${rows}</sheetData>${more}</worksheet>`)
export const row = (cells: string, number = 2) => sheet(`<row r="${number}">${cells}</row>`)
export const good = '<row r="2"><c r="A2"><v>2024</v></c><c r="B2"><v>3</v></c></row>'
export const shared = (strings: string) =>
  packageWithShared('<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2"><v>3</v></c></row>', strings)

export function packageWithShared(rows: string, strings: string): Buffer {
  const kind = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  return packageOf([
    { path: '[Content_Types].xml', content: '<Types/>' },
    { path: 'xl/workbook.xml', content: '<workbook><sheets><sheet name="表" r:id="a"/></sheets></workbook>' },
    {
      path: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships><Relationship Id="a" Type="${kind}/worksheet" Target="s.xml"/><Relationship Id="b" Type="${kind}/sharedStrings" Target="t.xml"/></Relationships>`,
    },
    { path: 'xl/s.xml', content: `<worksheet><sheetData>${header}${rows}</sheetData></worksheet>` },
    { path: 'xl/t.xml', content: `<sst>${strings}</sst>` },
  ])
}

/** Numbered, so that it does not shrink to nothing: passes the limit of the ratio on its way to another. */
export const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('')
export const noise = (index: number) => ((index * 2_654_435_761) % 4_294_967_296).toString(36)
