/** 成文日期 — Arabic numerals without leading zeros. */
export function spokenDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}
