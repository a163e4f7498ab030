/** 有效期 — the days an entry holds true: from `from` up to, not including, `to`; open when `to` is absent. ISO days. */
export interface Dated {
  readonly from: string
  readonly to?: string | null
}

/** 日期区间 — the range as PostgreSQL writes it: 2019-09-01, 2021-09-01 → "[2019-09-01,2021-09-01)". */
export function dateRange({ from, to }: Dated): string {
  return `[${from},${to ?? ''})`
}
