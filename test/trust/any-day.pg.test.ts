import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { allRoutes } from '../../src/app/server.ts'
import { signedIn } from '../../src/platform/access/policy.ts'
import { flatObject } from '../../src/platform/http/flat-object.ts'
import { buildServer } from '../../src/platform/http/serve.ts'
import { authorisationWorld, type TrialWorld } from './authorisation-world.ts'
import { requestFor } from './sample-request.ts'

type AnyRoute = (typeof allRoutes)[number]

const acts = allRoutes.filter(({ method }) => method !== 'GET')
const readings = allRoutes.filter(
  ({ method, query, traced }) => method === 'GET' && (flatObject(query ?? {}).properties.asOf || traced),
)
const faults: unknown[] = []
let heard = 0
let world: TrialWorld
let reading: FastifyInstance
let acting: FastifyInstance
before(async () => {
  world = await authorisationWorld()
  const shared = { context: world.books, version: 'test', asOf: world.books.site.generatedUntil }
  reading = await buildServer({ ...shared, routes: allRoutes, onFault: (_, error) => faults.push(error) })
  // The handlers of acts only count that they were listened to.
  const counting = acts.map((route) => ({
    ...route,
    may:
      route.may.roles === 'anyone' ? route.may : { ...signedIn, thing: route.may.thing, act: route.may.act },
    answer: undefined as never,
    handle: async () => {
      heard += 1
      return null
    },
  }))
  acting = await buildServer({ ...shared, routes: counting, onFault: (_, error) => faults.push(error) })
})
after(async () => {
  await reading.close()
  await acting.close()
  await world.close()
})

function ask(
  server: FastifyInstance,
  route: AnyRoute,
  more: string,
  headers: Readonly<Record<string, string>>,
) {
  const request = requestFor(route, world.known, { 'sec-fetch-site': 'same-origin', ...headers })
  const [path, search = ''] = String(request.url).split('?')
  const asked = new URLSearchParams(search)
  for (const [name, value] of new URLSearchParams(more)) asked.set(name, value)
  return server.inject({ ...request, url: `${path}?${asked}` })
}

test('no act is done on a past day but those that enter nothing into the books', async () => {
  const headers = world.accounts.find(({ name }) => name === 'city-basic-education')!.headers
  const { asOf: today } = { asOf: world.books.site.generatedUntil! }
  const past = ['asOf=2020-01-01', 'knownOn=2020-01-01']
  heard = 0
  for (const route of acts.filter(({ anyDay }) => !anyDay))
    for (const more of past) {
      const answer = await ask(acting, route, more, headers)
      assert.equal(answer.statusCode, 422, `${route.method} ${route.path} ${more}: ${answer.body}`)
      assert.equal(answer.json().refusal.code, 'act.on-a-past-day')
    }
  assert.equal(heard, 0)
  for (const route of acts) {
    const day = route.anyDay ? '2020-01-01' : today
    assert.doesNotMatch((await ask(acting, route, `asOf=${day}`, headers)).body, /on-a-past-day/, route.path)
  }
  assert.ok(heard > acts.length / 2, `${heard} of ${acts.length} were heard`)
  const free = acts.filter(
    ({ path, anyDay }) =>
      anyDay && /^\/api\/(filing|finding|paper|institution|visit|parameter|people\/pupils\/\{)/.test(path),
  )
  assert.deepEqual(
    free.map(({ path }) => path),
    [],
  )
})

const edges = [
  '0001-01-01',
  '0999-12-31',
  '1000-01-01',
  '1582-10-10',
  '1989-12-31',
  '2101-01-01',
  '2999-12-31',
  '9999-12-31',
]
const someDay = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([year, month, day]) =>
    [String(year).padStart(4, '0'), month, day].map((part) => String(part).padStart(2, '0')).join('-'),
  )

test('whatever day is asked for, of years 1 to 9999: an answer or a refusal in words, never a fault', async () => {
  const days = [...edges, ...fc.sample(someDay, { numRuns: 4, seed: 20_240_901 })]
  const statuses = new Map<number, number>()
  for (const route of readings) {
    const admitted = []
    for (const { headers } of world.accounts)
      if (admitted.length === 0 && ![401, 403].includes((await ask(reading, route, '', headers)).statusCode))
        admitted.push(headers)
    for (const day of days)
      for (const more of [`asOf=${day}`, `knownOn=${day}`, `asOf=${day}&knownOn=${day}`]) {
        const answer = await ask(reading, route, more, admitted[0] ?? {})
        statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1)
        const told = `${route.path} ${more}: ${answer.statusCode} ${answer.body.slice(0, 300)} ${faults.at(-1) ?? ''}`
        assert.ok(answer.statusCode < 500, told)
        if (answer.statusCode >= 400) assert.match(answer.json().text, /[\u4e00-\u9fff]/, told)
      }
  }
  assert.ok(readings.length > 20, `${readings.length} readings`)
  assert.ok((statuses.get(200) ?? 0) > readings.length, JSON.stringify([...statuses]))
})
