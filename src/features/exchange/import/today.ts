import { chinaDay } from '../../../kernel/china-moment.ts'

/** 今天 — the day in China, as the books count it. */
export function today(): string {
  return chinaDay(new Date())
}
