import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import fc from 'fast-check'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { allRoutes } from '../../src/app/server.ts'
import { openSession } from '../../src/platform/access/session.ts'
import { auditTracing } from '../../src/platform/audit/audit-tracing.ts'
import type { Shape } from '../../src/platform/http/example-of.ts'
import { buildServer } from '../../src/platform/http/serve.ts'
import type { Seat } from './authorisation-accounts.ts'
import { authorisationWorld, type TrialWorld } from './authorisation-world.ts'
import { fuzzedRequest, type Operation, type Seen } from './fuzzed-request.ts'

/** 乱投的结果 — how many requests were made, how they were answered, and everything that must not happen. */
export interface FuzzResult {
  readonly requests: number
  readonly operations: number
  readonly statuses: Readonly<Record<string, number>>
  /** Operations that ever answered with success: a trial in which everything is refused proves little. */
  readonly succeeded: number
  readonly wrong: readonly string[]
}

interface Described extends Operation {
  readonly answers: ReadonlyMap<number, ValidateFunction | undefined>
}

/**
 * 乱投接口 — asks every operation of the served description, as people of every office, for the right, the wrong, the
 * huge and the strange; answers lead to the next requests. Same seed, same requests.
 */
export async function trustFuzz({
  requests,
  seed = 20_240_901,
}: {
  readonly requests: number
  readonly seed?: number
}): Promise<FuzzResult> {
  const world = await authorisationWorld()
  const wrong: string[] = []
  const unhandled = (error: unknown) => wrong.push(`unhandled rejection: ${error}`)
  process.on('unhandledRejection', unhandled)
  const server = await fuzzedServer(world, wrong)
  try {
    const operations = await describedOperations(server)
    return {
      ...(await askAll(server, world, operations, { requests, seed }, wrong)),
      operations: operations.length,
      wrong,
    }
  } finally {
    await server.close()
    await world.close()
    process.off('unhandledRejection', unhandled)
  }
}

function fuzzedServer({ books }: TrialWorld, wrong: string[]): Promise<FastifyInstance> {
  return buildServer({
    routes: allRoutes,
    context: books,
    version: 'test',
    asOf: books.site.generatedUntil,
    tracing: auditTracing(books.db.pool),
    onFault: (_, error) => wrong.push(`fault: ${String((error as Error).stack ?? error).slice(0, 900)}`),
  })
}

async function askAll(
  server: FastifyInstance,
  world: TrialWorld,
  operations: readonly Described[],
  { requests, seed }: { requests: number; seed: number },
  wrong: string[],
) {
  const statuses: Record<string, number> = {}
  const succeeded = new Set<Operation>()
  const seen: Seen = new Map(Object.entries(world.known).map(([name, values]) => [name, [...values]]))
  const admitted = new Map<Operation, Seat>()
  const rounds = Math.ceil(requests / operations.length)
  let count = 0
  for (let round = 0; round < rounds; round += 1)
    for (const [at, operation] of operations.entries()) {
      if (count >= requests) break
      count += 1
      const [request] = fc.sample(fuzzedRequest(operation, seen), { numRuns: 1, seed: seed + count })
      const anybody = world.accounts[(round + at) % world.accounts.length]!
      // Every other time as somebody who got past the door before: what lies behind it is worth trying too.
      const who = (round % 2 === 1 && admitted.get(operation)) || anybody
      const response = await askAs(server, world, who, request!)
      statuses[response.statusCode] = (statuses[response.statusCode] ?? 0) + 1
      if (response.statusCode === 200) succeeded.add(operation)
      if (response.statusCode !== 401 && response.statusCode !== 403) admitted.set(operation, who)
      const problem = problemWith(operation, response)
      if (problem) wrong.push(`${who.name} ${told(request!)}: ${problem}`)
      if (response.statusCode === 200 && isJson(response)) remember(seen, response.json())
    }
  return { requests: count, statuses, succeeded: succeeded.size }
}

const cookies = new Map<string, string>()

/** Somebody whose session a request has ended comes back with a new one; tokens and those turned away stay as they are. */
async function askAs(
  server: FastifyInstance,
  { books }: TrialWorld,
  { account, headers, token, shutOut }: Seat,
  request: InjectOptions,
) {
  const bySession = !token && !shutOut
  if (bySession && !cookies.has(account))
    cookies.set(account, `kuoyou_session=${await openSession(books.db.pool, account)}`)
  const cookie = bySession && cookies.get(account)
  const response = await server.inject({
    ...request,
    headers: { ...headers, ...(cookie && { cookie }), ...request.headers },
  })
  if (response.statusCode === 401 && bySession) cookies.delete(account)
  return response
}

function problemWith(operation: Described, response: LightMyRequestResponse): string | undefined {
  const { statusCode: status, headers, body } = response
  if (status >= 500) return `${status} ${body.slice(0, 300)}`
  // What does not name a route of the description, such as an empty part of a path, is answered as no route at all.
  if (!operation.answers.has(status)) return `${status} is not documented`
  if (headers['set-cookie']?.includes('planted')) return 'a header was planted'
  if (String(headers['content-type']).includes('html')) return 'answered as a page'
  if (status >= 400 && !String(headers['content-type']).startsWith('application/problem+json'))
    return `${status} is not called a problem`
  if (
    /syntax error at|violates .* constraint|relation "|SQLSTATE|node_modules|\bat .*\.ts:\d/.test(
      status >= 400 ? body : '',
    )
  )
    return `tells of its inside: ${body.slice(0, 300)}`
  const fits = operation.answers.get(status)
  if (!fits || !isJson(response)) return undefined
  return fits(response.json())
    ? undefined
    : `${status} ${JSON.stringify(fits.errors?.slice(0, 2))} ${body.slice(0, 300)}`
}

function isJson({ headers }: LightMyRequestResponse): boolean {
  return String(headers['content-type']).includes('json')
}

function told({ method, url, payload }: InjectOptions): string {
  return `${method} ${String(url).slice(0, 300)} ${String(payload ?? '').slice(0, 300)}`
}

/** Numbers and names that answers gave out are asked for in turn. */
function remember(seen: Seen, value: unknown, depth = 0): void {
  if (typeof value !== 'object' || value === null || depth > 4) return
  for (const [name, inner] of Object.entries(value)) {
    if (/Id$|^id$|^account$|^scope$/.test(name) && (typeof inner === 'number' || typeof inner === 'string')) {
      const known = seen.get(name) ?? []
      if (!known.includes(inner)) seen.set(name, [inner, ...known].slice(0, 8))
    }
    remember(seen, inner, depth + 1)
  }
}

interface Part {
  readonly $ref?: string
  readonly content?: Readonly<Record<string, { readonly schema: Shape & { readonly $ref?: string } }>>
}

interface Served {
  readonly paths: Readonly<
    Record<
      string,
      Record<
        string,
        { parameters: Operation['parameters']; requestBody?: Part; responses: Record<string, Part> }
      >
    >
  >
}

async function describedOperations(server: FastifyInstance): Promise<Described[]> {
  const document: Served = (await server.inject({ url: '/api/openapi.json' })).json()
  const ajv = new Ajv2020({ strict: false })
  formats.default(ajv)
  const follow = <T extends { readonly $ref?: string }>(part: T): T =>
    (part.$ref ?? '')
      .split('/')
      .slice(1)
      .reduce((at, key) => (at as never)[key], part.$ref ? document : part) as T
  const checkOf = (part: Part) => {
    const { content } = follow(part)
    const schema = (content?.['application/json'] ?? content?.['application/problem+json'])?.schema
    return schema && ajv.compile(follow(schema))
  }
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters, requestBody, responses }]): Described => {
      const body = requestBody?.content?.['application/json']?.schema
      return {
        method: method.toUpperCase() as Operation['method'],
        path,
        parameters,
        upload: requestBody?.content?.['multipart/form-data'] !== undefined,
        ...(body && { body }),
        answers: new Map(Object.entries(responses).map(([status, part]) => [Number(status), checkOf(part)])),
      }
    }),
  )
}
