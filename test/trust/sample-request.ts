import type { InjectOptions } from 'fastify'
import type { TSchema } from 'typebox'
import type { Route } from '../../src/platform/http/route.ts'

/** 已知的值 — for names of parameters and fields: the values worth trying, the most ordinary first. */
export type KnownValues = Readonly<Record<string, readonly unknown[]>>

/** The parts of JSON Schema that our shapes use. */
interface Shape {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Shape[]
  readonly allOf?: readonly Shape[]
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly minimum?: number
  readonly minItems?: number
  readonly minLength?: number
  readonly format?: string
  readonly pattern?: string
  readonly examples?: readonly unknown[]
}

/** 样例值 — a small value that fits a schema; known names take their first known value. */
export function sampleOf(schema: TSchema, name: string, known: KnownValues): unknown {
  return sample(schema as Shape, name, known)
}

function sample(shape: Shape, name: string, known: KnownValues): unknown {
  if (Object.hasOwn(known, name) && shape.type !== 'array') return known[name]![0]
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  if (shape.examples) return shape.examples[0]
  if (shape.anyOf) return sample(shape.anyOf[0]!, name, known)
  if (shape.allOf) return Object.assign({}, ...shape.allOf.map((part) => sample(part, name, known)))
  if (shape.type === 'object') return sampleObject(shape, known)
  if (shape.type === 'array')
    return Array.from({ length: shape.minItems ?? 0 }, () => sample(shape.items ?? {}, name, known))
  if (shape.type === 'integer' || shape.type === 'number') return Math.max(shape.minimum ?? 1, 1)
  if (shape.type === 'boolean') return false
  return sampleText(shape)
}

function sampleObject(shape: Shape, known: KnownValues): Record<string, unknown> {
  const required = shape.required ?? []
  const wanted = Object.entries(shape.properties ?? {}).filter(([name]) => required.includes(name))
  return Object.fromEntries(wanted.map(([name, part]) => [name, sample(part, name, known)]))
}

function sampleText({ format, pattern, minLength = 1 }: Shape): string {
  if (format === 'date') return '2024-09-01'
  if (format === 'uuid') return '00000000-0000-4000-8000-000000000000'
  if (pattern?.includes('a-z')) return 'x'.repeat(Math.max(minLength, 8))
  if (pattern?.includes('0-9') || pattern?.includes('\\d')) return '1'.repeat(Math.max(minLength, 6))
  return '试'.repeat(Math.max(minLength, 1))
}

/** 可变之处 — the named parts of a request whose other known values are worth trying. */
export function slotsOf(schema: TSchema | undefined, known: KnownValues): string[] {
  return Object.keys((schema as Shape | undefined)?.properties ?? {}).filter((name) =>
    Object.hasOwn(known, name),
  )
}

/** 样例请求 — an ordinary request to a route, ready to be sent, by whom the cookie belongs to. */
export function requestFor(
  { method, path, params, query, body }: Pick<Route, 'method' | 'path' | 'params' | 'query' | 'body'>,
  known: KnownValues,
  cookie?: string,
): InjectOptions {
  const values = (schema: TSchema | undefined) =>
    (schema ? sampleOf(schema, '', known) : {}) as Record<string, unknown>
  const inPath = values(params)
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(inPath[name] ?? 'x')))
  const search = new URLSearchParams(
    Object.entries(values(query)).map(([name, value]) => [name, String(value)]),
  )
  return {
    method,
    url: `${filled}${search.size > 0 ? `?${search}` : ''}`,
    headers: { 'sec-fetch-site': 'same-origin', ...(cookie && { cookie }) },
    ...(body && { payload: values(body) }),
  }
}
