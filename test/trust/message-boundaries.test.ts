import assert from 'node:assert/strict'
import { type AddressInfo, connect } from 'node:net'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import { anyone } from '../../src/platform/access/policy.ts'
import type { Database } from '../../src/platform/db/open-database.ts'
import { routeFor } from '../../src/platform/http/route.ts'
import { buildServer } from '../../src/platform/http/serve.ts'

let server: FastifyInstance
let port: number
let reached = 0
before(async () => {
  const inner = routeFor<{ db: Database }>()({
    method: 'GET',
    path: '/api/inner',
    summary: '被夹带的请求',
    may: anyone,
    answer: Type.Object({ here: Type.Boolean() }),
    handle: async () => {
      reached += 1
      return { here: true }
    },
  })
  server = await buildServer({
    routes: [inner],
    context: { db: { pool: {} } as Database },
    version: 'test',
    onFault: () => {},
  })
  await server.listen({ port: 0, host: '127.0.0.1' })
  port = (server.server.address() as AddressInfo).port
})
after(() => server.close())

/** All that comes back on one connection on which nothing more is asked. */
function said(message: string): Promise<string> {
  return new Promise((done, failed) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => socket.end(message, 'latin1'))
    socket.setEncoding('latin1')
    socket.on('data', (part) => {
      text += part
    })
    socket.on('close', () => done(text))
    socket.on('error', failed)
  })
}

const smuggled = 'GET /api/inner HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
const head = (...lines: string[]) =>
  `${['POST /api/outer HTTP/1.1', 'Host: localhost', 'Content-Type: application/json', ...lines].join('\r\n')}\r\n\r\n`

/** Where two readers could see the end of the one request, and the begin of the next, in different places. */
const twoWays: Readonly<Record<string, string>> = {
  'a length and chunks': `${head(`Content-Length: ${smuggled.length + 5}`, 'Transfer-Encoding: chunked')}0\r\n\r\n${smuggled}`,
  'chunks and a length': `${head('Transfer-Encoding: chunked', 'Content-Length: 5')}0\r\n\r\n${smuggled}`,
  'two lengths': `${head('Content-Length: 0', `Content-Length: ${smuggled.length}`)}${smuggled}`,
  'two lengths in one line': `${head(`Content-Length: 0, ${smuggled.length}`)}${smuggled}`,
  'a length with a sign': `${head('Content-Length: +0')}${smuggled}`,
  'a length in hexadecimal': `${head('Content-Length: 0x0')}${smuggled}`,
  'a length below nothing': `${head('Content-Length: -1')}${smuggled}`,
  'a coding nobody knows': `${head('Transfer-Encoding: xchunked')}0\r\n\r\n${smuggled}`,
  'chunks that are not the last coding': `${head('Transfer-Encoding: chunked, identity')}0\r\n\r\n${smuggled}`,
  'a blank before the colon': `${head('Transfer-Encoding : chunked')}0\r\n\r\n${smuggled}`,
  'a coding on a folded line': `${head('Transfer-Encoding:\r\n chunked')}0\r\n\r\n${smuggled}`,
  'a coding with a control character': `${head('Transfer-Encoding: \x0bchunked')}0\r\n\r\n${smuggled}`,
  'a chunk longer than any number': `${head('Transfer-Encoding: chunked')}fffffffffffffffff\r\n\r\n0\r\n\r\n${smuggled}`,
  'a chunk of no size': `${head('Transfer-Encoding: chunked')}zz\r\n\r\n${smuggled}`,
  'line ends without their first half': `POST /api/outer HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\n0\n\n${smuggled}`,
}

for (const [name, message] of Object.entries(twoWays))
  test(`a message whose end can be read in two ways is refused, and nothing after it is heard: ${name}`, async () => {
    reached = 0
    const text = await said(message)
    assert.match(text, /^HTTP\/1\.1 400 /)
    assert.equal(text.match(/HTTP\/1\.1 \d{3} /g)?.length, 1, text)
    assert.equal(reached, 0)
  })

test('two whole messages one after the other are two: the search above finds what is heard', async () => {
  reached = 0
  const text = await said(`${head('Content-Length: 2')}{}${smuggled}`)
  assert.deepEqual(text.match(/HTTP\/1\.1 \d{3} /g), ['HTTP/1.1 404 ', 'HTTP/1.1 200 '])
  assert.equal(reached, 1)
})
