import { chinaDay } from '../../kernel/china-moment.ts'
import { isDay } from '../../kernel/is-day.ts'
import type { Refusal } from '../../kernel/result.ts'
import { knownOnParameter } from './known-on.ts'
import type { Route } from './route.ts'

/** 不予办理代码 — for acts asked for on a past day. */
export const refusals = {
  'act.on-a-past-day': '现在看的是截至 {day} 的台账—在往日不能办理，以免照旧情况办事—请先回到今天再办',
} as const

/**
 * 往日不办 — why an act is refused whose address names a past day: what one sees there is not how things stand, and the
 * act would rest on it. Undefined for acts of today, and for routes that enter nothing into the books of a day.
 *
 * `today` is the day the books are read as of when nobody names one; absent, today in China.
 */
export function pastAct(
  { method, anyDay }: Pick<Route, 'method' | 'anyDay'>,
  url: string,
  today = chinaDay(new Date()),
): Refusal | undefined {
  const at = url.indexOf('?')
  if (method === 'GET' || anyDay || at < 0) return undefined
  const asked = new URLSearchParams(url.slice(at))
  const day = ['asOf', knownOnParameter]
    .flatMap((name) => asked.getAll(name))
    .find((each) => isDay(each) && each < today)
  if (day === undefined) return undefined
  const code = 'act.on-a-past-day'
  return { kind: 'refusal', code, text: refusals[code].replace('{day}', day) }
}
