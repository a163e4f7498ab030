import type { BooksFeature } from '../../records/books.ts'
import { targetHome } from './home.ts'
import { indicatorRoutes } from './indicator-routes.ts'
import { refusals } from './refusals.ts'
import { routes } from './routes.ts'

/** 目标任务 — T1–T12: what they mean, how far each county is, and what is missing; it carries those whose figure can be counted. */
export const targets: BooksFeature = {
  name: 'targets',
  carries: ['T1', 'T3', 'T4', 'T5', 'T9', 'T10'],
  routes: [...routes, ...indicatorRoutes],
  home: targetHome,
  refusals,
}
