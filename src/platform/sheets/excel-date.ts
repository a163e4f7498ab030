/**
 * 是否日期格式 — does a number format show its number as a day? Text in quotes, colours and escapes do not count.
 */
export function isDateFormat(format: string): boolean {
  const bare = format.replace(/"[^"]*"|\\.|_.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
  return /[ymdh年月日]/i.test(bare) && !/^general$/i.test(bare.trim())
}

const dayMs = 86_400_000

/**
 * 序列号转日期 — the day a spreadsheet's serial number stands for: 45536 → 2024-09-01.
 *
 * Two calendars exist: from 1900 (which wrongly knows a 29 February 1900) and from 1904.
 * Undefined when the number is no day of the years 1900—9999.
 */
export function dayOfSerial(serial: number, from1904: boolean): string | undefined {
  const days = Math.floor(serial)
  if (!Number.isFinite(serial) || days < 1 || days > 2_958_465) return undefined
  const start = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30)
  return new Date(start + days * dayMs).toISOString().slice(0, 10)
}

/** Built-in formats that show a day; 27—36 and 50—58 are the Chinese ones. */
export function isBuiltInDateFormat(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)
}
