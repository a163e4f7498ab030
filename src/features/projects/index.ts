import type { BooksFeature } from '../../records/books.ts'
import { projectHome } from './home.ts'
import { routes } from './routes.ts'

/** 项目 — which projects add seats, whether a development plan holds them, and whether money and work come in time. */
export const projects: BooksFeature = {
  name: 'projects',
  carries: ['O1.3', 'O1.4'],
  routes,
  home: projectHome,
  refusals: {},
}
