import { fileLimits } from '../files/file-limits.ts'
import { type CellProblem, cellAddress, cellProblem, parseAddress } from './cell-problem.ts'
import { dayOfSerial } from './excel-date.ts'
import type { Package } from './open-package.ts'
import { attributesOf, type XmlHandler } from './read-xml.ts'
import type { RawSheet, SheetRow, SheetValue } from './sheet.ts'
import { UnreadableFile } from './unreadable-file.ts'
import { readPart, type WorkbookParts } from './workbook-parts.ts'

const flawed: SheetValue = { kind: 'flawed', text: '' }

/** 读工作表 — the cells of one worksheet as they stand, with what is wrong with a cell itself. */
export async function readWorksheet(
  pack: Package,
  parts: WorkbookParts,
  sheet: WorkbookParts['sheets'][number],
): Promise<RawSheet> {
  const found = new FoundCells(parts)
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
  private row = 0
  private cells: (SheetValue | undefined)[] = []
  private filled = false
  private column = 0
  private cell: OpenCell | undefined
  private target: 'value' | 'formula' | undefined

  constructor(parts: WorkbookParts) {
    this.parts = parts
  }

  open(name: string, raw: string): void {
    if (name === 'row') this.openRow(raw)
    else if (name === 'c') this.openCell(raw)
    else if (name === 'v' || name === 't') this.target = this.cell && 'value'
    else if (name === 'f') this.openFormula()
    else if (name === 'r' && this.cell) this.cell.rich = true
    else if (name === 'mergeCell') this.merges.push(attributesOf(raw).ref ?? '')
    else if (name === 'col') this.noteHiddenColumns(raw)
  }

  text(piece: string): void {
    if (!this.cell || !this.target) return
    if (this.target === 'value') this.cell.value += piece
    else this.cell.formula += piece
  }

  close(name: string): void {
    if (name === 'v' || name === 't' || name === 'f') this.target = undefined
    else if (name === 'c') this.closeCell()
    else if (name === 'row' && this.filled) this.rows.push({ row: this.row, cells: this.cells })
  }

  private openRow(raw: string): void {
    const { r, hidden } = attributesOf(raw)
    this.row = r ? Number(r) : this.row + 1
    this.cells = []
    this.filled = false
    this.column = 0
    if (hidden === '1' || hidden === 'true') this.hiddenRows.add(this.row)
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

  private noteHiddenColumns(raw: string): void {
    const { min, max, hidden } = attributesOf(raw)
    if (hidden !== '1' && hidden !== 'true') return
    for (let column = Number(min); column <= Math.min(Number(max), fileLimits.columns); column++)
      this.hiddenColumns.add(column)
  }

  private closeCell(): void {
    const cell = this.cell
    this.cell = undefined
    const value = cell && this.valueOf(cell)
    if (!cell || !value) return
    if (cell.column > fileLimits.columns) throw tooWide(cell.column, this.row)
    if (this.row > fileLimits.rows) throw tooLong(this.row)
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
    if (cell.rich) this.problems.push(richProblem(at))
    return { kind: 'text', text: cell.value }
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
    if (shared.rich) this.problems.push(richProblem(at))
    return shared.text === '' ? undefined : { kind: 'text', text: shared.text }
  }

  private numberOrDay(cell: OpenCell): SheetValue {
    const day = this.parts.dateStyles[cell.style]
      ? dayOfSerial(Number(cell.value), this.parts.from1904)
      : undefined
    return day ? { kind: 'date', text: day } : { kind: 'number', text: cell.value }
  }

  private flaw(problem: CellProblem): SheetValue {
    this.problems.push(problem)
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
