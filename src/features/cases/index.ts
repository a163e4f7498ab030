import type { BooksFeature } from '../../records/books.ts'
import { routes } from './routes.ts'

export { dueCaseDay } from './due-case-day.ts'

/** 好做法案例库 — what worked, with the same indicator before and after. */
export const cases: BooksFeature = { name: 'cases', carries: ['O3.1'], routes, refusals: {} }
