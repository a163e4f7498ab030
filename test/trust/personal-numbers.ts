import type { FastifyInstance, InjectOptions } from 'fastify'
import { sql } from 'kysely'
import type { TSchema } from 'typebox'
import Type from 'typebox'
import { allRoutes } from '../../src/app/server.ts'
import { signedIn } from '../../src/platform/access/policy.ts'
import { auditTracing } from '../../src/platform/audit/audit-tracing.ts'
import { flatObject } from '../../src/platform/http/flat-object.ts'
import { buildServer } from '../../src/platform/http/serve.ts'
import { loggingOptions, logRequests } from '../../src/platform/watch/log.ts'
import { type BooksRoute, booksRoute } from '../../src/records/books.ts'
import { checkDigit } from '../../src/records/people/identity/resident-id.ts'
import { seededNumber, seededPhone } from './authorisation-belongings.ts'
import type { TrialWorld } from './authorisation-world.ts'
import { requestFor } from './sample-request.ts'
import { textWithin } from './text-within.ts'

const seventeen = '41042219850714123'

/** 要找的号码 — those of the planted children, and of nobody: a resident's number and a telephone an asker may type. */
export const numbers: readonly string[] = [
  ...[0, 1].flatMap((serial) => [seededNumber(serial), seededPhone(serial)]),
  `${seventeen}${checkDigit(seventeen)}`,
  '13837512345',
]

/** 试验用的服务 — the platform's routes and one whose SQL fails on what it is given, with every line it logs. */
export async function numberedServer(
  world: TrialWorld,
): Promise<{ server: FastifyInstance; logged: string[] }> {
  const logged: string[] = []
  const server: FastifyInstance = await buildServer({
    routes: [...allRoutes, failing],
    context: world.books,
    version: 'test',
    asOf: world.books.site.generatedUntil,
    tracing: auditTracing(world.books.db.pool),
    logging: loggingOptions({ write: (line) => void logged.push(line) }),
    watch: logRequests,
    onFault: (trace, err) => server.log.error({ trace, err }, 'fault'),
  })
  return { server, logged }
}

/** PostgreSQL says in its message what it could not read. */
const failing = booksRoute({
  method: 'POST',
  path: '/api/planted-fault',
  summary: '植入的错误',
  may: signedIn,
  body: Type.Object({ text: Type.String() }),
  answer: Type.Null(),
  handle: ({ context, body, scope }) =>
    context.db.transaction(scope(), async (tx) => {
      await sql`select ${body.text}::integer`.execute(tx)
      return null
    }),
})

/** 夹带号码的请求 — every route asked with a number in its path, its query, every text of its body, and as a field nobody knows. */
export function requestsWith(number: string, world: TrialWorld, headers: Readonly<Record<string, string>>) {
  return [...allRoutes, failing].flatMap((route): InjectOptions[] => {
    const plain = requestFor(route, world.known, headers)
    const path = route.path.replaceAll(/\{\w+\}/g, number)
    const query = Object.fromEntries(fieldsOf(route.query).map((name) => [name, number]))
    const search = new URLSearchParams({ ...query, [number]: number })
    const filled = { ...(plain.payload as object), ...textsOf(route, number), [number]: number }
    return [
      { ...plain, url: path },
      { ...plain, url: `${path}?${search}` },
      ...(route.body ? [{ ...plain, payload: textsIn(plain.payload, number) as object }] : []),
      ...(route.body ? [{ ...plain, payload: filled }] : []),
    ]
  })
}

function fieldsOf(schema: TSchema | undefined): string[] {
  return schema ? Object.keys(flatObject(schema).properties) : []
}

function textsOf({ body }: BooksRoute, number: string) {
  return Object.fromEntries(fieldsOf(body).map((name) => [name, number]))
}

function textsIn(value: unknown, number: string): unknown {
  if (typeof value === 'string') return number
  if (Array.isArray(value)) return value.map((each) => textsIn(each, number))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, textsIn(each, number)]))
}

/** 号码试验的结果. */
export interface NumbersFound {
  readonly requests: number
  readonly refused: number
  readonly inReplies: readonly string[]
  readonly inLog: readonly string[]
  readonly logLines: number
  /** Of the fault planted, which is there to be logged. */
  readonly planted: number
  /** Every other answer that told of a fault. */
  readonly faults: readonly string[]
}

/** 到处找号码 — asks every route with every number as each of these accounts, and looks for the numbers in error replies and in the log. */
export async function lookForNumbers(world: TrialWorld, names: readonly string[]): Promise<NumbersFound> {
  const { server, logged } = await numberedServer(world)
  const inReplies: string[] = []
  let requests = 0
  let refused = 0
  let planted = 0
  const faults: string[] = []
  for (const name of names) {
    const { headers } = world.accounts.find((each) => each.name === name)!
    for (const number of numbers)
      for (const request of requestsWith(number, world, headers)) {
        // The account itself must be there for the next request.
        if (/^\/api\/(session|security)/.test(String(request.url)) && request.method !== 'GET') continue
        const response = await server.inject(request)
        requests += 1
        if (response.statusCode < 400) continue
        refused += 1
        const asked = `${name} ${request.method} ${request.url}`
        if (response.statusCode >= 500 && String(request.url).startsWith(failing.path)) planted += 1
        else if (response.statusCode >= 500) faults.push(asked)
        const text = await textWithin(response.rawPayload)
        const found = numbers.find((each) => text.includes(each))
        if (found) inReplies.push(`${asked} ${response.statusCode}: ${text.slice(0, 200)}`)
      }
  }
  await server.close()
  const lines = logged.join('')
  const inLog = numbers.filter((each) => lines.includes(each))
  return { requests, refused, inReplies, inLog, logLines: logged.length, planted, faults }
}

/** 逐表找 — every row of every table as text, as a dump would write it: which tables hold one of these words, as text or as bytes. */
export async function tablesWith(
  owner: TrialWorld['owner'],
  words: readonly string[],
  schemas = '%',
): Promise<string[]> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema') and schemaname like $1`,
    [schemas],
  )
  const patterns = words.flatMap((word) => [`%${word}%`, `%${Buffer.from(word).toString('hex')}%`])
  const found: string[] = []
  for (const { name } of tables) {
    const { rowCount } = await owner.query(`select from ${name} as t where t::text like any ($1) limit 1`, [
      patterns,
    ])
    if (rowCount) found.push(name)
  }
  return found
}
