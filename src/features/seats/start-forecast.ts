import { granted, type Result, refused } from '../../kernel/result.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import { type Books, bookDay } from '../../records/books.ts'
import { listCounties } from '../../records/registry/reads/list-units.ts'
import { forecasting } from './forecast-job.ts'
import type { RefusalCode } from './refusals.ts'
import type { ForecastRequest } from './run-forecast.ts'
import { findScenario } from './store.ts'

/**
 * 开始测算 — a job that computes and publishes: the whole city, one county, or a saved scenario for its own place.
 *
 * The day may not lie ahead of the books; a place outside the visitor's scope is not found.
 */
export async function startForecast(
  books: Books,
  visitor: Visitor,
  wanted: {
    readonly asOf?: string | undefined
    readonly county?: number | undefined
    readonly scenarioId?: number
  },
): Promise<Result<{ jobId: string }> | NotFound> {
  const asOf = wanted.asOf ?? bookDay(books.site)
  if (asOf > bookDay(books.site)) return aheadOfBooks(asOf, bookDay(books.site))
  const assumed =
    wanted.scenarioId === undefined ? undefined : await assumedOf(books, visitor, wanted.scenarioId)
  if (wanted.scenarioId !== undefined && !assumed) return notFound
  const own = visitor.counties.includes(books.site.cityId) ? books.site.cityId : visitor.counties[0]
  const place = assumed?.countyId ?? wanted.county ?? own
  if (place === undefined || !visitor.counties.includes(place)) return notFound
  const counties = place === books.site.cityId ? await allCounties(books, visitor) : [place]
  const title = assumed ? `测算情景“${assumed.name}”` : '测算学位供需'
  const input = { asOf, counties, by: visitor.name, ...(assumed && { assumed: assumed.request }) }
  const jobId = await books.db.transaction({ counties }, (tx) =>
    enqueue(tx, forecasting, { title, owner: visitor.account, input }),
  )
  return granted({ jobId })
}

async function assumedOf(books: Books, visitor: Visitor, scenarioId: number) {
  const saved = await books.db.transaction({ counties: visitor.counties }, (tx) =>
    findScenario(tx, scenarioId),
  )
  if (!saved) return undefined
  const { revision, author, assumptions, countyId, name } = saved
  const request: NonNullable<ForecastRequest['assumed']> = { scenarioId, revision, author, assumptions }
  return { countyId, name, request }
}

async function allCounties(books: Books, visitor: Visitor): Promise<number[]> {
  const counties = await books.db.transaction({ counties: visitor.counties }, listCounties)
  return counties.map(({ countyId }) => countyId)
}

function aheadOfBooks(asOf: string, last: string) {
  return refused({
    code: 'seats.as-of-future' satisfies RefusalCode,
    text: `测算日 ${asOf}—晚于台账的最后一天 ${last}，台账还不能回答—请改为不晚于 ${last} 的日期。`,
  })
}
