import type { Feature } from '../../kernel/feature.ts'
import type { BooksRoute } from '../../records/books.ts'
import { exportRoutes } from './export-routes.ts'
import { paperRoutes } from './papers.ts'
import { pupilActs } from './pupil-acts.ts'
import { refusals } from './refusals.ts'
import { routes } from './routes.ts'

/** 学生个人信息 — pupils as their keepers read them: masked, opened for a purpose, every look on record. */
export const people: Feature<BooksRoute> = {
  name: 'people',
  carries: [],
  routes: [...routes, ...pupilActs, ...exportRoutes, ...paperRoutes],
  migrations: new URL('./migrations/', import.meta.url),
  refusals,
}
