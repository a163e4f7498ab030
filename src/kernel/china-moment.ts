/**
 * 北京时间 — a moment as people read it, `2026-08-31 09:05`, whatever clock the server, the database or the browser keeps.
 *
 * `text` is a moment as PostgreSQL or JSON writes it, with its offset; unreadable text comes back as it is.
 */
export function chinaMoment(text: string, precision: 'day' | 'minute' | 'second' = 'minute'): string {
  const moment = new Date(text.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00'))
  if (Number.isNaN(moment.getTime())) return text
  const length = { day: 10, minute: 16, second: 19 }[precision]
  return moment.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, length)
}

/** 北京日期 — the day in China that a moment belongs to, as the books count days. */
export function chinaDay(moment: Date): string {
  return moment.toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })
}

/** 一天的最后时刻 — the last moment of a day in China, as the database reads moments. */
export function endOfChinaDay(day: string): string {
  return `${day}T23:59:59.999999+08:00`
}
