import { endOfChinaDay } from '../../kernel/china-moment.ts'
import { bookDay, type ServedSite } from '../books.ts'

/** 所看之日 — the day a board tells of, and the moment from which it looks at filings where that is past. */
export interface Looked {
  readonly today: string
  readonly moment: string | undefined
}

/**
 * 所看时刻 — the day a reading asks for, and the end of it where it is past, or of the day by which things were known,
 * whichever is earlier.
 *
 * What was done to a filing on which day is never corrected: of a past day there is nothing else to be known later.
 */
export function lookedAt(site: ServedSite, asOf: string | undefined, knownAt: string | undefined): Looked {
  const ends = [asOf !== undefined && asOf < bookDay(site) ? endOfChinaDay(asOf) : undefined, knownAt]
  const [moment] = ends.filter((each) => each !== undefined).sort()
  return { today: asOf ?? bookDay(site), moment }
}
