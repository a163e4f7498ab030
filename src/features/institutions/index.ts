import type { BooksFeature } from '../../records/books.ts'
import { institutionHome } from './home.ts'
import { refusals } from './refusals.ts'
import { routes } from './routes.ts'

/** 机构与一校一档 — the registers as people read them, and the acts that change them. */
export const institutions: BooksFeature = {
  name: 'institutions',
  carries: [],
  routes,
  home: institutionHome,
  refusals,
}
