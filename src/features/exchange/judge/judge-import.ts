import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { Sheet } from '../../../platform/sheets/sheet.ts'
import { judgeLargest } from './judge-largest.ts'
import type { KindRules, RowEntry } from './kind-rules.ts'
import type { KnownBooks } from './known-books.ts'
import { judgeMapping, type Mapping } from './match-columns.ts'
import { type FieldRow, fieldProblem, readRow } from './read-rows.ts'

/** 更正 — a figure the book already holds and the file says otherwise. */
export interface Correction {
  readonly row: number
  readonly name: string
  readonly what: string
  readonly from: string
  readonly to: string
}

/** 逐行结论 — an entry to be written, with how it stands to the book. */
export interface JudgedEntry<E> {
  readonly row: number
  readonly entry: E
  readonly action: 'new' | 'same' | 'correct'
}

/** 判定 — what every row of a file comes to. */
export interface Judgement<E> {
  readonly rows: number
  /** Rows without errors. */
  readonly entries: readonly JudgedEntry<E>[]
  readonly corrections: readonly Correction[]
  readonly problems: readonly CellProblem[]
  /** Rows with at least one error. */
  readonly rejectedRows: readonly number[]
}

/** 进度 — told every thousand rows; awaited, so that a server can breathe and a cancelled job can stop. */
export type Judging = (done: number, total: number) => Promise<void>

/**
 * 逐行判定 — the one judge that page, API and command line use.
 *
 * `found` are the problems of the file itself (formulas, merged cells …): their rows are rejected too. A
 * row that says what the book already says is `same` and keeps no doubts: importing an export changes
 * nothing and asks nothing.
 */
export async function judgeImport<E extends object>(
  rules: KindRules<E>,
  source: { sheet: Sheet; mapping: Mapping; found: readonly CellProblem[] },
  known: KnownBooks,
  onProgress: Judging = async () => {},
): Promise<Judgement<E>> {
  const { sheet, mapping } = source
  const mappingProblems = judgeMapping(rules.table, sheet, mapping)
  if (mappingProblems.length > 0) return allRejected(sheet, [...source.found, ...mappingProblems])
  const problems: CellProblem[] = [...source.found]
  const rows: FieldRow[] = []
  const entries: RowEntry<E>[] = []
  for (const [index, row] of sheet.rows.entries()) {
    if (index % 1000 === 0) await onProgress(index, sheet.rows.length)
    const read = readRow(rules.table, sheet, mapping, row)
    const judged = rules.judgeRow(read.row, known)
    problems.push(...read.problems, ...judgeLargest(rules.table, read.row, known), ...judged.problems)
    rows.push(read.row)
    if (judged.entry !== undefined) entries.push({ row: read.row, entry: judged.entry })
  }
  problems.push(...judgeDuplicates(rules, entries), ...rules.judgeTogether(entries, known))
  for (let more = judgeNeighbours(rules, rows, problems); more.length > 0; ) {
    problems.push(...more)
    more = judgeNeighbours(rules, rows, problems)
  }
  await onProgress(sheet.rows.length, sheet.rows.length)
  return conclude(rules, sheet, entries, problems, known)
}

function conclude<E extends object>(
  rules: KindRules<E>,
  sheet: Sheet,
  entries: readonly RowEntry<E>[],
  problems: readonly CellProblem[],
  known: KnownBooks,
): Judgement<E> {
  const fatal = problems.some((problem) => problem.severity === 'error' && problem.row <= sheet.headerRow)
  if (fatal) return allRejected(sheet, problems)
  const rejected = new Set(problems.flatMap(({ severity, row }) => (severity === 'error' ? [row] : [])))
  const corrections: Correction[] = []
  const judged = entries.flatMap(({ row, entry }): JudgedEntry<E>[] => {
    if (rejected.has(row.row)) return []
    const before = rules.before(entry, known)
    if (!before) return [{ row: row.row, entry, action: 'new' }]
    const differences = rules.differences(before, entry)
    const name = rules.nameOf(entry, known)
    corrections.push(...differences.map((difference) => ({ row: row.row, name, ...difference })))
    return [{ row: row.row, entry, action: differences.length > 0 ? 'correct' : 'same' }]
  })
  const consequences =
    rules.consequences?.(
      judged.map(({ entry }) => entry),
      known,
    ) ?? []
  corrections.push(...consequences.map((difference) => ({ row: 0, ...difference })))
  const same = new Set(judged.flatMap(({ action, row }) => (action === 'same' ? [row] : [])))
  return {
    rows: sheet.rows.length,
    entries: judged,
    corrections,
    problems: inOrder(problems.filter(({ severity, row }) => severity !== 'doubt' || !same.has(row))),
    rejectedRows: [...rejected].sort((one, other) => one - other),
  }
}

/** A broken header leaves no row to be trusted. */
function allRejected<E>(sheet: Sheet, problems: readonly CellProblem[]): Judgement<E> {
  return {
    rows: sheet.rows.length,
    entries: [],
    corrections: [],
    problems: inOrder(problems),
    rejectedRows: sheet.rows.map(({ row }) => row),
  }
}

function inOrder(problems: readonly CellProblem[]): CellProblem[] {
  return [...problems].sort((one, other) => one.row - other.row || one.column - other.column)
}

/** The column that says what a row is about. */
function namingColumn<E extends object>({ table }: KindRules<E>): string {
  return table.columns.find(({ type }) => type === 'code' || type === 'document')?.key ?? ''
}

/** 重复行 — a later row that says the same thing again; when the two differ, neither can be trusted. */
function judgeDuplicates<E extends object>(
  rules: KindRules<E>,
  entries: readonly RowEntry<E>[],
): CellProblem[] {
  const first = new Map<string, RowEntry<E>>()
  const key = namingColumn(rules)
  return entries.flatMap((each) => {
    const earlier = first.get(rules.keyOf(each.entry))
    if (!earlier) {
      first.set(rules.keyOf(each.entry), each)
      return []
    }
    const alike = rules.differences(earlier.entry, each.entry).length === 0
    const told = (of: RowEntry<E>, other: RowEntry<E>) =>
      fieldProblem(
        of.row,
        key,
        'row.duplicate',
        `所在行与第 ${other.row.row} 行重复${alike ? '' : '，而且填的数不同'}—同一件事只能有一行—请删去${alike ? '其中一行' : '错的一行'}。`,
      )
    return alike ? [told(each, earlier)] : [told(each, earlier), told(earlier, each)]
  })
}

/** 同进同退 — a row whose neighbours of the same group, or of the group it rests on, are at fault cannot go in without them. */
function judgeNeighbours<E extends object>(
  rules: KindRules<E>,
  rows: readonly FieldRow[],
  problems: readonly CellProblem[],
): CellProblem[] {
  const { groupOf } = rules
  if (!groupOf) return []
  const faulty = new Set(problems.flatMap(({ severity, row }) => (severity === 'error' ? [row] : [])))
  const faultOf = new Map<string, number>()
  for (const row of rows)
    if (faulty.has(row.row) && !faultOf.has(groupOf(row))) faultOf.set(groupOf(row), row.row)
  const key = namingColumn(rules)
  return rows.flatMap((row) => {
    if (faulty.has(row.row)) return []
    const own = faultOf.get(groupOf(row))
    const above = faultOf.get(rules.restsOn?.(row) ?? '')
    if (own !== undefined)
      return fieldProblem(
        row,
        key,
        'row.with-others',
        `所在行没有错，但第 ${own} 行与它说的是同一个机构或年级，那一行有错—只导入一部分会使合计不对—请改好那一行，一起导入。`,
      )
    if (above === undefined) return []
    return fieldProblem(
      row,
      key,
      'row.rests-on',
      `所在行没有错，但它所属的主校在第 ${above} 行，那一行有错—主校没有登记，教学点就无处可挂—请改好那一行，一起导入。`,
    )
  })
}
