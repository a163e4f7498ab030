import type { TSchema } from 'typebox'
import { exampleOf } from '../../src/platform/http/example-of.ts'
import type { BooksRoute } from '../../src/records/books.ts'
import type { TrialWorld } from './authorisation-world.ts'
import { slotsOf } from './sample-request.ts'

/** 一例 — one request, whoever makes it. */
export interface Case {
  readonly route: BooksRoute
  readonly url: string
  readonly body?: unknown
}

type Known = Pick<TrialWorld, 'known' | 'knownLists'>
type Named = Readonly<Record<string, unknown>>

/** A named part of a request, and the values worth trying there: the own one first, then a foreign one. */
interface Slot {
  readonly place: 'params' | 'query' | 'body'
  readonly name: string
  readonly values: readonly unknown[]
}

/**
 * 各例 — the ordinary request; one for each other value of each named part; and for each two parts the own in the one
 * with the foreign in the other.
 */
export function casesOf(route: BooksRoute, world: Known): Case[] {
  const { known } = world
  const params = route.params ? (exampleOf(route.params, '', known) as Named) : {}
  const query = route.query ? (exampleOf(route.query, '', known) as Named) : {}
  return bodiesOf(route).flatMap((shape) => {
    const body = shape ? (exampleOf(shape, '', known) as Named) : undefined
    const make = (...filled: readonly [Slot, unknown][]): Case => {
      const at = (place: Slot['place'], base: Named = {}) =>
        Object.assign(
          {},
          base,
          ...filled.flatMap(([slot, value]) => (slot.place === place ? [{ [slot.name]: value }] : [])),
        )
      const url = addressOf(route.path, at('params', params), at('query', query))
      return { route, url, ...(body && { body: at('body', body) }) }
    }
    const slots = [
      ...slotsIn('params', route.params, known),
      ...slotsIn('query', route.query, known),
      ...slotsIn('body', shape, known),
      ...slotsIn('body', shape, world.knownLists),
    ]
    const single = slots.flatMap((slot) => slot.values.map((value) => make([slot, value])))
    const pairs = slots.flatMap((one, at) => slots.slice(at + 1).flatMap((other) => pairsOf(one, other)))
    return distinct([make(), ...single, ...pairs.map((pair) => make(...pair))])
  })
}

function pairsOf(one: Slot, other: Slot): [Slot, unknown][][] {
  const [own, foreign] = one.values
  const [otherOwn, otherForeign] = other.values
  if (one.values.length < 2 || other.values.length < 2) return []
  return [
    [
      [one, own],
      [other, otherForeign],
    ],
    [
      [one, foreign],
      [other, otherOwn],
    ],
  ]
}

function slotsIn(place: Slot['place'], schema: TSchema | undefined, known: TrialWorld['known']): Slot[] {
  return slotsOf(schema, known).map((name) => ({ place, name, values: known[name]! }))
}

/** Of a body with alternatives, one of each; of none, none. */
function bodiesOf({ body }: BooksRoute): (TSchema | undefined)[] {
  return (body as { anyOf?: TSchema[] } | undefined)?.anyOf ?? [body]
}

function distinct(cases: readonly Case[]): Case[] {
  return [...new Map(cases.map((each) => [`${each.url} ${JSON.stringify(each.body)}`, each])).values()]
}

function addressOf(path: string, params: Named, query: Named): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(params[name] ?? 'x')))
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
  return `${filled}${search.size > 0 ? `?${search}` : ''}`
}
