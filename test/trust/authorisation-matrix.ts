import type { FastifyInstance } from 'fastify'
import { unitLookUp } from '../../src/app/look-up-units.ts'
import { allRoutes } from '../../src/app/server.ts'
import { identityRoutes } from '../../src/platform/access/identity-routes.ts'
import { signedIn } from '../../src/platform/access/policy.ts'
import { type Answer, answerOf, isFile } from '../../src/platform/http/answer.ts'
import { buildServer } from '../../src/platform/http/serve.ts'
import type { BooksRoute } from '../../src/records/books.ts'
import { type Case, casesOf } from './authorisation-cases.ts'
import { doors, everyInstitution, everyStage } from './authorisation-doors.ts'
import { authorisationWorld, type TrialAccount, type TrialWorld } from './authorisation-world.ts'
import { textWithin } from './text-within.ts'

/** 越权检查的结果 — how many requests were made, what got through that must not, and what broke. */
export interface MatrixResult {
  readonly routes: number
  readonly accounts: number
  readonly cases: number
  readonly leaks: readonly string[]
  readonly faults: readonly string[]
  /** Requests that were answered with data: a matrix in which nobody sees anything proves nothing. */
  readonly answered: number
}

/** Acts are asked for and taken back: the next case must find the world as it was. */
class TakenBack extends Error {}

/**
 * 越权矩阵 — every route × every account × own and foreign objects in the path, the query and the body, alone and in pairs.
 *
 * Who is shut out must be turned away; a role that stands not at the door must be; and whatever is answered may hold
 * no word of what is not the asker's: a refusal may say back what was sent, a success may not even that. No answer but
 * the one made for it holds a personal number in plain. With
 * `checksRemoved` every handler believes its visitor may do everything everywhere: what is still kept back, the
 * database keeps back. `every` takes only each n-th case.
 */
export async function authorisationMatrix({
  checksRemoved = false,
  every = 1,
  routes = allRoutes,
  inWorld,
}: {
  readonly checksRemoved?: boolean
  readonly every?: number
  readonly routes?: readonly BooksRoute[]
  readonly inWorld?: TrialWorld
} = {}): Promise<MatrixResult> {
  const world = inWorld ?? (await authorisationWorld())
  const faults: string[] = []
  const answers: Heard[] = []
  const heard = routes.map((route) => overheard(checksRemoved ? trusting(route, world) : route, answers))
  const server = await trialServer(world, heard, faults, checksRemoved)
  const cases = routes.flatMap((route) => casesOf(route, world))
  const accounts = checksRemoved ? onePerScope(world.accounts) : world.accounts
  const leaks: string[] = []
  let count = 0
  let answered = 0
  try {
    for (const [at, each] of cases.entries()) {
      for (const [of, account] of accounts.entries()) {
        if ((at + of) % every !== 0 || !tried(each.route, account, checksRemoved)) continue
        count += 1
        answers.length = 0
        const reached = await ask(server, each, account, answers)
        if (reached.status < 300) answered += 1
        const wrong =
          unmasked(reached, each, world.plain) ??
          (checksRemoved
            ? leakOf(reached, each, account, account.beyondWall)
            : (wrongDoor(each, account, reached.status) ?? leakOf(reached, each, account, account.forbidden)))
        if (wrong) leaks.push(`${account.name} ${each.route.method} ${each.url}: ${wrong}`)
      }
    }
  } finally {
    await server.close()
    if (!inWorld) await world.close()
  }
  return { routes: routes.length, accounts: accounts.length, cases: count, leaks, faults, answered }
}

/** Before the database alone an office is nothing but its scope, and whoever is shut out proves nothing. */
function onePerScope(accounts: readonly TrialAccount[]): TrialAccount[] {
  const inOffice = accounts.filter(({ shutOut }) => !shutOut)
  const scopes = Map.groupBy(inOffice, ({ shares, beyondWall }) => JSON.stringify([shares, beyondWall]))
  return [...scopes.values()].map(([first]) => first!)
}

const identity = new Set<BooksRoute>(identityRoutes)
const isIdentity = ({ path, method }: BooksRoute) =>
  [...identity].some((each) => each.path === path && each.method === method)

/**
 * Accounts, sessions and grants belong to no county and are written outside the transaction that is taken back: of
 * their acts only the doors are tried, by those who must find them shut.
 */
function tried(route: BooksRoute, account: TrialAccount, checksRemoved: boolean): boolean {
  if (checksRemoved) return !isIdentity(route)
  return !isIdentity(route) || route.method === 'GET' || dueStatus(route, account) !== undefined
}

/** With what whoever must not pass is turned away; undefined for whoever may. */
function dueStatus({ may, method }: BooksRoute, account: TrialAccount): 401 | 403 | undefined {
  const door = `${may.thing}.${may.act}`
  const allowed = doors[door]
  if (allowed === undefined)
    throw new Error(`nobody wrote down who may pass ${door}: see authorisation-doors.ts`)
  const { token, shutOut, role, shares } = account
  if (token && (!token.scopes.includes(door) || (token.readOnly && method !== 'GET'))) return 403
  if (allowed === 'anyone') return undefined
  if (shutOut) return 401
  if (allowed === 'signed-in') return undefined
  const held = shares.length > 0 ? shares : [{ role }]
  const passes = (share: (typeof held)[number]) =>
    allowed.includes(share.role ?? role) &&
    !(everyStage.has(door) && 'stages' in share && share.stages) &&
    !(everyInstitution.has(door) && 'institutions' in share && share.institutions)
  return held.some(passes) ? undefined : 403
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
    lookUp: unitLookUp(world.books),
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

interface Heard {
  readonly status: number
  readonly text: string
}

/** What an act would have answered is heard before it is taken back. */
function overheard(route: BooksRoute, answers: Heard[]): BooksRoute {
  if (route.method === 'GET' && !route.traced) return route
  return {
    ...route,
    handle: async (call) => {
      const value = await route.handle(call)
      answers.push(await heardOf(answerOf(value)))
      return value
    },
  }
}

async function heardOf(answer: Answer | ReturnType<typeof answerOf>): Promise<Heard> {
  if (!isFile(answer)) return { status: answer.status, text: JSON.stringify(answer.body) }
  const content = Buffer.isBuffer(answer.content) ? await textWithin(answer.content) : ''
  return { status: 200, text: `${answer.name}\n${content}` }
}

function trusting(route: BooksRoute, world: TrialWorld): BooksRoute {
  return {
    ...route,
    may: route.may.roles === 'anyone' ? route.may : signedIn,
    handle: (call) => {
      const { institutions: _, stages: __, shares: ___, grants: ____, ...visitor } = call.visitor
      const anybody = { ...visitor, role: 'city-basic-education', counties: world.everyCounty }
      return route.handle({ ...call, visitor: anybody })
    },
  }
}

async function ask(
  server: FastifyInstance,
  { route, url, body }: Case,
  { headers }: TrialAccount,
  answers: readonly Heard[],
): Promise<Heard> {
  const response = await server.inject({
    method: route.method,
    url,
    headers,
    ...(body !== undefined && { payload: body as object }),
  })
  if (answers.length > 0)
    return { status: answers[0]!.status, text: answers.map(({ text }) => text).join('\n') }
  const name = decodeURIComponent(String(response.headers['content-disposition'] ?? ''))
  return { status: response.statusCode, text: `${name}\n${await textWithin(response.rawPayload)}` }
}

/** Who must be turned away at the door and was not. */
function wrongDoor({ route }: Case, account: TrialAccount, status: number): string | undefined {
  const due = dueStatus(route, account)
  return due === undefined || status === due ? undefined : `${status} instead of ${due}`
}

/** Whoever may see a child sees the numbers masked, unless asked for one by one with a purpose. */
function unmasked({ text }: Heard, { route }: Case, plain: readonly string[]): string | undefined {
  if (route.path.endsWith('/unmask')) return undefined
  const found = plain.find((word) => text.includes(word))
  return found && `shows ${found} in plain`
}

/** Keepers look after everybody's grants, and a grant names its institutions. */
function leakOf(
  { status, text }: Heard,
  { route, url, body }: Case,
  { role }: TrialAccount,
  forbidden: readonly string[],
): string | undefined {
  if (isIdentity(route) && role.endsWith('-administrator')) return undefined
  // What the asker sent may be said back to them, and only as the reason why not.
  const said = status < 400 ? '' : `${decodeURIComponent(url)} ${JSON.stringify(body)}`
  const found = forbidden.find((word) => text.includes(word) && !said.includes(word))
  return found && `tells of ${found}`
}
