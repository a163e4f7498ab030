import { Fault } from '../../kernel/fault.ts'
import { granted, type Result } from '../../kernel/result.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Report } from '../../platform/jobs/jobs.ts'
import { announce } from '../../platform/webhooks/announce.ts'
import type { Books } from '../../records/books.ts'
import { listCounties } from '../../records/registry/reads/list-units.ts'
import type { Published } from '../../records/series/find-published.ts'
import { publishSeries } from '../../records/series/publish-series.ts'
import type { PublishedValue } from '../../records/series/published-value.ts'
import { engineVersion, type ForecastRequest, runForecast, scenarioKey } from './run-forecast.ts'

/** 序列类别 — base forecasts under one kind, each saved scenario under its own. */
export const baseKind = 'seats'
export function scenarioKind(scenarioId: number): string {
  return `${baseKind}.${scenarioKey(scenarioId)}`
}

/** 发布要求 — for whom and as of when; `counties` holds the city's own id when totals are wanted. */
export interface PublishOrder {
  readonly asOf: string
  readonly counties: readonly number[]
  readonly by: string
  readonly report: Report
  readonly signal?: AbortSignal
  readonly assumed?: ForecastRequest['assumed']
  /** Called last in the transaction of the publication. */
  readonly published?: (tx: Tx, seriesId: number) => Promise<void>
}

/**
 * 发布测算 — computes and publishes; returns the number of the publication.
 *
 * For the whole city it has a part per county and one for the totals. For one county it has that county's part
 * alone: the board shows the county's newest part, and says that the totals are older.
 */
export async function publishForecast(books: Books, order: PublishOrder): Promise<Result<number>> {
  const { asOf, counties, assumed } = order
  const request: ForecastRequest = { asOf, counties, seed: seedOf(asOf), ...(assumed && { assumed }) }
  const run = await runForecast(books, request, order)
  if (!run.ok) return run
  order.report(3, 4, '发布结果')
  const seriesId = await books.db.transaction({ counties, asOf }, async (tx) => {
    const published = await publishSeries(tx, {
      kind: assumed ? scenarioKind(assumed.scenarioId) : baseKind,
      title: assumed ? '学位供需情景测算' : '学位供需测算',
      planVersion: books.plan.version,
      engineVersion,
      asOf,
      knownAt: run.value.knownAt,
      inputs: run.value.inputs,
      request: { ...request },
      saidBy: order.by,
      values: run.value.values,
    })
    await announce(tx, 'series.published', { seriesId: published, kind: baseKind, asOf })
    await order.published?.(tx, published)
    return published
  })
  order.report(4, 4, '已发布')
  return granted(seriesId)
}

/** 首次测算 — the base forecast of the whole city, run once when a demonstration city is first loaded. */
export async function publishBaseForecast(
  books: Books,
  { asOf, report }: { readonly asOf: string; readonly report: Report },
): Promise<number> {
  const counties = await books.db.transaction({ counties: [books.site.cityId] }, listCounties)
  const published = await publishForecast(books, {
    asOf,
    counties: counties.map(({ countyId }) => countyId),
    by: '建库',
    report,
  })
  if (!published.ok) throw new Fault(published.refusal.text)
  return published.value
}

/** 复算 — the values of a publication from its stored request, for `recomputeMatches`. */
export async function recomputeForecast(
  books: Books,
  published: Published,
): Promise<readonly PublishedValue[]> {
  const request = published.request as unknown as ForecastRequest
  const run = await runForecast(books, request, { report: () => {}, knownAt: published.knownAt })
  if (!run.ok) throw new Fault(`series ${published.seriesId} cannot be computed again: ${run.refusal.text}`)
  return run.value.values
}

/** The same day draws the same chance: two computations of one state of the books agree. */
function seedOf(asOf: string): number {
  return Number(asOf.replaceAll('-', ''))
}
