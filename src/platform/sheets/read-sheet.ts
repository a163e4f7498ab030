import { fileLimits } from '../files/file-limits.ts'
import { type CellProblem, fileProblem } from './cell-problem.ts'
import { type FoundTable, findTable, judgeTable } from './find-table.ts'
import { openPackage } from './open-package.ts'
import { readCsv } from './read-csv.ts'
import { readWorksheet } from './read-worksheet.ts'
import type { RawSheet, SheetReading, TextEncoding } from './sheet.ts'
import { checkWorkbook, sniffFile } from './sniff-file.ts'
import { UnreadableFile } from './unreadable-file.ts'
import { readWorkbookParts } from './workbook-parts.ts'

/** 要找的表 — the header words that mark the table among the sheets and rows of a file. */
export interface WantedTable {
  readonly fileName: string
  readonly headers: readonly string[]
}

/**
 * 读表 — reads an XLSX or CSV file as one table, whatever its name says.
 *
 * Formulas, error values, merged cells, hidden parts and broken headers come back as problems with their
 * address; a file that cannot be read as a table gives no sheet and says why.
 */
export async function readSheet(bytes: Buffer, wanted: WantedTable): Promise<SheetReading> {
  return read(bytes, wanted).catch((error: unknown) => {
    if (!(error instanceof UnreadableFile)) throw error
    return { problems: [fileProblem(wanted.fileName, error.code, error.message)] }
  })
}

async function read(bytes: Buffer, wanted: WantedTable): Promise<SheetReading> {
  const words = new Set(wanted.headers.map(plainHeader))
  const isKnown = (header: string) => words.has(plainHeader(header))
  if (sniffFile(bytes) === 'package') {
    const tables = (await readPackage(bytes)).flatMap((raw) => findTable(raw, isKnown) ?? [])
    return chooseTable(tables, wanted)
  }
  const { raw, encoding } = readCsv(bytes)
  const table = findTable(raw, isKnown)
  if (/\.xlsx$/i.test(wanted.fileName) && (table?.known ?? 0) === 0) throw noWorkbook()
  return table ? asReading(table, { fileKind: 'csv', encoding, otherSheets: [] }, wanted) : noRows(wanted)
}

/** A text with none of the wanted headers that calls itself a workbook is most likely a broken or renamed file. */
function noWorkbook(): UnreadableFile {
  return new UnreadableFile(
    'file.wrong-kind',
    '名叫 .xlsx，内容却不是 Excel 工作簿—可能是改了扩展名，或没有传完整—请用表格软件打开确认，另存为 .xlsx 后再传。',
  )
}

/** 表头比较 — without spaces, required marks and units in brackets: "在校生数（人）*" is "在校生数". */
export function plainHeader(header: string): string {
  return header
    .normalize('NFKC')
    .replace(/[\s*]/g, '')
    .replace(/\([^)]*\)$/, '')
    .toLowerCase()
}

async function readPackage(bytes: Buffer): Promise<RawSheet[]> {
  const pack = await openPackage(bytes)
  checkWorkbook(pack.paths)
  const parts = await readWorkbookParts(pack)
  const sheets: RawSheet[] = []
  const left = { cells: fileLimits.cells as number }
  for (const sheet of parts.sheets) sheets.push(await readWorksheet(pack, parts, sheet, left))
  return sheets
}

/** At least this many wanted headers make a sheet a candidate for the table. */
const enoughHeaders = 2

function chooseTable(tables: readonly FoundTable[], wanted: WantedTable): SheetReading {
  const visible = tables.filter((table) => !table.raw.hidden)
  const candidates = visible.filter((table) => table.known >= enoughHeaders)
  const filled = candidates.filter((table) => table.rows.length > 0)
  if (filled.length > 1) return severalTables(filled, wanted)
  const hidden = tables.find(
    ({ raw, known, rows }) => raw.hidden && known >= enoughHeaders && rows.length > 0,
  )
  if (candidates.length === 0 && hidden) return onlyHidden(hidden, wanted)
  const chosen = filled[0] ?? candidates[0] ?? visible[0]
  if (!chosen) return noRows(wanted)
  const otherSheets = visible.filter((table) => table !== chosen).map((table) => table.raw.name)
  return asReading(chosen, { fileKind: 'xlsx', otherSheets }, wanted)
}

function asReading(
  table: FoundTable,
  more: { fileKind: 'xlsx' | 'csv'; encoding?: TextEncoding; otherSheets: readonly string[] },
  wanted: WantedTable,
): SheetReading {
  const { rows, problems } = judgeTable(table)
  const { headerRow, headers, raw } = table
  const sheet = { ...more, name: raw.name, headerRow, headers, rows }
  const empty: CellProblem[] =
    rows.length === 0
      ? [
          fileProblem(
            wanted.fileName,
            'file.no-rows',
            `第 ${headerRow} 行表头下面没有数据—没有可导入的内容—请在表头下面逐行填写后再传。`,
          ),
        ]
      : []
  return { sheet, problems: [...problems, ...empty] }
}

function noRows(wanted: WantedTable): SheetReading {
  return {
    problems: [
      fileProblem(
        wanted.fileName,
        'file.no-table',
        '里面没有任何内容—没有可导入的表—请下载模板，填写后再传。',
      ),
    ],
  }
}

function severalTables(tables: readonly FoundTable[], wanted: WantedTable): SheetReading {
  const names = tables.map((table) => `“${table.raw.name}”`).join('、')
  return {
    problems: [
      fileProblem(
        wanted.fileName,
        'file.several-sheets',
        `工作表${names}都像数据表—一次只导入一张，平台不替您挑—请每张另存为一个文件，分别上传。`,
      ),
    ],
  }
}

function onlyHidden(table: FoundTable, wanted: WantedTable): SheetReading {
  return {
    problems: [
      fileProblem(
        wanted.fileName,
        'file.hidden-sheet',
        `数据在隐藏的工作表“${table.raw.name}”里—看不见的表不导入，以免导进旧数—请取消隐藏、核对后再传。`,
      ),
    ],
  }
}
