import type { BooksFeature } from '../../records/books.ts'
import { refusals } from './refusals.ts'
import { routes } from './routes.ts'

/** 口径与参数 — the plan's dated parameters, and what a change of one would flip before it is made. */
export const parameters: BooksFeature = {
  name: 'parameters',
  carries: [],
  routes,
  refusals,
}
