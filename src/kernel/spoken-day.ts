/** 成文日期 — a day as official papers write it: Arabic numerals without leading zeros, 2024年8月5日. */
export function spokenDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}
