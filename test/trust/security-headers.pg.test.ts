import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { allRoutes, platformServer } from '../../src/app/server.ts'
import type { BooksRoute } from '../../src/records/books.ts'
import { authorisationWorld, type TrialWorld } from './authorisation-world.ts'
import { requestFor } from './sample-request.ts'

let world: TrialWorld
let server: FastifyInstance
let pages: string
before(async () => {
  world = await authorisationWorld()
  pages = mkdtempSync(join(tmpdir(), 'kuoyou-pages-'))
  writeFileSync(join(pages, 'index.html'), '<meta property="csp-nonce" nonce="nonce-of-this-page" />')
  writeFileSync(join(pages, 'mark.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  process.env.KUOYOU_PROXY = '127.0.0.1'
  process.env.KUOYOU_HOST = 'kuoyou.example.gov.cn'
  server = await platformServer(world.books, pages, pages)
})
after(async () => {
  await server.close()
  await world.close()
  rmSync(pages, { recursive: true, force: true })
})

function wrongHeaders({ headers }: LightMyRequestResponse, kept: RegExp): string[] {
  const policy = String(headers['content-security-policy'])
  const due: Record<string, boolean> = {
    'no inline script or style, no eval': !/unsafe/.test(policy),
    'nothing by default': policy.startsWith("default-src 'none'"),
    'not framed': policy.includes("frame-ancestors 'none'") && headers['x-frame-options'] === 'DENY',
    nosniff: headers['x-content-type-options'] === 'nosniff',
    'referrer kept': headers['referrer-policy'] === 'same-origin',
    'opener apart': headers['cross-origin-opener-policy'] === 'same-origin',
    'not lent out': headers['cross-origin-resource-policy'] === 'same-origin',
    'no camera': String(headers['permissions-policy']).includes('camera=()'),
    'shared with no other origin': !Object.keys(headers).some((name) => name.startsWith('access-control-')),
    [`kept as ${kept}`]: kept.test(String(headers['cache-control'])),
  }
  return Object.keys(due).filter((name) => !due[name])
}

test('so do files, errors, unreadable addresses and the API’s own description', async () => {
  const city = world.accounts.find(({ role }) => role === 'city-planning-finance')!
  const { headers } = city
  const asked: [InjectOptions, number][] = [
    [{ url: '/api/exchange/exports/institutions?format=csv', headers }, 200],
    [{ url: '/api/openapi.json' }, 200],
    [{ url: '/api/ready' }, 200],
    [{ url: '/api/no-such-thing' }, 404],
    [{ url: '/no-such-file.js' }, 404],
    [{ url: '/%ff' }, 404],
    [
      { method: 'POST', url: '/api/session', headers: { 'content-type': 'application/json' }, payload: '{' },
      400,
    ],
    [{ method: 'POST', url: '/api/session', headers: { origin: 'https://evil.example' }, payload: {} }, 403],
    [{ url: '/', headers: { host: 'evil.example' } }, 421],
  ]
  for (const [request, status] of asked) {
    const response = await server.inject(request)
    assert.equal(response.statusCode, status, `${request.url}: ${response.body}`)
    assert.deepEqual(wrongHeaders(response, /^no-store$/), [], String(request.url))
    if (status >= 400) assert.match(response.json().text, /。$/)
  }
})

test('a page is sent with a nonce of its own, and other files may be kept', async () => {
  const first = await server.inject({ url: '/seats' })
  const second = await server.inject({ url: '/' })
  assert.deepEqual([...wrongHeaders(first, /^no-store$/), ...wrongHeaders(second, /^no-store$/)], [])
  const nonce = /'nonce-([^']{22,})'/.exec(String(first.headers['content-security-policy']))?.[1]
  assert.ok(first.body.includes(`nonce="${nonce}"`))
  assert.ok(!second.body.includes(String(nonce)))
  assert.equal((await server.inject({ url: '/index.html' })).statusCode, 404)
  assert.deepEqual(wrongHeaders(await server.inject({ url: '/mark.svg' }), /^no-cache$/), [])
})

test('a page of another origin is let read nothing, whether it asks first or not', async () => {
  const { headers: own } = world.accounts.find(({ role }) => role === 'city-planning-finance')!
  const origins = ['https://evil.example', 'null', 'https://kuoyou.example.gov.cn.evil.example']
  for (const origin of origins) {
    const headers = { ...own, origin, 'access-control-request-method': 'PUT' }
    for (const url of ['/api/institutions', '/api/session', '/api/openapi.json', '/mark.svg', '/']) {
      const asked = await server.inject({ method: 'OPTIONS', url, headers })
      assert.equal(asked.statusCode, 404, `${url} ${asked.statusCode}`)
      assert.deepEqual(wrongHeaders(asked, /./), [], url)
      const read = await server.inject({ url, headers })
      assert.deepEqual(wrongHeaders(read, /./), [], url)
    }
  }
})

test('neither the sources nor their history nor any setting is served', async () => {
  const paths = [
    '/.git/HEAD',
    '/.git/config',
    '/.gitignore',
    '/.npmrc',
    '/.env',
    '/package.json',
    '/src/app/cli.ts',
  ]
  const around = [
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/.git/HEAD',
    '/assets/../../.git/HEAD',
    '//.git/HEAD',
  ]
  for (const url of [...paths, ...around, '/server.js.map', '/index.html']) {
    const answer = await server.inject({ url })
    assert.ok(
      [403, 404].includes(answer.statusCode),
      `${url}: ${answer.statusCode} ${answer.body.slice(0, 80)}`,
    )
  }
})

test('over https a browser is told to come by https only', async () => {
  const plain = await server.inject({ url: '/api/health' })
  const secure = await server.inject({ url: '/api/health', headers: { 'x-forwarded-proto': 'https' } })
  assert.equal(plain.headers['strict-transport-security'], undefined)
  const seconds = Number(/max-age=(\d+)/.exec(String(secure.headers['strict-transport-security']))?.[1])
  assert.ok(seconds >= 365 * 86_400)
})

test('it answers to its own names only', async () => {
  const ask = async (host: string) =>
    (await server.inject({ url: '/api/health', headers: { host } })).statusCode
  const own = [
    'localhost:8040',
    '127.0.0.1:8040',
    '[::1]:8040',
    'Kuoyou.example.gov.cn',
    'kuoyou.example.gov.cn:443',
  ]
  for (const host of own) assert.equal(await ask(host), 200, host)
  for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.7'])
    assert.equal(await ask(host), 421, host)
})

test('every route, asked by whom it lets in and by whom it does not, carries the walls', async () => {
  const wrong: string[] = []
  const statuses = new Set<number>()
  // Ending one's own sessions comes last.
  const endings = (route: BooksRoute) => route.method !== 'GET' && /\/(session|security)/.test(route.path)
  for (const route of allRoutes.toSorted((one, other) => Number(endings(one)) - Number(endings(other))))
    for (const { headers, name } of world.accounts) {
      const response = await server.inject(requestFor(route, world.known, headers))
      statuses.add(response.statusCode)
      for (const each of wrongHeaders(response, /^no-store$/))
        wrong.push(`${route.method} ${route.path} ${name} ${response.statusCode}: ${each}`)
    }
  assert.deepEqual(wrong, [])
  for (const status of [200, 401, 403, 404, 422]) assert.ok(statuses.has(status), `no ${status} was seen`)
  assert.deepEqual(
    [...statuses].filter((status) => status >= 300 && status < 400 && status !== 304),
    [],
    'nothing sends a browser elsewhere by itself',
  )
})
