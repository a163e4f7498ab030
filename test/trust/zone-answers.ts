import { createHash } from 'node:crypto'
import { goldenReads } from '../../src/app/golden-reads.ts'
import { booksOf } from '../../src/app/open-site.ts'
import { allRoutes, platformServer } from '../../src/app/server.ts'
import { openService } from '../../src/platform/db/open-database.ts'
import type { Books } from '../../src/records/books.ts'
import { requestFor } from './sample-request.ts'

/** A platform of its own process, in whatever zone it was started: what it answers to every reading, as check values. */
const [connection, data, cookie, known] = process.argv.slice(2) as [string, string, string, string]
const db = openService(JSON.parse(connection))
const books = (await booksOf({ db }, data)) as Books
const server = await platformServer(books, undefined, data)
const answers: Record<string, string> = { ...(await goldenReads(db)) }
for (const route of allRoutes.filter(({ method }) => method === 'GET')) {
  const { statusCode, body } = await server.inject(
    requestFor(route, JSON.parse(known), { cookie, 'sec-fetch-site': 'same-origin' }),
  )
  answers[`${route.path} ${statusCode}`] = createHash('sha256').update(body).digest('hex')
}
await server.close()
await db.close()
process.stdout.write(JSON.stringify(answers))
