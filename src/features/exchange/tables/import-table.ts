import type { CodeList } from './code-lists.ts'

/** 列的类型 — how the text of a cell is understood; see `readField`. */
export type ColumnType =
  | 'text'
  | 'code'
  | 'count'
  | 'decimal'
  | 'school-year'
  | 'year'
  | 'day'
  | 'choice'
  | 'yes-no'
  /** The number of an identity document: text as it was typed, judged with its kind. */
  | 'document'

/** 列 — one declared column of a table: what templates, mapping, rules and exports all read. */
export interface ImportColumn {
  readonly key: string
  readonly header: string
  /** Other words clerks use for the same column. */
  readonly synonyms: readonly string[]
  readonly type: ColumnType
  readonly required: boolean
  /** Told in the template: what to fill in. */
  readonly doc: string
  readonly example: string
  /** Numbers of digits a code may have. */
  readonly digits?: readonly number[]
  readonly choices?: CodeList
  /** Which limit of the plan's `data.largest-figures` the figure may not exceed. */
  readonly largest?: LargestKind
}

/** 上限种类 — what the plan's `data.largest-figures` sets a limit for. */
export type LargestKind = 'births' | 'people' | 'pupils' | 'classes' | 'rooms' | 'seats' | 'beds'

/** 数据表 — one kind of data the exchange takes in and gives out. */
export interface ImportTable {
  readonly kind: ImportKind
  readonly name: string
  readonly doc: string
  readonly columns: readonly ImportColumn[]
  /** True for data about single persons: files lie sealed, and nothing that is told of a row repeats what stands in it. */
  readonly personal?: true
}

export const importKinds = [
  'institutions',
  'enrolment-by-grade',
  'enrolment-by-class',
  'population',
  'births',
  'pupils',
] as const
export type ImportKind = (typeof importKinds)[number]
