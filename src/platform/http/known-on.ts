import { endOfChinaDay } from '../../kernel/china-moment.ts'
import { isDay } from '../../kernel/is-day.ts'

/** 按当日所知 — the query parameter by which every reading may ask for the books as they were known at the end of a day. */
export const knownOnParameter = 'knownOn'

/**
 * 所知时刻 — the last moment of the day a reading asks for, on the clock of Beijing; `malformed` when it names no day.
 *
 * One parameter for every route: what a board, a figure or a paper said on a past day is then seen again, whatever was
 * corrected since. Acts have no past: see `pastAct`.
 */
export function knownAtOf(method: string, url: string): string | 'malformed' | undefined {
  const at = url.indexOf('?')
  if (method !== 'GET' || at < 0) return undefined
  const day = new URLSearchParams(url.slice(at)).get(knownOnParameter)
  if (day === null || day === '') return undefined
  return isDay(day) ? endOfChinaDay(day) : 'malformed'
}
