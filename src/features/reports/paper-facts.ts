import type { TemplateRows } from '../../plan/index.ts'
import type { Finding } from '../../records/findings/finding.ts'
import type { PaperGap } from '../../records/papers/paper.ts'

/** 公文用数 — one figure or fact a paper may print, with where it comes from; `text` is null where the books do not say. */
export interface PaperValue {
  readonly zh: string
  readonly text: string | null
  readonly source: string
  readonly definition: string
  readonly asOf: string
  /** Whose it is, printed where it is missing. */
  readonly where: string
}

/** 行 — one row of a table: its own values, and the place whose figures it may ask for. */
export interface PaperRow {
  /** Tells the row from others for good: its fields are named after it. */
  readonly key: string
  readonly unitId: number
  readonly cells: Readonly<Record<string, PaperValue | string>>
}

/** 所据 — everything a template may name, read from the books of one day and moment. */
export interface PaperFacts {
  readonly asOf: string
  readonly knownAt: string
  readonly planVersion: string
  readonly place: { readonly unitId: number; readonly name: string }
  /** Of a paper about a finding: whose it is to mend. */
  readonly ownerLevel?: Finding['ownerLevel']
  /** Words of where and when, which are no figures. */
  readonly words: Readonly<Record<string, string>>
  /** Figures by name and place: `indicator:public-enrolment-share@410422`. */
  readonly values: ReadonlyMap<string, PaperValue>
  readonly rows: Readonly<Record<TemplateRows, readonly PaperRow[]>>
  readonly marking?: string
}

/** 待补 — what is missing, as the paper's list of gaps says it. */
export function gapOf({ zh, where }: PaperValue): PaperGap {
  return { of: zh, where }
}
