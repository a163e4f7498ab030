import type { BooksFeature } from '../../records/books.ts'
import { routes } from './routes.ts'

/** 覆盖任务 — "every X has a Y": who has, who has not and why, in every county, on any day. */
export const coverage: BooksFeature = {
  name: 'coverage',
  carries: [
    'T10',
    'M1.5',
    'M3.2',
    'M6.2',
    'M7.3',
    'M8.7',
    'M10.3',
    'M10.5',
    'M13.1',
    'M13.2',
    'M14.3',
    'M14.7',
    'M18.7',
    'M18.14',
    'M18.15',
    'M21.1',
    'M23.5',
    'M25.4',
    'M25.5',
    'M25.7',
    'O1.1',
    'O1.3',
    'O2.2',
  ],
  routes,
  refusals: {},
}
