import fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import type { Shape } from '../../src/platform/http/example-of.ts'
import { hostileValue } from './hostile-values.ts'

/** One operation of the served description. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: Shape }[]
  readonly body?: Shape
  readonly upload: boolean
}

/** Values of a name that exist in the world, more with every answer. */
export type Seen = Map<string, unknown[]>

/** A request to an operation: mostly well-formed, somewhere wrong, sometimes nonsense. */
export function fuzzedRequest(operation: Operation, seen: Seen): fc.Arbitrary<InjectOptions> {
  return fc
    .record({
      path: fieldsOf(operation, 'path', seen),
      query: fieldsOf(operation, 'query', seen),
      extra: fc.option(
        fc.tuple(fc.constantFrom('__proto__', 'constructor', 'x', 'page', 'asOf'), hostileValue),
        {
          freq: 8,
        },
      ),
      twice: fc.boolean(),
      body: bodyOf(operation, seen),
      key: fc.option(fc.constantFrom('k-1', 'k-2', '键', 'x'.repeat(300), ''), { freq: 6 }),
    })
    .map(({ path, query, extra, twice, body, key }) => ({
      method: operation.method,
      url: addressOf(operation.path, path, query, extra ?? undefined, twice),
      headers: {
        'sec-fetch-site': 'same-origin',
        ...(key !== null && { 'idempotency-key': encodeURIComponent(key) }),
        ...(body && { 'content-type': body.type }),
      },
      ...(body && { payload: body.payload }),
    }))
}

type Fields = Record<string, unknown>

function fieldsOf({ parameters }: Operation, place: string, seen: Seen): fc.Arbitrary<Fields> {
  const declared = parameters.filter((each) => each.in === place)
  const required = declared.filter((each) => each.required).map(({ name }) => name)
  const values = declared.map(({ name, schema }) => [
    name,
    fc.oneof({ weight: 6, arbitrary: fitting(schema, name, seen) }, { weight: 1, arbitrary: hostileValue }),
  ])
  return fc.record(Object.fromEntries(values), { requiredKeys: required })
}

interface Body {
  readonly type: string
  readonly payload: string
}

function bodyOf({ body, upload, method }: Operation, seen: Seen): fc.Arbitrary<Body | null> {
  if (method === 'GET') return fc.constant(null)
  if (upload) return uploaded()
  const json = (payload: string): Body => ({ type: 'application/json', payload })
  const odd = fc.constantFrom<Body>(
    json(''),
    json('{'),
    json('null'),
    json('[]'),
    json('"text"'),
    json('{"__proto__":{"admin":true}}'),
    json('{"constructor":{"prototype":{"admin":true}}}'),
    json(`${'['.repeat(5_000)}${']'.repeat(5_000)}`),
    { type: 'text/plain', payload: '{}' },
    { type: 'application/x-www-form-urlencoded', payload: 'a=1&a=2' },
    { type: 'application/xml', payload: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>' },
    { type: 'multipart/form-data; boundary=x', payload: '--x\r\nnonsense' },
  )
  if (!body) return fc.option(odd, { freq: 2 })
  const whole = fitting(body, '', seen)
  return fc.oneof(
    { weight: 6, arbitrary: whole.map((value) => json(JSON.stringify(value))) },
    { weight: 6, arbitrary: fc.tuple(whole, fc.nat(), hostileValue).map((parts) => json(spoiled(...parts))) },
    { weight: 1, arbitrary: odd },
  )
}

/** One field of an otherwise fitting body is replaced, left out, or added. */
function spoiled(value: unknown, at: number, by: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(by) ?? 'null'
  const entries = Object.entries(value)
  const place = at % (entries.length + 2)
  if (place === entries.length) return JSON.stringify({ ...value, surplus: by })
  if (place > entries.length)
    return `{"__proto__":${JSON.stringify(by) ?? 'null'},${JSON.stringify(value).slice(1)}`
  const changed = entries.map(([name, old], index) => [name, index === place ? by : old])
  return JSON.stringify(Object.fromEntries(at % 3 === 0 ? entries.toSpliced(place, 1) : changed))
}

function uploaded(): fc.Arbitrary<Body> {
  const files = ['学校,年级\n试,1', '', '\u0000\u0001', 'PK\u0003\u0004nonsense', '<svg onload=alert(1)>']
  return fc
    .record({
      name: fc.constantFrom('表.xlsx', 'x.csv', '../../x.csv', 'x.exe', ''),
      content: fc.constantFrom(...files),
      field: fc.tuple(
        fc.constantFrom('schoolYear', 'kind', '__proto__', 'file'),
        fc.constantFrom('2024', '', '<b>'),
      ),
    })
    .map(({ name, content, field }) => ({
      type: 'multipart/form-data; boundary=edge',
      payload: `--edge\r\ncontent-disposition: form-data; name="${field[0]}"\r\n\r\n${field[1]}\r\n--edge\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n${content}\r\n--edge--\r\n`,
    }))
}

/** A value that fits a schema, its boundaries among them; for names seen in answers, often one of those. */
export function fitting(shape: Shape, name: string, seen: Seen): fc.Arbitrary<unknown> {
  const known = seen.get(name)
  const made = madeFor(shape, seen)
  return known && shape.type !== 'array' && shape.type !== 'object'
    ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: made })
    : made
}

function madeFor(shape: Shape, seen: Seen): fc.Arbitrary<unknown> {
  if (shape.const !== undefined) return fc.constant(shape.const)
  if (shape.enum) return fc.constantFrom(...shape.enum)
  if (shape.anyOf) return fc.oneof(...shape.anyOf.map((each) => madeFor(each, seen)))
  if (shape.allOf)
    return fc
      .tuple(...shape.allOf.map((each) => madeFor(each, seen)))
      .map((parts) => Object.assign({}, ...parts))
  if (shape.type === 'object') {
    const fields = Object.entries(shape.properties ?? {}).map(([key, each]) => [
      key,
      fitting(each, key, seen),
    ])
    return fc.record<Fields>(Object.fromEntries(fields), { requiredKeys: [...(shape.required ?? [])] })
  }
  if (shape.type === 'array') {
    const { minItems = 0, maxItems = 3 } = shape
    return fc.array(madeFor(shape.items ?? {}, seen), {
      minLength: minItems,
      maxLength: Math.max(minItems, Math.min(maxItems, 3)),
    })
  }
  if (shape.type === 'integer')
    return fc.integer({ min: shape.minimum ?? -(2 ** 40), max: shape.maximum ?? 2 ** 40 })
  if (shape.type === 'number')
    return fc.double({ min: shape.minimum ?? -1e9, max: shape.maximum ?? 1e9, noNaN: true })
  if (shape.type === 'boolean') return fc.boolean()
  if (shape.type === 'null') return fc.constant(null)
  return textFor(shape)
}

function textFor({
  pattern,
  format,
  minLength = 0,
  maxLength = 60,
  examples = [],
}: Shape): fc.Arbitrary<unknown> {
  const given = examples.length > 0 ? [fc.constantFrom(...examples)] : []
  if (format === 'uuid') return fc.uuid()
  if (format === 'date')
    return fc.constantFrom('2024-09-01', '2024-02-29', '1900-01-01', '1000-01-01', '2999-12-31')
  if (pattern) return fc.oneof(...given, fc.stringMatching(new RegExp(pattern)))
  const most = Math.max(minLength, Math.min(maxLength, 5_000))
  return fc.oneof(
    ...given,
    fc.string({ unit: 'grapheme', minLength, maxLength: Math.max(minLength, Math.min(most, 40)) }),
    fc.constant('字'.repeat(most)),
  )
}

function addressOf(
  path: string,
  inPath: Fields,
  query: Fields,
  extra: [string, unknown] | undefined,
  twice: boolean,
): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => encoded(inPath[name]).slice(0, 3_000))
  const pairs = [...Object.entries(query), ...(extra ? [extra] : [])].map(
    ([name, value]) => `${encoded(name)}=${encoded(value).slice(0, 8_000)}`,
  )
  const all = twice && pairs[0] ? [...pairs, pairs[0]] : pairs
  return `${filled}${all.length > 0 ? `?${all.join('&')}` : ''}`
}

/** Lone surrogates cannot be written in an address as they are: their bytes can. */
function encoded(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
  try {
    return encodeURIComponent(text)
  } catch {
    return '%ED%A0%80'
  }
}
