import { sql } from 'kysely'
import type { SchoolYear } from '../../../kernel/school-year.ts'
import type { Tx } from '../../../platform/db/transaction-client.ts'
import { entryColumns } from '../entry-columns.ts'
import { type Succession, successionFields } from '../succession.ts'

/** 承继者 — who counts what share of another's past. */
export interface Heir {
  readonly id: number
  readonly share: number
}

/** 承继时段 — from `fromYear` up to, not including, `toYear`, figures filed by `filedBy` count as the heirs'. */
export interface Inheritance {
  readonly countyId: number
  readonly filedBy: number
  readonly fromYear: SchoolYear
  readonly toYear: SchoolYear
  readonly heirs: readonly Heir[]
}

const never = 9999

/** 沿革 — every succession the books know by the day they are read. */
export async function listSuccessions(tx: Tx, subject: Succession['subject']): Promise<Succession[]> {
  const { rows } = await sql<Succession>`
    select ${entryColumns(successionFields)} from book.succession
     where subject = ${subject} order by county_id, effective_on, from_id, to_id`.execute(tx)
  return rows
}

/**
 * 历史随沿革 — for everyone who was merged or split, whose figures its past filings count as today.
 *
 * Mergers and splits follow each other: A goes up in B, B later in C, so A's past is C's. A filing of the
 * school year whose 1 September lies on or after the last event of its filer counts as its own.
 */
export function followSuccession(successions: readonly Succession[]): Inheritance[] {
  const events = eventsBySource(successions)
  return [...events.values()].flatMap((ofOne) => {
    const [first] = ofOne as [Event, ...Event[]]
    const own = { countyId: first.countyId, filedBy: first.fromId }
    const starts = [0, ...ofOne.map((event) => firstYearFrom(event.day))]
    const segments = ofOne.map((event, index) => ({
      ...own,
      fromYear: starts[index]!,
      toYear: starts[index + 1]!,
      heirs: summed(heirsOf(event, events)),
    }))
    const since = { ...own, fromYear: starts.at(-1)!, toYear: never, heirs: [{ id: own.filedBy, share: 1 }] }
    return [...segments, since]
  })
}

interface Event {
  readonly countyId: number
  readonly fromId: number
  readonly day: string
  readonly heirs: Heir[]
}

const keyOf = (countyId: number, id: number) => `${countyId}/${id}`

function eventsBySource(successions: readonly Succession[]): Map<string, Event[]> {
  const events = new Map<string, Event[]>()
  const inOrder = [...successions].sort((one, other) => (one.effectiveOn < other.effectiveOn ? -1 : 1))
  for (const { countyId, fromId, toId, share, effectiveOn: day } of inOrder) {
    const key = keyOf(countyId, fromId)
    const ofOne = events.get(key) ?? []
    events.set(key, ofOne)
    if (ofOne.at(-1)?.day !== day) ofOne.push({ countyId, fromId, day, heirs: [] })
    ofOne.at(-1)!.heirs.push({ id: toId, share })
  }
  return events
}

/** The heirs of an event, each followed through the later events that befell it; `passed` = whose event of the same day is done. */
function heirsOf(event: Event, events: Map<string, Event[]>, passed: readonly number[] = []): Heir[] {
  const done = [...passed, event.fromId]
  return event.heirs.flatMap(({ id, share }) => {
    const later = events.get(keyOf(event.countyId, id)) ?? []
    const next = later.find(({ day }) => day > event.day || (day === event.day && !done.includes(id)))
    if (!next) return [{ id, share }]
    const heirs = heirsOf(next, events, next.day === event.day ? done : [])
    return heirs.map((heir) => ({ id: heir.id, share: heir.share * share }))
  })
}

function summed(heirs: readonly Heir[]): Heir[] {
  const shares = new Map<number, number>()
  for (const { id, share } of heirs) shares.set(id, (shares.get(id) ?? 0) + share)
  return [...shares].map(([id, share]) => ({ id, share }))
}

/** The first school year whose statistical day lies on or after a day. */
function firstYearFrom(day: string): SchoolYear {
  const year = Number(day.slice(0, 4))
  return day.slice(5) <= '09-01' ? year : year + 1
}
