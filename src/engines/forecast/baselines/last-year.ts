/** 照搬上年 — next year is like this year. */
export function lastYear(series: readonly number[]): number {
  return series.at(-1) ?? Number.NaN
}
