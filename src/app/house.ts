import { cases } from '../features/cases/index.ts'
import { coverage } from '../features/coverage/index.ts'
import { exchange } from '../features/exchange/index.ts'
import { filing } from '../features/filing/index.ts'
import { institutions } from '../features/institutions/index.ts'
import { parameters } from '../features/parameters/index.ts'
import { people } from '../features/people/index.ts'
import { projects } from '../features/projects/index.ts'
import { reports } from '../features/reports/index.ts'
import { seats } from '../features/seats/index.ts'
import { supervision } from '../features/supervision/index.ts'
import { targets } from '../features/targets/index.ts'
import { tasks } from '../features/tasks/index.ts'
import type { BooksFeature } from '../records/books.ts'

/** 各功能室 — the rooms of the house, in the order of the navigation. */
export const house: readonly BooksFeature[] = [
  seats,
  targets,
  tasks,
  projects,
  cases,
  coverage,
  institutions,
  people,
  exchange,
  filing,
  supervision,
  parameters,
  reports,
]
