import type { InjectOptions } from 'fastify'
import type { TSchema } from 'typebox'
import { exampleOf, type KnownValues } from '../../src/platform/http/example-of.ts'
import { flatObject } from '../../src/platform/http/flat-object.ts'
import type { Route } from '../../src/platform/http/route.ts'

/** 可变之处 — the named parts of a request whose other known values are worth trying. */
export function slotsOf(schema: TSchema | undefined, known: KnownValues): string[] {
  if (!schema) return []
  return Object.keys(flatObject(schema).properties).filter((name) => Object.hasOwn(known, name))
}

/** 样例请求 — an ordinary request to a route, ready to be sent, by whom the headers belong to. */
export function requestFor(
  { method, path, params, query, body }: Pick<Route, 'method' | 'path' | 'params' | 'query' | 'body'>,
  known: KnownValues,
  headers: Readonly<Record<string, string>> = { 'sec-fetch-site': 'same-origin' },
): InjectOptions {
  const values = (schema: TSchema | undefined) =>
    (schema ? exampleOf(schema, '', known) : {}) as Record<string, unknown>
  const inPath = values(params)
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(inPath[name] ?? 'x')))
  const search = new URLSearchParams(
    Object.entries(values(query)).map(([name, value]) => [name, String(value)]),
  )
  return {
    method,
    url: `${filled}${search.size > 0 ? `?${search}` : ''}`,
    headers: { ...headers },
    ...(body && { payload: values(body) }),
  }
}
