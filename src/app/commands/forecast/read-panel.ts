import type { EnrolmentPanel } from '../../../engines/forecast/enrolment-panel.ts'
import { totalGrade } from '../../../engines/forecast/forecast-panel.ts'
import { sourceOfColumns } from '../../../engines/forecast/projection-input.ts'
import type { Problem } from '../../../kernel/problem.ts'
import { type CsvRow, type CsvTable, problem } from './csv-table.ts'

const keys = ['unit', 'parent', 'year'] as const
const wholeNumber = /^\d+$/
/** Pupils are whole; some programs write 60 as 60.0. */
const pupils = /^\d+(\.0+)?$/

/** 面板行 — one unit in one year, its grade cells still as written. */
interface PanelRow {
  readonly line: number
  readonly unit: string
  readonly parent: string
  readonly year: number
  readonly cells: readonly string[]
}

/**
 * 读面板 — the enrolment panel of a table as of a year, or every problem found.
 *
 * Rows after `asOf` are set aside before anything in them but their year is read.
 */
export function readPanel(
  file: string,
  table: CsvTable,
  asOf: number,
  largest: number,
): { panel: EnrolmentPanel } | { problems: Problem[] } {
  const lacking = keys.filter((key) => !table.header.includes(key))
  if (lacking.length > 0) {
    return {
      problems: lacking.map((key) =>
        problem(
          file,
          1,
          'panel.column-missing',
          `缺少列 ${key}——表头须有 unit,parent,year。请补上该列（parent 可以全空）。`,
        ),
      ),
    }
  }
  const gradeColumns = table.header
    .map((_, at) => at)
    .filter((at) => !keys.includes(table.header[at] as 'unit'))
  const grades = gradeColumns.map((at) => table.header[at]!)
  const headerProblem = judgeGrades(file, grades)
  if (headerProblem) return { problems: [headerProblem] }
  const problems: Problem[] = []
  const rows = table.rows.flatMap((row) => panelRow(file, table, row, gradeColumns, problems))
  const known = rows.filter((row) => row.year <= asOf)
  for (const found of judgeRows(file, known, grades, largest)) problems.push(found)
  if (problems.length === 0 && !known.some((row) => row.year === asOf)) {
    const years = rows.map((row) => row.year).sort((a, b) => a - b)
    const range = years.length > 0 ? `${years[0]}—${years.at(-1)}` : '无'
    problems.push(
      problem(
        file,
        undefined,
        'panel.as-of-empty',
        `--as-of ${asOf} 年没有数据——表中年份为 ${range}。请改用有数据的年份。`,
      ),
    )
  }
  if (problems.length > 0) return { problems }
  return build(file, known, grades, asOf)
}

function judgeGrades(file: string, grades: readonly string[]): Problem | undefined {
  if (grades.length === 0)
    return problem(file, 1, 'panel.no-grades', '没有年级列——unit,parent,year 之后须有年级列。请补上。')
  if (grades.includes(''))
    return problem(file, 1, 'panel.grade-unnamed', '有年级列没有列名——无法输出。请补列名。')
  if (grades.includes(totalGrade))
    return problem(file, 1, 'panel.total-column', `有一列叫 ${totalGrade}——合计由程序计算。请删去该列。`)
  return undefined
}

function panelRow(
  file: string,
  table: CsvTable,
  row: CsvRow,
  gradeColumns: readonly number[],
  problems: Problem[],
): PanelRow[] {
  const cell = (key: string): string => row.cells[table.header.indexOf(key)]!
  const year = cell('year')
  if (!wholeNumber.test(year) || Number(year) < 1900 || Number(year) > 2200) {
    problems.push(
      problem(
        file,
        row.line,
        'panel.year',
        `年份“${year}”不是四位整数——学年用开学那年的数字。请改成如 2024。`,
      ),
    )
    return []
  }
  return [
    {
      line: row.line,
      unit: cell('unit'),
      parent: cell('parent'),
      year: Number(year),
      cells: gradeColumns.map((at) => row.cells[at]!),
    },
  ]
}

function judgeRows(
  file: string,
  rows: readonly PanelRow[],
  grades: readonly string[],
  largest: number,
): Problem[] {
  const problems: Problem[] = []
  const seen = new Map<string, number>()
  for (const row of rows) {
    if (row.unit === '')
      problems.push(
        problem(file, row.line, 'panel.unit-empty', 'unit 是空的——不知是哪个单位。请填单位名称或代码。'),
      )
    const key = JSON.stringify([row.unit, row.year])
    const before = seen.get(key)
    if (before !== undefined) {
      problems.push(
        problem(
          file,
          row.line,
          'panel.duplicate',
          `单位“${row.unit}”${row.year} 年在第 ${before} 行已出现——一个单位一年只能一行。请删去一行。`,
        ),
      )
    }
    seen.set(key, row.line)
    row.cells.forEach((cell, at) => {
      const wrong = cell === '' ? undefined : judgeCell(cell, largest)
      if (wrong)
        problems.push(
          problem(file, row.line, wrong[0], `${grades[at]} 列${wrong[1]}。请改正；不知道就留空。`),
        )
    })
  }
  return problems
}

function judgeCell(cell: string, largest: number): [code: string, why: string] | undefined {
  if (/^-\d+(\.\d+)?$/.test(cell)) return ['panel.negative', `是负数 ${cell}——学生数不能小于 0`]
  if (/^\d+\.\d*[1-9]\d*$/.test(cell)) return ['panel.fraction', `“${cell}”带小数——学生数须为整数`]
  if (!pupils.test(cell)) return ['panel.not-number', `“${cell}”不是数——学生数须为数字`]
  if (Number(cell) > largest)
    return ['panel.too-large', `“${cell}”超过 ${largest}——全国一个年级也没有这么多学生`]
  return undefined
}

function build(
  file: string,
  rows: readonly PanelRow[],
  grades: readonly string[],
  asOf: number,
): { panel: EnrolmentPanel } | { problems: Problem[] } {
  const above = latestParents(rows)
  const units = [...new Set([...above.keys(), ...above.values()])]
    .filter((name) => name !== '')
    .sort(byCodePoint)
  const index = new Map(units.map((name, at) => [name, at]))
  const parent = Int32Array.from(units, (name) => index.get(above.get(name) ?? '') ?? -1)
  const circle = unitInCircle(parent)
  if (circle >= 0) {
    const line = rows.find((row) => row.unit === units[circle])?.line
    return {
      problems: [
        problem(
          file,
          line,
          'panel.circle',
          `单位“${units[circle]}”沿 parent 往上又回到自己——上下级成环。请改正 parent。`,
        ),
      ],
    }
  }
  const firstYear = rows.reduce((least, row) => Math.min(least, row.year), asOf)
  const years = asOf - firstYear + 1
  const cells = new Float64Array(units.length * years * grades.length).fill(Number.NaN)
  const present = new Uint8Array(units.length * years)
  for (const row of rows) {
    const at = index.get(row.unit)! * years + row.year - firstYear
    present[at] = 1
    row.cells.forEach((cell, grade) => {
      if (cell !== '') cells[at * grades.length + grade] = Number(cell)
    })
  }
  return {
    panel: { units, parent, grades, source: sourceOfColumns(grades), firstYear, years, cells, present },
  }
}

/** The unit above as the latest row of each unit says: units may have been regrouped. */
function latestParents(rows: readonly PanelRow[]): Map<string, string> {
  const latest = new Map<string, PanelRow>()
  for (const row of rows) {
    const before = latest.get(row.unit)
    if (!before || before.year < row.year) latest.set(row.unit, row)
  }
  return new Map([...latest].map(([unit, row]) => [unit, row.parent]))
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function unitInCircle(parent: Int32Array): number {
  return parent.findIndex((_, unit) => {
    let at = parent[unit]!
    for (let steps = 0; at >= 0 && steps <= parent.length; steps++) {
      if (at === unit) return true
      at = parent[at]!
    }
    return false
  })
}
