import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { apiRooms } from '../../src/app/api-rooms.ts'
import { allRoutes } from '../../src/app/server.ts'
import { apiDocument } from '../../src/platform/http/api-document.ts'

/** Looked into freely: it is the very JSON that is served. */
// biome-ignore lint/suspicious/noExplicitAny: a document of any depth
const document: any = JSON.parse(JSON.stringify(apiDocument(allRoutes, 'test', apiRooms)))
// biome-ignore lint/suspicious/noExplicitAny: as above
const operations: [string, any][] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods as object).map(([method, operation]): [string, unknown] => [
    `${method.toUpperCase()} ${path}`,
    operation,
  ]),
)
const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true })
formats.default(ajv)

test('every route is described, in a room with a Chinese name, under an id of its own', () => {
  assert.deepEqual(
    operations.map(([name]) => name).toSorted(),
    allRoutes.map(({ method, path }) => `${method} ${path}`).toSorted(),
  )
  const ids = operations.map(([, { operationId }]) => operationId)
  assert.equal(new Set(ids).size, ids.length)
  for (const { name, description } of document.tags) assert.match(description, /\p{Script=Han}/u, name)
  for (const [name, { summary, description, tags }] of operations) {
    assert.match(summary, /\p{Script=Han}/u, name)
    assert.match(description, /。$/, name)
    assert.equal(tags.length, 1)
  }
})

test('every schema is one, and every body’s example fits it', () => {
  for (const [name, operation] of operations) {
    const answer = operation.responses[200].content['application/json']?.schema
    if (answer) assert.ok(ajv.compile(answer), name)
    for (const { schema } of operation.parameters) assert.ok(ajv.compile(schema))
    const body =
      operation.requestBody &&
      Object.values<{ schema: object; example: unknown }>(operation.requestBody.content)[0]!
    if (!body) continue
    const fits = ajv.compile(body.schema)
    assert.ok(fits(body.example), `${name} ${JSON.stringify(body.example)} ${ajv.errorsText(fits.errors)}`)
  }
})

test('every parameter of a path is declared, every error is explained, every lock has a key', () => {
  const { Problem } = document.components.schemas
  const isProblem = ajv.compile(Problem)
  for (const [name, operation] of operations) {
    const inPath = [...name.matchAll(/\{(\w+)\}/g)].map((found) => found[1])
    const declared = operation.parameters.filter((each: { in: string }) => each.in === 'path')
    assert.deepEqual(declared.map((each: { name: string }) => each.name).toSorted(), inPath.toSorted(), name)
    for (const status of [400, 401, 403, 404, 409, 413, 422, 429, 500, 503]) {
      const pointer = operation.responses[status].$ref.split('/').slice(1)
      // biome-ignore lint/suspicious/noExplicitAny: walks a document of any depth
      const { description, content } = pointer.reduce((at: any, key: string) => at[key], document)
      assert.ok(description)
      const { example } = content['application/problem+json']
      assert.ok(
        isProblem(example) && /。$/.test(String((example as { text?: string }).text)),
        `${status} ${ajv.errorsText(isProblem.errors)}`,
      )
    }
    for (const lock of operation.security.flatMap(Object.keys))
      assert.ok(document.components.securitySchemes[lock], `${name} ${lock}`)
  }
})
