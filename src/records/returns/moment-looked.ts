import { endOfChinaDay } from '../../kernel/china-moment.ts'
import { bookDay, type ServedSite } from '../books.ts'

/**
 * 所看时刻 — the moment from which a reading looks at filings: the end of the past day it asks for, or of the day by which
 * things were known, whichever is earlier; undefined where it asks for today.
 *
 * What was done to a filing on which day is never corrected: of a past day there is nothing else to be known later.
 */
export function momentLooked(
  site: ServedSite,
  asOf: string | undefined,
  knownAt: string | undefined,
): string | undefined {
  const past = asOf !== undefined && asOf < bookDay(site) ? endOfChinaDay(asOf) : undefined
  if (past === undefined || knownAt === undefined) return past ?? knownAt
  return past < knownAt ? past : knownAt
}
