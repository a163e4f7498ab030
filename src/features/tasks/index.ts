import type { BooksFeature } from '../../records/books.ts'
import { taskHome } from './home.ts'
import { routes } from './routes.ts'

/** 任务与责任 — every item of the plan in every county: who, by which measure, until when, and how it stands by the books. */
export const tasks: BooksFeature = {
  name: 'tasks',
  carries: ['M7.4', 'O1.1'],
  routes,
  home: taskHome,
  refusals: {},
}
