/** 一月起止 — the first and the last day of a month such as `2024-09`. */
export function monthDays(month: string): { readonly from: string; readonly to: string } {
  const [year = 0, of = 0] = month.split('-').map(Number)
  // Day 0 of the month after is the last of this one.
  const last = new Date(Date.UTC(2000, of, 0))
  last.setUTCFullYear(year, of, 0)
  return { from: `${month}-01`, to: `${month}-${String(last.getUTCDate()).padStart(2, '0')}` }
}
