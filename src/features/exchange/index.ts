import type { Feature } from '../../kernel/feature.ts'
import type { BooksJob, BooksRoute } from '../../records/books.ts'
import { exporting } from './export/export-job.ts'
import { exportRoutes } from './export/export-routes.ts'
import { applying, judging } from './import/import-jobs.ts'
import { importRoutes } from './import/import-routes.ts'
import { refusals } from './refusals.ts'

/** 导入导出 — registers in and out as the bureau's clerks do it. */
export const exchange: Feature<BooksRoute, BooksJob> = {
  name: 'exchange',
  carries: [],
  routes: [...importRoutes, ...exportRoutes],
  jobs: [judging, applying, exporting],
  migrations: new URL('./migrations/', import.meta.url),
  refusals,
}
