import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { databaseForTests, type TestDatabase } from '../../../test/house/database-for-tests.ts'
import { type Database, openService } from '../db/open-database.ts'
import type { Route } from '../http/route.ts'
import { buildServer } from '../http/serve.ts'
import type { Tracing } from '../http/trace.ts'
import { createAccount, type NewAccount } from './account.ts'
import type { Identity, Vault } from './identity.ts'
import { identityRoutes } from './identity-routes.ts'
import { hashPassword } from './password.ts'

/** One browser: keeps the cookies it is given and calls from one address. */
export interface Browser {
  readonly cookies: Map<string, string>
  ask(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<Said>
}

export interface Said {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came
  readonly body: any
  readonly setCookie: readonly string[]
  readonly retryAfter: string | undefined
  /** The refusal's code, when it is one. */
  readonly code: string | undefined
}

export interface ServedAccess {
  readonly database: TestDatabase
  readonly server: FastifyInstance
  browser(address?: string): Browser
  /** Another process of the platform beside this one, on the same database. */
  secondNode(): Promise<Pick<ServedAccess, 'browser' | 'database' | 'close'>>
  account(account: Omit<NewAccount, 'passwordHash'> & { readonly password?: string }): Promise<void>
  close(): Promise<void>
}

/** A vault that only marks what it keeps: what is tested is that its purpose is held to. */
export const plainVault: Vault = {
  seal: async (plain, about) => Buffer.from(`${about}\n${plain}`),
  open: async (sealed, about) => {
    const [purpose, plain] = sealed.toString().split('\n')
    if (purpose !== about || plain === undefined) throw new Error('sealed for another purpose')
    return plain
  },
}

interface Options {
  readonly synthetic?: boolean
  readonly trustProxy?: string
  /** More of the platform's routes, and what they are lent. */
  readonly more?: { readonly routes: readonly Route<never>[]; readonly context: object }
  /** Given the traces; faults are then answered instead of thrown at the test. */
  readonly tracing?: (pool: pg.Pool) => Tracing
}

/** Identity's routes over an empty database, asked without a network. */
export async function servedAccess(
  identity: Partial<Identity> = {},
  options: Options = {},
): Promise<ServedAccess> {
  const database = await databaseForTests()
  const { pool } = database.db
  const faults: unknown[] = []
  const server = await serverOn(database.service, identity, options, faults)
  return {
    database,
    server,
    browser: (address = '203.0.113.9') => browserOn(server, address, faults),
    secondNode: async () => {
      const settings = database.service.pool.options
      // The pool hides its password from whoever copies its settings.
      const service = openService({ ...settings, password: settings.password }, 8)
      const beside = await serverOn(service, identity, options, faults)
      return {
        database: { ...database, service },
        browser: (address = '203.0.113.9') => browserOn(beside, address, faults),
        close: async () => {
          await beside.close()
          await service.close()
        },
      }
    },
    account: async ({ password, ...account }) => {
      const hashed = password === undefined ? {} : { passwordHash: await hashPassword(password) }
      if (!(await createAccount(pool, { ...account, ...hashed })))
        throw new Error(`${account.account} is taken`)
    },
    close: async () => {
      await server.close()
      await database.close()
    },
  }
}

function serverOn(
  service: Database,
  identity: Partial<Identity>,
  options: Options,
  faults: unknown[],
): Promise<FastifyInstance> {
  return buildServer({
    routes: [...identityRoutes, ...((options.more?.routes ?? []) as typeof identityRoutes)],
    context: {
      ...options.more?.context,
      db: service,
      site: { cityId: 1, cityName: '试验市', synthetic: options.synthetic ?? false },
      identity: {
        vault: plainVault,
        roles: [
          { role: 'county-officer', zh: '县级', scope: 'counties' },
          { role: 'school-clerk', zh: '学校', scope: 'institution' },
          { role: 'parent', zh: '家长', scope: 'counties', public: true },
        ],
        stages: ['primary', 'junior'].map((id) => ({ id, name: id })),
        sso: [],
        places: async () => [1, 2, 3].map((id) => ({ id, name: `县${id}` })),
        findInstitutions: async () => [],
        findUnits: async () => [],
        unitsExist: async (units) => units.every((id) => id < 100),
        institutionsExist: async (institutions) => institutions.every((id) => id < 100),
        ...identity,
      },
    },
    version: 'test',
    trustProxy: options.trustProxy,
    ...(options.tracing && { tracing: options.tracing(service.pool) }),
    onFault: (_, error) => {
      if (!options.tracing) faults.push(error)
    },
  })
}

function browserOn(server: FastifyInstance, address: string, faults: unknown[]): Browser {
  const cookies = new Map<string, string>()
  return {
    cookies,
    ask: async (method, url, body, headers = {}) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await server.inject({
        method,
        url,
        remoteAddress: address,
        headers: {
          host: 'localhost',
          'sec-fetch-site': 'same-origin',
          ...(cookie && { cookie }),
          ...headers,
        },
        ...(body && { payload: body }),
      })
      if (faults.length > 0) throw faults.pop()
      for (const { name, value } of answer.cookies)
        if (value === '') cookies.delete(name)
        else cookies.set(name, value)
      const said = answer.json()
      return {
        status: answer.statusCode,
        body: said,
        setCookie: [answer.headers['set-cookie'] ?? []].flat(),
        retryAfter: answer.headers['retry-after'] as string | undefined,
        code: said?.refusal?.code,
      }
    },
  }
}
