import type { FastifyInstance } from 'fastify'
import type { TSchema } from 'typebox'
import { allRoutes } from '../../src/app/server.ts'
import { identityRoutes } from '../../src/platform/access/identity-routes.ts'
import { signedIn } from '../../src/platform/access/policy.ts'
import { exampleOf } from '../../src/platform/http/example-of.ts'
import { buildServer } from '../../src/platform/http/serve.ts'
import type { BooksRoute } from '../../src/records/books.ts'
import { authorisationWorld, type TrialAccount, type TrialWorld } from './authorisation-world.ts'
import { slotsOf } from './sample-request.ts'
import { textWithin } from './text-within.ts'

/** 越权检查的结果 — how many requests were made, what got through that must not, and what broke. */
export interface MatrixResult {
  readonly routes: number
  readonly cases: number
  readonly leaks: readonly string[]
  readonly faults: readonly string[]
  /** Requests that were answered with data: a matrix in which nobody sees anything proves nothing. */
  readonly answered: number
}

interface Case {
  readonly route: BooksRoute
  readonly url: string
  readonly body?: unknown
}

/** Acts are asked for and taken back: the next case must find the world as it was. */
class TakenBack extends Error {}

/**
 * 越权矩阵 — every route × every account × own and foreign objects in the path, the query and the body.
 *
 * Who is shut out must be turned away; a role the policy does not name must be; and whatever is answered may hold no
 * word of another county or school. With `checksRemoved` every handler believes its visitor may do everything
 * everywhere: what is still kept back, the database keeps back. `every` takes only each n-th case.
 */
export async function authorisationMatrix({
  checksRemoved = false,
  every = 1,
  routes = allRoutes,
}: {
  readonly checksRemoved?: boolean
  readonly every?: number
  readonly routes?: readonly BooksRoute[]
} = {}): Promise<MatrixResult> {
  const world = await authorisationWorld()
  const faults: string[] = []
  const answers: string[] = []
  const heard = routes.map((route) => overheard(checksRemoved ? trusting(route, world) : route, answers))
  const server = await trialServer(world, heard, faults, checksRemoved)
  const cases = routes.flatMap((route) => casesOf(route, world))
  const leaks: string[] = []
  let count = 0
  let answered = 0
  try {
    for (const [at, each] of cases.entries()) {
      for (const [of, account] of world.accounts.entries()) {
        if ((at + of) % every !== 0 || !tried(each.route, account, checksRemoved)) continue
        count += 1
        answers.length = 0
        const reached = await ask(server, each, account, answers)
        if (reached.status < 300) answered += 1
        const wrong = checksRemoved
          ? leakOf(reached.text, each, account)
          : (wrongDoor(each, account, reached.status) ?? leakOf(reached.text, each, account))
        if (wrong) leaks.push(`${account.name} ${each.route.method} ${each.url}: ${wrong}`)
      }
    }
  } finally {
    await server.close()
    await world.close()
  }
  return { routes: routes.length, cases: count, leaks, faults, answered }
}

const identity = new Set<BooksRoute>(identityRoutes)

/**
 * Accounts, sessions and grants belong to no county and are written outside the transaction that is taken back: of
 * their acts only the doors are tried, by those who must find them shut.
 */
function tried(route: BooksRoute, account: TrialAccount, checksRemoved: boolean): boolean {
  if (!identity.has(route)) return true
  if (checksRemoved) return false
  return route.method === 'GET' || mustBeTurnedAway(route, account)
}

function mustBeTurnedAway({ may: { roles } }: BooksRoute, account: TrialAccount): boolean {
  if (roles === 'anyone') return false
  return account.shutOut === true || (roles !== 'signed-in' && !roles.includes(account.role))
}

function trialServer(
  world: TrialWorld,
  routes: readonly BooksRoute[],
  faults: string[],
  checksRemoved: boolean,
): Promise<FastifyInstance> {
  return buildServer({
    routes,
    context: world.books,
    version: 'test',
    asOf: world.books.site.generatedUntil,
    tracing: {
      within: async () => {
        throw new TakenBack()
      },
      apart: async () => {},
    },
    onFault: (_, error) => {
      if (!(error instanceof TakenBack) && !(checksRemoved && isWall(error)))
        faults.push(String((error as Error).stack ?? error))
    },
  })
}

/** Writing beyond one's scope, the database says no: with the application's checks in place nobody gets this far. */
function isWall(error: unknown): boolean {
  return (error as { code?: string }).code === '42501'
}

/** What an act would have answered is heard before it is taken back. */
function overheard(route: BooksRoute, answers: string[]): BooksRoute {
  if (route.method === 'GET' && !route.traced) return route
  return {
    ...route,
    handle: async (call) => {
      const value = await route.handle(call)
      answers.push(JSON.stringify(value))
      return value
    },
  }
}

function trusting(route: BooksRoute, world: TrialWorld): BooksRoute {
  return {
    ...route,
    may: route.may.roles === 'anyone' ? route.may : signedIn,
    handle: (call) => {
      const { institutions: _, ...visitor } = call.visitor
      const anybody = { ...visitor, role: 'city-planning-finance', counties: world.everyCounty }
      return route.handle({ ...call, visitor: anybody })
    },
  }
}

/** The ordinary request, and one for each other value of each named part. */
function casesOf(route: BooksRoute, { known }: TrialWorld): Case[] {
  const bodies = bodiesOf(route, known)
  const params = sampled(route.params, known)
  const query = sampled(route.query, known)
  const made = (p = params, q = query, body = bodies[0]): Case => ({
    route,
    url: addressOf(route.path, p, q),
    ...(body !== undefined && { body }),
  })
  const others = (slots: readonly string[], make: (slot: string, value: unknown) => Case) =>
    slots.flatMap((slot) => known[slot]!.map((value) => make(slot, value)))
  return [
    ...bodies.map((body) => made(params, query, body)),
    ...(bodies.length === 0 ? [made()] : []),
    ...others(slotsOf(route.params, known), (slot, value) => made({ ...params, [slot]: value })),
    ...others(slotsOf(route.query, known), (slot, value) => made(params, { ...query, [slot]: value })),
    ...bodies.flatMap((body) =>
      others(
        Object.keys(body).filter((name) => Object.hasOwn(known, name)),
        (slot, value) => made(params, query, { ...body, [slot]: value }),
      ),
    ),
  ]
}

type Named = Record<string, unknown>

function sampled(schema: TSchema | undefined, known: TrialWorld['known']): Named {
  return schema ? (exampleOf(schema, '', known) as Named) : {}
}

/** Of a body with alternatives, one of each. */
function bodiesOf(route: BooksRoute, known: TrialWorld['known']): Named[] {
  if (!route.body) return []
  const alternatives = (route.body as { anyOf?: TSchema[] }).anyOf ?? [route.body]
  return alternatives.map((each) => sampled(each, known))
}

function addressOf(path: string, params: Named, query: Named): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(params[name] ?? 'x')))
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
  return `${filled}${search.size > 0 ? `?${search}` : ''}`
}

async function ask(
  server: FastifyInstance,
  { route, url, body }: Case,
  { cookie }: TrialAccount,
  answers: readonly string[],
): Promise<{ status: number; text: string }> {
  const response = await server.inject({
    method: route.method,
    url,
    headers: { 'sec-fetch-site': 'same-origin', ...(cookie && { cookie }) },
    ...(body !== undefined && { payload: body as object }),
  })
  const taken = answers.length > 0
  return {
    status: taken ? 200 : response.statusCode,
    text: [await textWithin(response.rawPayload), ...answers].join('\n'),
  }
}

/** Who must be turned away at the door and was not. */
function wrongDoor({ route }: Case, account: TrialAccount, status: number): string | undefined {
  if (!mustBeTurnedAway(route, account)) return undefined
  const due = account.shutOut ? 401 : 403
  return status === due ? undefined : `${status} instead of ${due}`
}

/** Keepers look after everybody's grants, and a grant names its institutions. */
function leakOf(
  text: string,
  { route, url, body }: Case,
  { role, forbidden }: TrialAccount,
): string | undefined {
  if (identity.has(route) && role.endsWith('-administrator')) return undefined
  // What the asker sent may be said back to them.
  const said = `${decodeURIComponent(url)} ${JSON.stringify(body)}`
  const found = forbidden.find((word) => text.includes(word) && !said.includes(word))
  return found && `tells of ${found}`
}
