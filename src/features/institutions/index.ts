import type { Feature } from '../../kernel/feature.ts'
import type { BooksRoute } from '../../records/books.ts'
import { refusals } from './refusals.ts'
import { routes } from './routes.ts'

/** 机构与一校一档 — the registers as people read them, and the acts that change them. */
export const institutions: Feature<BooksRoute> = { name: 'institutions', carries: [], routes, refusals }
