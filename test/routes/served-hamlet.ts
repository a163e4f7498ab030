import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { unitLookUp } from '../../src/app/look-up-units.ts'
import { booksOf } from '../../src/app/open-site.ts'
import { workOnJobs } from '../../src/app/work-on-jobs.ts'
import type { City } from '../../src/demo/build-city.ts'
import { identityRoutes } from '../../src/platform/access/identity-routes.ts'
import { openSession } from '../../src/platform/access/session.ts'
import { auditTracing } from '../../src/platform/audit/audit-tracing.ts'
import { buildServer } from '../../src/platform/http/serve.ts'
import type { Books, BooksRoute } from '../../src/records/books.ts'
import { databaseForTests, demonstrationHamlet } from '../house/database-for-tests.ts'

/** What an account is answered. */
export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came
  readonly body: any
  readonly bytes: Buffer
}

/** A demonstration hamlet behind some rooms' routes, asked without a network. */
export interface ServedHamlet {
  readonly books: Books
  readonly city: City
  /** The schema's owner, who sees under the surface. */
  readonly owner: pg.Pool
  /** The data folder: keys, anchors, files. */
  readonly data: string
  /** The answer to an account; `undefined` asks without signing in. */
  ask(
    account: string | undefined,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    body?: object,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>
  close(): Promise<void>
}

/** Loads a hamlet of its own and serves these routes over it. */
export async function servedHamlet(routes: readonly BooksRoute[]): Promise<ServedHamlet> {
  const database = await databaseForTests('hamlet')
  const { db } = database
  const city = demonstrationHamlet()
  const data = mkdtempSync(join(tmpdir(), 'kuoyou-data-'))
  const books = (await booksOf({ db: database.service }, data)) as Books
  const worker = workOnJobs(books)
  const faults: unknown[] = []
  const server = await buildServer({
    routes: [...identityRoutes, ...routes],
    context: books,
    version: 'test',
    tracing: auditTracing(books.db.pool),
    lookUp: unitLookUp(books),
    onFault: (_, error) => faults.push(error),
  })
  const sessions = new Map<string, Promise<string>>()
  return {
    books,
    city,
    owner: db.pool,
    data,
    ask: async (account, method, url, body, more) => {
      if (account !== undefined && !sessions.has(account)) {
        sessions.set(account, openSession(db.pool, account))
      }
      const token = account === undefined ? undefined : await sessions.get(account)
      const headers =
        token === undefined ? {} : { cookie: `kuoyou_session=${token}`, 'sec-fetch-site': 'same-origin' }
      const response = await server.inject({
        method,
        url,
        headers: { ...headers, ...more },
        ...(body && { payload: body }),
      })
      if (faults.length > 0) throw faults.pop()
      const json = String(response.headers['content-type']).includes('json')
      return {
        status: response.statusCode,
        body: json ? response.json() : undefined,
        bytes: response.rawPayload,
      }
    },
    close: async () => {
      await worker.stop()
      await server.close()
      await database.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}
