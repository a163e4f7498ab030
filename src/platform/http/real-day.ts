/** 真实日期 — a day of the calendar as an ISO date, in years a database and a school year can hold (1000—2999). */
export function isRealDay(text: string): boolean {
  if (!/^[12]\d{3}-\d\d-\d\d$/.test(text)) return false
  const moment = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text)
}
