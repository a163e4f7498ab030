import exceljs from 'exceljs'

/** One filed row of a grade. */
export interface FiledRow {
  readonly code: string
  readonly name: string
  readonly grade: string
  readonly classes: number
  readonly boys: number
  readonly girls: number
  readonly pupils: number | string
}

const headers = ['学年', '机构标识码', '机构名称', '年级', '班数', '男生', '女生', '在校生数']

/** The rows a county filed for a school year, out of the platform's own CSV export. */
export function rowsOfExport(csv: string): FiledRow[] {
  const lines = csv.split(/\r?\n/).filter((line) => line !== '' && !/^\ufeff?#/.test(line))
  return lines.slice(1).map((line) => {
    const [, code = '', name = '', grade = '', classes, boys, girls, pupils] = line.split(',')
    return {
      code,
      name,
      grade,
      classes: Number(classes),
      boys: Number(boys),
      girls: Number(girls),
      pupils: Number(pupils),
    }
  })
}

/** A clerk's own workbook: a title line, then the table. */
export async function enrolmentWorkbook(year: number, rows: readonly FiledRow[]): Promise<Buffer> {
  const workbook = new exceljs.Workbook()
  const sheet = workbook.addWorksheet('在校生')
  sheet.addRow(headers)
  for (const { code, name, grade, classes, boys, girls, pupils } of rows) {
    sheet.addRow([String(year), code, name, grade, classes, boys, girls, pupils])
  }
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

/** Row number → what its last column says, of rows with at least one red cell. */
export async function markedRows(bytes: Buffer): Promise<Map<number, string>> {
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.load(bytes as never)
  const sheet = workbook.worksheets[0]
  const marked = new Map<number, string>()
  sheet?.eachRow((row, number) => {
    let red = false
    row.eachCell((cell) => {
      red ||= number > 1 && cell.fill?.type === 'pattern' && cell.fill.pattern === 'solid'
    })
    if (red) marked.set(number, String(row.getCell(headers.length + 1).value ?? ''))
  })
  return marked
}

/** All cells of all sheets, as text: to look for words in a file. */
export async function wordsOf(bytes: Buffer): Promise<string> {
  const workbook = new exceljs.Workbook()
  await workbook.xlsx.load(bytes as never)
  const words: string[] = []
  for (const sheet of workbook.worksheets)
    sheet.eachRow((row) => row.eachCell((cell) => words.push(String(cell.value))))
  return words.join('\n')
}
