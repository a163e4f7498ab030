import type { Force } from '../../plan/index.ts'
import type { ItemOwner } from '../../records/duties/list-item-owners.ts'

/** 所报进展 — what the county filed last of an item. */
export interface Progress {
  readonly status: 'not-started' | 'under-way' | 'done'
  readonly period: string
  readonly evidence: string | null
  readonly document: string | null
  /** The day of the evidence. */
  readonly on: string | null
}

/** 覆盖情况 — of one "every X has a Y": how many X have it, have it not, or are silent. */
export interface Coverage {
  readonly zh: string
  readonly force: Force
  readonly total: number
  readonly covered: number
  readonly uncovered: number
  readonly unknown: number
  /** The last day by which the item is to be done. */
  readonly due?: string
  /** Why it could not be judged on this day. */
  readonly refused?: string
}

/** 逾期报表 — a form of a period past its day, with how many have not come in. */
export interface LateForm {
  readonly formId: string
  readonly period: string
  readonly zh: string
  readonly dueOn: string
  readonly missing: number
}

/** 任务事实 — all that is known of one item in one county on a day. */
export interface ItemFacts {
  readonly itemId: string
  readonly from?: string
  readonly due?: string
  readonly owner: ItemOwner | null
  readonly progress: Progress | null
  readonly coverage: readonly Coverage[]
  readonly targets: readonly {
    readonly zh: string
    readonly sign: 'reached' | 'on-path' | 'behind' | 'missed' | 'idle' | 'open' | 'missing'
    readonly sentence: string
  }[]
  readonly findings: { readonly open: number; readonly late: number }
  /** Forms that serve the item, past their day, with how many have not come in. */
  readonly lateForms: readonly LateForm[]
}
