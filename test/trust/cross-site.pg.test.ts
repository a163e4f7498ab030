import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { allRoutes } from '../../src/app/server.ts'
import { signedIn } from '../../src/platform/access/policy.ts'
import { buildServer } from '../../src/platform/http/serve.ts'
import { authorisationWorld, type TrialWorld } from './authorisation-world.ts'
import { requestFor } from './sample-request.ts'

/** Every act of the platform; its handler only counts that it was listened to. */
const acts = allRoutes.filter(({ method }) => method !== 'GET')
let heard = 0
const counting = acts.map((route) => ({
  ...route,
  may: route.may.roles === 'anyone' ? route.may : { ...signedIn, thing: route.may.thing, act: route.may.act },
  answer: undefined as never,
  handle: async () => {
    heard += 1
    return null
  },
}))

let world: TrialWorld
let server: FastifyInstance
let session: string
let token: string
before(async () => {
  world = await authorisationWorld()
  server = await buildServer({ routes: counting, context: world.books, version: 'test', onFault: () => {} })
  session = world.accounts.find(({ name }) => name === 'city-basic-education')!.headers.cookie!
  token = world.accounts.find(({ name }) => name === 'county-token')!.headers.authorization!
})
after(async () => {
  await server.close()
  await world.close()
})

/** What another site's page can make a signed-in visitor's browser send. */
const attacks: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no word of where it comes from': {},
  'a foreign origin': { origin: 'https://evil.example' },
  'a foreign origin called like this one': { origin: 'https://localhost.evil.example' },
  'an opaque origin': { origin: 'null' },
  'this site on another port': { origin: 'http://localhost:8081' },
  'across sites': { 'sec-fetch-site': 'cross-site' },
  'from a sister site': { 'sec-fetch-site': 'same-site' },
  'from here, and from a foreign origin': { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' },
  'a text, as forms send it': { 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain' },
  'fields, as forms send them': {
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
  },
  'a text from nowhere': { 'content-type': 'text/plain' },
  'fields from elsewhere': {
    origin: 'https://evil.example',
    'content-type': 'application/x-www-form-urlencoded',
  },
}

async function send(
  route: (typeof acts)[number],
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const { payload, ...request } = requestFor(route, world.known, { host: 'localhost', ...headers })
  const body = headers['content-type'] ? JSON.stringify(payload ?? {}) : payload
  return (await server.inject({ ...request, ...(body !== undefined && { payload: body }) })).statusCode
}

test('an act sent by another site, or the way another site can send it, is never listened to', async () => {
  const through: string[] = []
  let asked = 0
  heard = 0
  for (const route of acts)
    for (const [name, headers] of Object.entries(attacks)) {
      asked += 1
      const status = await send(route, { cookie: session, ...headers })
      if (status !== 403) through.push(`${route.method} ${route.path} ${name}: ${status}`)
    }
  assert.deepEqual(through, [])
  assert.equal(heard, 0)
  assert.ok(asked >= acts.length * 12 && acts.length > 50, `${asked} requests to ${acts.length} acts`)
})

test('files are taken as forms send them where a route takes one, and from here only', async () => {
  const form = { 'content-type': 'multipart/form-data; boundary=x' }
  const takes = async (route: (typeof acts)[number], headers: Readonly<Record<string, string>>) =>
    (await send(route, { cookie: session, ...form, ...headers })) !== 403
  for (const route of acts) {
    assert.equal(await takes(route, { origin: 'https://evil.example' }), false, route.path)
    assert.equal(await takes(route, { 'sec-fetch-site': 'same-origin' }), route.upload === true, route.path)
  }
})

test('nor is a stranger’s: somebody else’s page may not sign a visitor in', async () => {
  for (const route of acts.filter(({ may }) => may.roles === 'anyone'))
    for (const headers of [attacks['a foreign origin']!, attacks['across sites']!])
      assert.equal(await send(route, headers), 403, route.path)
})

test('what this site’s own pages send is listened to', async () => {
  heard = 0
  for (const route of acts) {
    await send(route, { cookie: session, 'sec-fetch-site': 'same-origin' })
    await send(route, { cookie: session, origin: 'http://localhost' })
  }
  assert.ok(heard > acts.length, `${heard} of ${2 * acts.length} were heard`)
})

test('a program that comes with a token carries no cookie and need not say where it is; a page of another site still may not use one', async () => {
  const [act] = acts.filter(({ path }) => path === '/api/seats/recompute')
  assert.equal(await send(act!, { authorization: token }), 200)
  assert.equal(await send(act!, { authorization: token, origin: 'https://evil.example' }), 403)
  assert.equal(await send(act!, { authorization: token, cookie: session }), 403)
})
