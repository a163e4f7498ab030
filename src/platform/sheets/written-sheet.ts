/** 可写出的值 — what a written cell may hold; absent cells stay empty. */
export type WrittenValue = string | number | undefined | null

/** 写出的单元格 — a value, or one that somebody found there already: grey when given, blue when taken from before. */
export type WrittenCell = WrittenValue | { readonly value: WrittenValue; readonly tint: 'given' | 'found' }

/** 写出的列 — `text` columns keep codes whole: the spreadsheet never turns them into numbers. */
export interface WrittenColumn {
  readonly header: string
  readonly kind: 'text' | 'integer' | 'decimal'
  readonly width?: number
  /** Shown when the pointer rests on the header. */
  readonly note?: string
  readonly required?: boolean
  /** 预填列: given to the clerk, grey, not to be changed. */
  readonly given?: boolean
  /** The words a drop-down offers. */
  readonly choices?: readonly string[]
}

/** 写出的表 — one worksheet; `captions` are lines above the header. */
export interface WrittenSheet {
  readonly name: string
  readonly captions?: readonly string[]
  readonly columns: readonly WrittenColumn[]
  readonly rows: Iterable<readonly WrittenCell[]>
  /** Empty rows below the data that drop-downs also cover. */
  readonly spareRows?: number
}

/** 单元格的值 — without its tint. */
export function plainValue(cell: WrittenCell): WrittenValue {
  return typeof cell === 'object' && cell !== null ? cell.value : cell
}
