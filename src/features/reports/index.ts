import type { BooksFeature } from '../../records/books.ts'
import { reportsHome } from './home.ts'
import { layingOut } from './lay-out-paper.ts'
import { refusals } from './refusals.ts'
import { routes } from './routes.ts'

/** 报告公文 — papers drawn from the books: every figure bound to its source, approved by two, numbered, recognised when it comes back. */
export const reports: BooksFeature = {
  name: 'reports',
  carries: [],
  routes,
  jobs: [layingOut],
  refusals,
  home: reportsHome,
}

export { issuePast } from './issue-past.ts'
