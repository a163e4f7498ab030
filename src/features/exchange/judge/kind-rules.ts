import type { CellProblem } from '../../../platform/sheets/cell-problem.ts'
import type { ImportTable } from '../tables/import-table.ts'
import type { KnownBooks } from './known-books.ts'
import type { FieldRow } from './read-rows.ts'

/** 读成的一行 — a row that speaks of something the books can hold. */
export interface RowEntry<E> {
  readonly row: FieldRow
  readonly entry: E
}

/** 一处不同 — what the book says and what the file says, in words. */
export interface Difference {
  readonly what: string
  readonly from: string
  readonly to: string
}

/**
 * 一种数据的规则 — what one kind of data adds to the common judging.
 *
 * All of it is pure: arguments in, problems out.
 */
export interface KindRules<E extends object> {
  readonly table: ImportTable
  /** Reads the fields of a row as an entry; absent when its problems leave nothing to enter. */
  judgeRow(row: FieldRow, known: KnownBooks): { entry?: E; problems: CellProblem[] }
  /** Two rows with the same key say the same thing twice. */
  keyOf(entry: E): string
  /** 同进同退: rows of one group are taken in together or not at all; absent when each row stands alone. */
  groupOf?(row: FieldRow): string
  /** 依托: the group whose rows must go in for this row to make sense; of weight only where that group is in the file. */
  restsOn?(row: FieldRow): string | undefined
  /** How the rows stand to each other and to the years before; asked once per file. */
  judgeTogether(rows: readonly RowEntry<E>[], known: KnownBooks): CellProblem[]
  /** What the book says of the same thing; absent when it says nothing yet. */
  before(entry: E, known: KnownBooks): E | undefined
  /** Fields in which the file differs from the book; an empty cell changes nothing. */
  differences(before: E, entry: E): readonly Difference[]
  /** 连带更正: figures of the book that follow from the entries and would change with them. */
  consequences?(entries: readonly E[], known: KnownBooks): readonly (Difference & { readonly name: string })[]
  /** Names the thing in a sentence: "叶县一小 2024—2025 学年 三年级". */
  nameOf(entry: E, known: KnownBooks): string
}

/** 数的不同 — differences of plain figures; null and absent in the file mean: leave as it is. */
export function figureDifferences<E>(
  before: E,
  entry: E,
  fields: Readonly<Partial<Record<keyof E, string>>>,
): Difference[] {
  return (Object.entries(fields) as [keyof E, string][]).flatMap(([field, what]) => {
    const to = entry[field]
    if (to === null || to === undefined || to === before[field]) return []
    return [{ what, from: shown(before[field]), to: shown(to) }]
  })
}

/** 合并 — the book's entry with what the file gives laid over it; what the file leaves empty stays. */
export function overlay<E extends object>(before: E, entry: E): E {
  const given = Object.entries(entry).filter(([, value]) => value !== null && value !== undefined)
  return { ...before, ...Object.fromEntries(given) }
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '空'
  if (typeof value === 'boolean') return value ? '是' : '否'
  return String(value)
}
