import { booksOf } from '../../src/app/open-site.ts'
import { platformServer } from '../../src/app/server.ts'
import { openService } from '../../src/platform/db/open-database.ts'
import type { Books } from '../../src/records/books.ts'

/** A platform of its own process over a database that is already there: what a trial kills. */
const [connection, data, port] = process.argv.slice(2)
const db = openService(JSON.parse(connection as string))
const books = (await booksOf({ db }, data)) as Books
const server = await platformServer(books, undefined, data)
await server.listen({ host: '127.0.0.1', port: Number(port) })
process.stdout.write('ready\n')
