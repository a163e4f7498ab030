import { booksJob } from '../../records/books.ts'
import { baseScenarios } from './contract.ts'
import { type PublishOrder, publishForecast } from './publish-forecast.ts'

/** 测算任务 — computes and publishes; the publication and the job's end are one transaction. */
export const forecasting = booksJob<Pick<PublishOrder, 'asOf' | 'counties' | 'by' | 'assumed'>>({
  kind: 'seats.forecast',
  run: ({ context, input, report, signal, finish }) =>
    publishForecast(context, {
      ...input,
      report,
      signal,
      published: (tx, seriesId) =>
        finish(tx, { seriesId, scenarios: input.assumed ? 1 : baseScenarios.length }),
    }),
})
