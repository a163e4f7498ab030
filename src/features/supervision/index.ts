import type { BooksFeature } from '../../records/books.ts'
import { complaintRoutes } from './complaints/complaint-routes.ts'
import { drawRoutes } from './draws/draw-routes.ts'
import { findingsHome } from './home.ts'
import { judgingRules } from './judge-rules-job.ts'
import { refusals } from './refusals.ts'
import { routes } from './routes.ts'
import { visitRoutes } from './visit-routes.ts'

export { forgetComplaints } from './complaints/forget-complaints.ts'
export { sealedComplaints } from './complaints/sealed-complaints.ts'
export { openByRules, openDaily } from './open-by-rules.ts'

/** 督导整改 — what was found is handed over with a deadline, mended, looked at by others and crossed off. */
export const supervision: BooksFeature = {
  name: 'supervision',
  carries: ['M4.3', 'M4.4', 'M4.5', 'M6.3', 'O2.1', 'O2.3', 'O2.4'],
  routes: [...routes, ...visitRoutes, ...drawRoutes, ...complaintRoutes],
  migrations: new URL('./migrations/', import.meta.url),
  jobs: [judgingRules],
  home: findingsHome,
  refusals,
}
