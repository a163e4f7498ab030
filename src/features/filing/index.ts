import type { BooksFeature } from '../../records/books.ts'
import { followUpRoutes } from './follow-up-routes.ts'
import { filingHome } from './home.ts'
import { refusals } from './refusals.ts'
import { routes } from './routes.ts'
import { sheetRoutes } from './sheet-routes.ts'
import { workbookRoutes } from './workbook/workbook-routes.ts'

/** 填报采集 — forms filled once, checked as they are written, approved level by level, entered into the books. */
export const filing: BooksFeature = {
  name: 'filing',
  carries: ['M7.2'],
  routes: [...routes, ...followUpRoutes, ...sheetRoutes, ...workbookRoutes],
  home: filingHome,
  refusals,
}
