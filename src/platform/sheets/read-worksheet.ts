import { fileLimits } from '../files/file-limits.ts'
import { type CellProblem, cellAddress, cellProblem, parseAddress } from './cell-problem.ts'
import { dayOfSerial } from './excel-date.ts'
import { damaged, type Package } from './open-package.ts'
import { attributesOf, type XmlHandler } from './read-xml.ts'
import type { RawSheet, SheetRow, SheetValue } from './sheet.ts'
import { tooLongCell, UnreadableFile } from './unreadable-file.ts'
import { readPart, type WorkbookParts } from './workbook-parts.ts'

/** After so many, mixed fonts are known and not told again. */
const richTold = 200

const flawed: SheetValue = { kind: 'flawed', text: '' }

/**
 * 读工作表 — the cells of one worksheet as they stand, with what is wrong with a cell itself.
 *
 * `left` counts down the cells that all worksheets of a file may fill together.
 */
export async function readWorksheet(
  pack: Package,
  parts: WorkbookParts,
  sheet: WorkbookParts['sheets'][number],
  left: { cells: number },
): Promise<RawSheet> {
  const found = new FoundCells(parts, left)
  await readPart(pack, sheet.path, found)
  return {
    name: sheet.name,
    hidden: sheet.hidden,
    rows: found.rows,
    problems: found.problems,
    merges: found.merges,
    hiddenRows: found.hiddenRows,
    hiddenColumns: found.hiddenColumns,
  }
}

interface OpenCell {
  readonly column: number
  readonly type: string
  readonly style: number
  value: string
  rich: boolean
  formula?: string
}

class FoundCells implements XmlHandler {
  readonly rows: SheetRow[] = []
  readonly problems: CellProblem[] = []
  readonly merges: string[] = []
  readonly hiddenRows = new Set<number>()
  readonly hiddenColumns = new Set<number>()
  private readonly parts: WorkbookParts
  private readonly left: { cells: number }
  private richTold = 0
  private row = 0
  private cells: (SheetValue | undefined)[] = []
  private filled = false
  private column = 0
  private cell: OpenCell | undefined
  private target: 'value' | 'formula' | undefined

  constructor(parts: WorkbookParts, left: { cells: number }) {
    this.parts = parts
    this.left = left
  }

  open(name: string, raw: string): void {
    if (name === 'row') this.openRow(raw)
    else if (name === 'c') this.openCell(raw)
    else if (name === 'v' || name === 't') this.target = this.cell && 'value'
    else if (name === 'f') this.openFormula()
    else if (name === 'r' && this.cell) this.cell.rich = true
    else if (name === 'mergeCell') this.noteMerge(attributesOf(raw).ref ?? '')
    else if (name === 'col') this.noteHiddenColumns(raw)
  }

  text(piece: string): void {
    if (!this.cell || !this.target) return
    if (this.target === 'value') this.cell.value += piece
    else this.cell.formula += piece
    if (this.cell.value.length > fileLimits.cellCharacters)
      throw tooLongCell(cellAddress(this.cell.column, this.row))
    if ((this.cell.formula?.length ?? 0) > fileLimits.cellCharacters)
      throw tooLongCell(cellAddress(this.cell.column, this.row))
  }

  close(name: string): void {
    if (name === 'v' || name === 't' || name === 'f') this.target = undefined
    else if (name === 'c') this.closeCell()
    else if (name === 'row' && this.filled) this.rows.push({ row: this.row, cells: this.cells })
  }

  private openRow(raw: string): void {
    const { r, hidden } = attributesOf(raw)
    const row = r ? Number(r) : this.row + 1
    // Rows stand in rising order: one number twice would have two rows told under one address.
    if (!Number.isInteger(row) || row <= this.row) damaged(new Error(`row ${r} after row ${this.row}`))
    this.row = row
    this.cells = []
    this.filled = false
    this.column = 0
    if ((hidden === '1' || hidden === 'true') && row <= fileLimits.rows) this.hiddenRows.add(row)
  }

  private openCell(raw: string): void {
    const { r, t = 'n', s = '0' } = attributesOf(raw)
    this.column = (r && parseAddress(r)?.column) || this.column + 1
    this.cell = { column: this.column, type: t, style: Number(s), value: '', rich: false }
  }

  private openFormula(): void {
    if (!this.cell) return
    this.cell.formula ??= ''
    this.target = 'formula'
  }

  private noteMerge(area: string): void {
    if (this.merges.push(area) > fileLimits.flaws) throw tooManyFlaws('合并单元格')
  }

  private noteRich(at: At): void {
    if (++this.richTold <= richTold) this.problems.push(richProblem(at))
  }

  private noteHiddenColumns(raw: string): void {
    const { min, max, hidden } = attributesOf(raw)
    if (hidden !== '1' && hidden !== 'true') return
    for (let column = Math.max(1, Number(min)); column <= Math.min(Number(max), fileLimits.columns); column++)
      this.hiddenColumns.add(column)
  }

  private closeCell(): void {
    const cell = this.cell
    this.cell = undefined
    const value = cell && this.valueOf(cell)
    if (!cell || !value) return
    if (cell.column > fileLimits.columns) throw tooWide(cell.column, this.row)
    if (this.row > fileLimits.rows) throw tooLong(this.row)
    if (--this.left.cells < 0) throw tooManyCells()
    while (this.cells.length < cell.column) this.cells.push(undefined)
    this.cells[cell.column - 1] = value
    this.filled = true
  }

  private valueOf(cell: OpenCell): SheetValue | undefined {
    const at = { column: cell.column, row: this.row }
    if (cell.formula !== undefined) return this.flaw(formulaProblem(at, cell.formula))
    if (cell.type === 'e') return this.flaw(errorProblem(at, cell.value))
    if (cell.type === 's') return this.sharedText(cell, at)
    if (cell.value === '') return undefined
    if (cell.type === 'b') return { kind: 'boolean', text: cell.value === '0' ? 'FALSE' : 'TRUE' }
    if (cell.type === 'd') return { kind: 'date', text: cell.value.slice(0, 10) }
    if (cell.type === 'n') return this.numberOrDay(cell)
    if (cell.rich) this.noteRich(at)
    return this.textIn(cell.value, at)
  }

  private sharedText(cell: OpenCell, at: { column: number; row: number }): SheetValue | undefined {
    if (cell.value === '') return undefined
    const shared = this.parts.sharedStrings[Number(cell.value)]
    if (!shared) {
      throw new UnreadableFile(
        'file.damaged',
        `${cellAddress(at.column, at.row)} 的文字在文件里找不到—文件保存不完整—请在表格软件里打开后另存为 .xlsx 再上传。`,
      )
    }
    if (shared.rich) this.noteRich(at)
    return shared.text === '' ? undefined : this.textIn(shared.text, at)
  }

  private textIn(text: string, at: At): SheetValue {
    return text.includes('\ufffd') ? this.flaw(lostProblem(at)) : { kind: 'text', text }
  }

  private numberOrDay(cell: OpenCell): SheetValue {
    const day = this.parts.dateStyles[cell.style]
      ? dayOfSerial(Number(cell.value), this.parts.from1904)
      : undefined
    return day ? { kind: 'date', text: day } : { kind: 'number', text: cell.value }
  }

  private flaw(problem: CellProblem): SheetValue {
    if (this.problems.push(problem) > fileLimits.flaws + richTold) throw tooManyFlaws('公式、错误值等')
    return flawed
  }
}

type At = { readonly column: number; readonly row: number }

function formulaProblem(at: At, formula: string): CellProblem {
  const shown = formula ? `（=${formula.length > 40 ? `${formula.slice(0, 40)}…` : formula}）` : ''
  return cellProblem(
    at,
    'cell.formula',
    `是公式${shown}—导入只收填写好的数值，公式在别的电脑上可能算出别的结果—请复制这一列，用“选择性粘贴—数值”贴回原处再上传。`,
  )
}

function errorProblem(at: At, value: string): CellProblem {
  return cellProblem(
    at,
    'cell.error-value',
    `是错误值 ${value}—表格软件没有算出结果，无法知道应是多少—请改成实际数值；确实没有就清空。`,
  )
}

function lostProblem(at: At): CellProblem {
  return cellProblem(
    at,
    'cell.lost-characters',
    '有已经丢失的字（显示为 �）—文件在以前转换编码时坏过，原字找不回来—请对照原始材料重新填写这一格。',
  )
}

function richProblem(at: At): CellProblem {
  return cellProblem(
    at,
    'cell.rich-text',
    '一个格子里有几种字体—平台只取文字，不取字体—无需改动，请核对文字是否完整。',
    'warning',
  )
}

function tooLong(row: number): UnreadableFile {
  return new UnreadableFile(
    'file.too-many-rows',
    `第 ${row} 行还有内容，超过 ${fileLimits.rows} 行—一次导入装不下，平台不会截断—请按县或按学年拆成几个文件分别导入。`,
  )
}

function tooWide(column: number, row: number): UnreadableFile {
  return new UnreadableFile(
    'file.too-many-columns',
    `${cellAddress(column, row)} 还有内容，超过 ${fileLimits.columns} 列—不像是本平台的数据表—请用平台下载的模板填写，或删去右边无关的列。`,
  )
}

function tooManyFlaws(what: string): UnreadableFile {
  return new UnreadableFile(
    'file.too-many-flaws',
    `${what}超过 ${fileLimits.flaws} 处—这样的表逐格改不过来，平台不再往下读—请新建一个空白工作簿，只把数据“粘贴为数值”进去再上传。`,
  )
}

function tooManyCells(): UnreadableFile {
  return new UnreadableFile(
    'file.too-many-cells',
    `填了内容的格子超过 ${fileLimits.cells / 10_000} 万个—一次导入装不下，平台不会截断—请按县或按学年拆成几个文件分别导入。`,
  )
}
