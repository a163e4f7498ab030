import { type CellProblem, cellProblem, columnLetters, parseAddress } from './cell-problem.ts'
import type { RawSheet, SheetHeader, SheetRow, SheetValue } from './sheet.ts'
import { UnreadableFile } from './unreadable-file.ts'

/** Titles and notes may stand above the header, but not endlessly. */
const headerWithin = 30

/** 找到的表 — header and rows of one worksheet, and how many of the wanted headers it has. */
export interface FoundTable {
  readonly raw: RawSheet
  readonly headerRow: number
  readonly headers: readonly SheetHeader[]
  readonly rows: readonly SheetRow[]
  readonly known: number
}

/**
 * 找表头 — the row with most of the wanted header words; the first filled row where none has any.
 *
 * `isKnown` is given a header's text as it stands.
 */
export function findTable(raw: RawSheet, isKnown: (header: string) => boolean): FoundTable | undefined {
  let best: { row: SheetRow; known: number } | undefined
  for (const row of raw.rows.slice(0, headerWithin)) {
    const known = row.cells.filter((cell) => cell !== undefined && isKnown(cell.text)).length
    if (!best || known > best.known) best = { row, known }
  }
  if (!best) return undefined
  const headerRow = best.row.row
  const headers = best.row.cells.flatMap((cell, index) => {
    const text = cell?.text.trim() ?? ''
    return text === '' ? [] : [{ column: index + 1, text }]
  })
  const rows = raw.rows.filter((row) => row.row > headerRow && row.cells.some(isFilled))
  return { raw, headerRow, headers, rows, known: best.known }
}

function isFilled(cell: SheetValue | undefined): boolean {
  return cell !== undefined && (cell.kind === 'flawed' || cell.text.trim() !== '')
}

/** 表的毛病 — what is wrong with the table's build: headers, merged and hidden cells; cells' own flaws below the header. */
export function judgeTable(table: FoundTable): { rows: readonly SheetRow[]; problems: CellProblem[] } {
  const { raw, headerRow } = table
  const merges = raw.merges.flatMap((area) => areaOf(area)).filter((area) => area.bottom >= headerRow)
  const { rows, covered } = withoutMerged(table, merges)
  return {
    rows,
    problems: [
      ...judgeHeaders(table),
      ...merges.map(mergeProblem),
      ...covered,
      ...hiddenProblems(table),
      ...raw.problems.filter((problem) => problem.row >= headerRow),
    ],
  }
}

function judgeHeaders({ headers, headerRow, rows }: FoundTable): CellProblem[] {
  const problems: CellProblem[] = []
  const first = new Map<string, number>()
  for (const { column, text } of headers) {
    const earlier = first.get(text)
    if (earlier === undefined) first.set(text, column)
    else
      problems.push(
        cellProblem(
          { column, row: headerRow },
          'header.duplicate',
          `表头“${text}”与 ${columnLetters(earlier)} 列重复—分不清该取哪一列—请删去一列，或把其中一列的表头改名。`,
        ),
      )
  }
  return [...problems, ...emptyHeaders(new Set(headers.map((header) => header.column)), headerRow, rows)]
}

function emptyHeaders(named: ReadonlySet<number>, headerRow: number, rows: readonly SheetRow[]) {
  const nameless = new Set<number>()
  for (const { cells } of rows)
    cells.forEach((cell, index) => {
      if (isFilled(cell) && !named.has(index + 1)) nameless.add(index + 1)
    })
  return [...nameless].map((column) =>
    cellProblem(
      { column, row: headerRow },
      'header.empty',
      '表头是空的，下面却有内容—不知道这一列是什么—请补上表头，或清空这一列。',
    ),
  )
}

interface Area {
  readonly text: string
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

function areaOf(text: string): Area[] {
  const [from = '', to = ''] = text.split(':')
  const start = parseAddress(from)
  const end = parseAddress(to)
  if (!start || !end) return []
  return [{ text, left: start.column, top: start.row, right: end.column, bottom: end.row }]
}

function mergeProblem(area: Area): CellProblem {
  return cellProblem(
    { column: area.left, row: area.top },
    'cell.merged',
    `是合并单元格（${area.text}）—合并后只有左上角有值，其余行会变成空—请取消合并，把值填进每一行。`,
  )
}

/** Every further row under a merged cell is kept out like its first, and is told why. */
function coveredProblem({ text, top, left }: Area, row: number): CellProblem {
  return cellProblem(
    { column: left, row },
    'cell.merged',
    `在合并单元格（${text}）里，只有第 ${top} 行有值—这一行是空的，平台不替您往下填—请取消合并，把值填进每一行。`,
  )
}

/** Rows and areas are gone through together from the top, so that many of both do not multiply. */
function withoutMerged(
  { rows, headers }: FoundTable,
  merges: readonly Area[],
): { rows: readonly SheetRow[]; covered: CellProblem[] } {
  const covered: CellProblem[] = []
  if (merges.length === 0) return { rows, covered }
  const widest = Math.max(...headers.map(({ column }) => column))
  const coming = [...merges].sort((one, other) => other.top - one.top)
  let here: Area[] = []
  const outside = rows.map((row) => {
    here = here.filter((area) => area.bottom >= row.row)
    for (let area = coming.at(-1); area && area.top <= row.row; area = coming.at(-1)) {
      coming.pop()
      if (area.bottom >= row.row) here.push(area)
    }
    const from = here.find((area) => area.top < row.row)
    if (from && covered.length < coveredTold) covered.push(coveredProblem(from, row.row))
    return here.length === 0 ? row : { row: row.row, cells: cellsOutside(row.cells, here, widest) }
  })
  return { rows: outside, covered }
}

function cellsOutside(cells: SheetRow['cells'], areas: readonly Area[], widest: number): SheetRow['cells'] {
  const rest = [...cells]
  const last = Math.max(widest, cells.length)
  let merged = 0
  for (const { left, right } of areas)
    for (let column = left; column <= Math.min(right, last); column++) {
      // Areas that lie on one another no spreadsheet makes; their number would be paid for in every row.
      if (++merged > last) throw overlapping()
      while (rest.length < column) rest.push(undefined)
      rest[column - 1] = flawed
    }
  return rest
}

function overlapping(): UnreadableFile {
  return new UnreadableFile(
    'file.damaged',
    '合并单元格互相重叠—不是表格软件正常保存的文件—请新建一个空白工作簿，只把数据“粘贴为数值”进去再上传。',
  )
}

const flawed: SheetValue = { kind: 'flawed', text: '' }

function hiddenProblems({ raw, headers, headerRow, rows }: FoundTable): CellProblem[] {
  const columns = headers
    .filter(({ column }) => raw.hiddenColumns.has(column))
    .map(({ column }) =>
      cellProblem(
        { column, row: headerRow },
        'column.hidden',
        '所在列是隐藏的—隐藏列的内容同样会导入—请取消隐藏核对；不要的请删除。',
        'warning',
      ),
    )
  const hiddenRows = rows.filter(({ row }) => raw.hiddenRows.has(row))
  const more = hiddenRows.length - hiddenTold
  return [
    ...columns,
    ...hiddenRows
      .slice(0, hiddenTold)
      .map(({ row }, index) =>
        cellProblem(
          { column: 1, row },
          'row.hidden',
          `所在行${index === hiddenTold - 1 && more > 0 ? `和下面另外 ${more} 行` : ''}是隐藏或被筛选掉的—隐藏行同样会导入—请取消筛选核对；不要的请删除。`,
          'warning',
        ),
      ),
  ]
}

/** A merged cell over more rows than this is no slip of a clerk; its first problem names the whole area. */
const coveredTold = 1000

/** Whoever filtered a large table learns it from the first rows. */
const hiddenTold = 200
