import assert from 'node:assert/strict'
import { test } from 'node:test'
import Type from 'typebox'
import { anyone } from '../../src/platform/access/policy.ts'
import type { Database } from '../../src/platform/db/open-database.ts'
import { routeFor } from '../../src/platform/http/route.ts'
import { buildServer } from '../../src/platform/http/serve.ts'

const secrets = [
  'password=hunter2',
  '/opt/kuoyou/src/platform',
  'select name from people.person',
  '410402201501011234',
]

const broken = routeFor<{ db: Database }>()({
  method: 'GET',
  path: '/api/broken',
  summary: '出错的接口',
  may: anyone,
  query: Type.Object({ how: Type.Optional(Type.String()) }),
  answer: Type.Object({ here: Type.Boolean() }),
  handle: ({ query }) => {
    const error = Object.assign(new TypeError(secrets.join(' ')), { detail: secrets[2], where: secrets[1] })
    if (query.how === 'thrown text') throw secrets.join(' ')
    throw error
  },
})

test('what breaks inside is told by a number alone: no words of the error, no place in the code, no statement', async () => {
  const heard: unknown[] = []
  const server = await buildServer({
    routes: [broken],
    context: { db: { pool: {} } as Database },
    version: 'test',
    onFault: (_, error) => heard.push(error),
  })
  for (const how of ['thrown', 'thrown text']) {
    const answer = await server.inject({ url: `/api/broken?how=${encodeURIComponent(how)}` })
    assert.equal(answer.statusCode, 500, how)
    const said = `${answer.body} ${JSON.stringify(answer.headers)}`
    for (const secret of [...secrets, 'TypeError', '.ts:', 'node_modules', 'fastify'])
      assert.ok(!said.includes(secret), `${how}: ${secret}`)
    assert.match(answer.json().text, /编号 [0-9a-f]{8} 告诉管理员/)
  }
  assert.ok(heard.length === 2, 'whoever keeps the platform hears all of it')
  await server.close()
})
