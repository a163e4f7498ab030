import type { Severity } from '../../kernel/severity.ts'

/** 格位 — a cell by its row and column, both from 0. */
export interface Place {
  readonly row: number
  readonly column: number
}

/** 表列 — its head with the unit, how wide it stands, and the words it may hold where only some may stand. */
export interface SheetColumn {
  readonly key: string
  readonly title: string
  readonly unit?: string | undefined
  readonly width?: number
  readonly numeric?: boolean
  readonly choices?: readonly string[] | undefined
}

/** 格 — what stands in it, whose word it is where it is not the writer's own, what is wrong, whether somebody asks about it. */
export interface SheetCell {
  readonly text: string
  /** Nobody writes here: it is known elsewhere, not asked, or locked. */
  readonly closed?: boolean
  /** From where it came when nobody wrote it here, e.g. 上期. */
  readonly origin?: string | undefined
  readonly severity?: Severity | undefined
  /** 待核: somebody asks about this cell and has no answer yet. */
  readonly asked?: boolean
}

/** 写入 — text for one cell. */
export interface CellWrite extends Place {
  readonly text: string
}

/** 选区 — from where one began to where one is. */
export interface Selection {
  readonly anchor: Place
  readonly active: Place
}

/** 表的大小 — rows and columns. */
export interface SheetSize {
  readonly rows: number
  readonly columns: number
}

/** 选区范围 — its first and last row and column. */
export function rangeOf({ anchor, active }: Selection): { readonly from: Place; readonly to: Place } {
  return {
    from: { row: Math.min(anchor.row, active.row), column: Math.min(anchor.column, active.column) },
    to: { row: Math.max(anchor.row, active.row), column: Math.max(anchor.column, active.column) },
  }
}
