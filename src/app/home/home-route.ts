import { signedIn } from '../../platform/access/policy.ts'
import { booksRoute } from '../../records/books.ts'
import { house } from '../house.ts'
import { gatherHome, type NamedSource } from './gather-home.ts'
import { HomeAnswer, HomeQuery } from './home-contract.ts'
import { platformHome } from './platform-home.ts'

/** 工作台的全部来源 — the rooms in the order of the house, then the platform. */
export const homeSources: readonly NamedSource[] = [
  ...house.flatMap(({ name, home }) => (home ? [{ name, home }] : [])),
  ...platformHome,
]

/** 工作台接口. */
export const homeRoute = booksRoute({
  method: 'GET',
  path: '/api/home',
  summary: '工作台：本人的卡片（数、变化、一个动作）、待办和近日办的事',
  may: signedIn,
  query: HomeQuery,
  answer: HomeAnswer,
  handle: ({ context, visitor, query: { source } }) =>
    gatherHome(homeSources, context, visitor, logFault, source),
})

function logFault(name: string, error: unknown): void {
  process.stderr.write(
    `${new Date().toISOString()} home ${name} ${(error as Error).stack ?? String(error)}\n`,
  )
}
