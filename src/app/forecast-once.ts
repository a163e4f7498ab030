import { publishBaseForecast } from '../features/seats/index.ts'
import type { Report } from '../platform/jobs/jobs.ts'
import { type Books, bookDay } from '../records/books.ts'
import { latestPublished } from '../records/series/find-published.ts'

/** 首次测算 — a demonstration city opens with its seats computed; later starts find them published. */
export async function forecastOnce(books: Books, report: Report): Promise<void> {
  const asOf = bookDay(books.site)
  const scope = { counties: [books.site.cityId], asOf }
  const published = await books.db.transaction(scope, (tx) => latestPublished(tx, 'seats', asOf))
  if (published.length > 0) return
  await publishBaseForecast(books, {
    asOf,
    report: (done, total, note = '') => report(done, total, `测算学位供需：${note}`),
  })
}
