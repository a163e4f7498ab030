import type { Feature } from '../../kernel/feature.ts'
import type { BooksRoute } from '../../records/books.ts'
import { exportRoutes } from './export/export-routes.ts'
import { importRoutes } from './import/import-routes.ts'
import { refusals } from './refusals.ts'

/** 导入导出 — registers in and out as the bureau's clerks do it. */
export const exchange: Feature<BooksRoute> = {
  name: 'exchange',
  carries: [],
  routes: [...importRoutes, ...exportRoutes],
  migrations: new URL('./migrations/', import.meta.url),
  refusals,
}
