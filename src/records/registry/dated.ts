/** 有效期 — the days an entry holds true: from `from` up to, not including, `to`; open when `to` is absent. ISO days. */
export interface Dated {
  readonly from: string
  readonly to?: string | null
}

/** 日期区间 — the range as PostgreSQL writes it: 2019-09-01, 2021-09-01 → "[2019-09-01,2021-09-01)". */
export function dateRange({ from, to }: { from?: string | null; to?: string | null }): string {
  return `${from ? `[${from}` : '('},${to ?? ''})`
}

/** 区间两端 — reads such a range back; an open end is absent. */
export function rangeEnds(range: string): { from?: string; to?: string } {
  const [from = '', to = ''] = range.slice(1, -1).split(',')
  return { ...(from && { from }), ...(to && { to }) }
}

/** 之前的部分 — the part of a range before a day; absent when there is none. */
export function rangeBefore(range: string | null, day: string): string | undefined {
  const { from, to } = rangeEnds(range ?? '(,)')
  if (from && from >= day) return undefined
  return dateRange({ from, to: to && to < day ? to : day })
}

/** 起的部分 — the part of a range from a day on; absent when there is none. */
export function rangeSince(range: string | null, day: string): string | undefined {
  const { from, to } = rangeEnds(range ?? '(,)')
  if (to && to <= day) return undefined
  return dateRange({ from: from && from > day ? from : day, to })
}
