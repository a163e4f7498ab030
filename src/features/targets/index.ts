import type { BooksFeature } from '../../records/books.ts'
import { targetHome } from './home.ts'
import { indicatorRoutes } from './indicator-routes.ts'
import { refusals } from './refusals.ts'
import { routes } from './routes.ts'

/** 目标任务 — T1–T12: what they mean, how far each county is, and what is missing. */
export const targets: BooksFeature = {
  name: 'targets',
  carries: ['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8', 'T9', 'T10', 'T11', 'T12'],
  routes: [...routes, ...indicatorRoutes],
  home: targetHome,
  refusals,
}
