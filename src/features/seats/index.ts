import type { BooksFeature } from '../../records/books.ts'
import { forecasting } from './forecast-job.ts'
import { seatsHome } from './home.ts'
import { refusals } from './refusals.ts'
import { routes } from './routes.ts'

export { publishBaseForecast } from './publish-forecast.ts'

/** 学位供需 — how many seats are needed, how many there are, what is missing or empty, and how sure that is. */
export const seats: BooksFeature = {
  name: 'seats',
  carries: ['T1', 'M1.3', 'M1.4', 'M9.1', 'M10.1'],
  routes,
  jobs: [forecasting],
  migrations: new URL('./migrations/', import.meta.url),
  home: seatsHome,
  refusals,
}
