import type { Books } from '../books.ts'
import { holdBooksStill } from '../registry/begin-writing.ts'
import type { Published } from './find-published.ts'
import { publishSeries } from './publish-series.ts'
import type { PublishedValue } from './published-value.ts'
import type { KeptKind } from './read-kept.ts'

/** 留存要求 — whose figures are kept as of which day, and by whom. */
export interface KeepOrder {
  readonly asOf: string
  readonly counties: readonly number[]
  /** All counties, with the city's own id: what is counted looks at their books together, as boards of the city do. */
  readonly seen: readonly number[]
  readonly by: string
}

/** 留存请求 — what is stored and suffices, with the books, to compute again. */
export type KeptRequest = Pick<KeepOrder, 'asOf' | 'counties' | 'seen'>

/** 留存算法 — the values of a request from the books as they were known at a moment. */
export type KeptComputation = (
  books: Books,
  request: KeptRequest,
  knownAt: string,
) => Promise<PublishedValue[]>

/** 留存 — computes from books held still and stores every value with its provenance; returns the publication's number. */
export async function keepSeries(
  books: Books,
  what: KeptKind & { readonly title: string },
  { by, ...request }: KeepOrder,
  compute: KeptComputation,
): Promise<number> {
  const { asOf, seen } = request
  const scope = { counties: seen, asOf }
  const knownAt = await books.db.transaction(scope, (tx) => holdBooksStill(tx, seen))
  const values = await compute(books, request, knownAt)
  const inputs = { plan: what.planVersion, ...request }
  return books.db.transaction(scope, (tx) =>
    publishSeries(tx, { ...what, asOf, knownAt, inputs, request, saidBy: by, values, uncounted: true }),
  )
}

/** 复算 — the values of a publication from its stored request under the plan of its moment, for `recomputeMatches`. */
export async function recomputeKept(
  books: Books,
  { knownAt, request }: Published,
  compute: KeptComputation,
): Promise<PublishedValue[]> {
  const plan = await books.planAt(knownAt)
  return compute({ ...books, plan }, request as unknown as KeptRequest, knownAt)
}
