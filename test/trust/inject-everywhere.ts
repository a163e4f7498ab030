import type { FastifyInstance, InjectOptions } from 'fastify'
import type { TSchema } from 'typebox'
import { allRoutes } from '../../src/app/server.ts'
import { openSession } from '../../src/platform/access/session.ts'
import type { BooksRoute } from '../../src/records/books.ts'
import type { TrialAccount, TrialWorld } from './authorisation-world.ts'
import { payloads } from './hostile-values.ts'
import { requestFor } from './sample-request.ts'
import { textWithin } from './text-within.ts'

/** An element no page of the platform has, and a script: whoever writes it into a page unguarded is seen. */
export const mark = 'kuoyou-struck'
const strikes = [
  `<${mark}></${mark}><img src=x onerror="window.struck=1">`,
  `"><svg onload="window.struck=1"><${mark}>`,
  `<script>window.struck=1</script>`,
]

/** 注入的结果 — how many inputs were tried, how many requests carried something, and what must not be. */
export interface InjectionFigures {
  readonly inputs: number
  readonly requests: number
  /** Requests answered with success: what they carried is now in the books. */
  readonly taken: number
  readonly wrong: readonly string[]
}

/** Ends the asker's own sessions or accounts, and so the trial. */
const ending = /\/api\/(session|security\/sessions)|\/(disabling|closing|erasure)$/

/**
 * 处处注入 — puts each payload into each text of each route's path, query and body, asked by someone the route lets in.
 * `every` takes only each n-th request.
 */
export async function injectEverywhere(
  server: FastifyInstance,
  world: TrialWorld,
  every = 1,
): Promise<InjectionFigures> {
  const wrong: string[] = []
  const sessions = new Map<string, string>()
  let [inputs, requests, taken, turn] = [0, 0, 0, 0]
  for (const route of allRoutes.filter(({ path }) => !ending.test(path))) {
    const spoiled = [...strikes, ...payloads].map((payload) => spoil(route, world, payload))
    inputs += spoiled[0]?.length ?? 0
    for (const request of spoiled.flat()) {
      turn += 1
      if (turn % every !== 0) continue
      requests += 1
      const answer = await ask(server, world, accountFor(route, world), request, sessions)
      if (answer.statusCode < 300) taken += 1
      const problem = await problemWith(answer)
      if (problem) wrong.push(`${request.method} ${String(request.url).slice(0, 200)}: ${problem}`)
    }
  }
  return { inputs, requests, taken, wrong }
}

function accountFor({ may: { roles } }: BooksRoute, { accounts }: TrialWorld): TrialAccount | undefined {
  if (roles === 'anyone') return undefined
  const able = accounts.filter(({ shutOut, role }) => !shutOut && role !== 'none')
  return (
    able.find(
      ({ name, role }) => name.startsWith('own') && (roles === 'signed-in' || roles.includes(role as never)),
    ) ?? able.find(({ role }) => roles === 'signed-in' || roles.includes(role as never))
  )
}

/** One request for each text of the route, that text replaced. */
function spoil(route: BooksRoute, { known }: TrialWorld, payload: string): InjectOptions[] {
  const sample = requestFor(route, known)
  if (route.upload) return [upload(sample, payload)]
  const [path, search = ''] = String(sample.url).split('?')
  const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map((_, at) => {
    const names = route.path.split('/')
    const parts = path!.split('/')
    const places = names.flatMap((part, index) => (part.startsWith('{') ? [index] : []))
    return { ...sample, url: parts.with(places[at]!, encodeURIComponent(payload)).join('/') }
  })
  const inQuery = textsOf(route.query).map(([name]) => {
    const query = new URLSearchParams(search)
    query.set(name!, payload)
    return { ...sample, url: `${path}?${query}` }
  })
  const inBody = textsOf(route.body).map((place) => ({
    ...sample,
    payload: put(sample.payload, place, payload),
  }))
  return [...inPath, ...inQuery, ...inBody] as InjectOptions[]
}

interface Shape {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: unknown
  readonly anyOf?: readonly Shape[]
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
}

/** Where in a schema a text may stand, by its path. */
function textsOf(schema: TSchema | undefined, path: readonly string[] = []): string[][] {
  const shape = schema as Shape | undefined
  if (!shape || shape.const !== undefined || shape.enum !== undefined) return []
  if (shape.anyOf) return dedupe(shape.anyOf.flatMap((each) => textsOf(each as TSchema, path)))
  if (shape.properties)
    return Object.entries(shape.properties).flatMap(([name, each]) =>
      textsOf(each as TSchema, [...path, name]),
    )
  if (shape.items) return textsOf(shape.items as TSchema, [...path, '0'])
  return path.length > 0 && (shape.type === 'string' || shape.type === undefined) ? [[...path]] : []
}

function dedupe(paths: readonly string[][]): string[][] {
  return [...new Map(paths.map((path) => [path.join('/'), path])).values()]
}

function put(value: unknown, [name, ...rest]: readonly string[], payload: string): unknown {
  if (name === undefined) return payload
  if (name === '0') return [put(undefined, rest, payload)]
  return {
    ...(value as object),
    [name]: put((value as Record<string, unknown> | undefined)?.[name], rest, payload),
  }
}

/** A table whose name and cells are the payload: what comes of it stands in findings, receipts and lists. */
function upload({ method, url, headers }: InjectOptions, payload: string): InjectOptions {
  const quoted = payload.replaceAll(/["\r\n]/g, "'")
  const cell = `"${payload.replaceAll('"', '""')}"`
  const parts = [
    'content-disposition: form-data; name="kind"\r\n\r\nenrolment-by-grade',
    `content-disposition: form-data; name="file"; filename="${quoted}.csv"\r\ncontent-type: text/csv\r\n\r\n学年,机构标识码,机构名称,年级,在校生数\r\n${Array(5).fill(cell).join()}\r\n2024,${cell},${cell},一年级,3`,
  ]
  return {
    method: method ?? 'POST',
    url: url!,
    headers: { ...headers, 'content-type': 'multipart/form-data; boundary=edge' },
    payload: `${parts.map((part) => `--edge\r\n${part}\r\n`).join('')}--edge--\r\n`,
  }
}

async function ask(
  server: FastifyInstance,
  { books }: TrialWorld,
  account: TrialAccount | undefined,
  request: InjectOptions,
  sessions: Map<string, string>,
) {
  const cookie = async () => {
    if (!account) return {}
    if (!sessions.has(account.name))
      sessions.set(account.name, `kuoyou_session=${await openSession(books.db.pool, account.name)}`)
    return { cookie: sessions.get(account.name)! }
  }
  const once = async () => server.inject({ ...request, headers: { ...request.headers, ...(await cookie()) } })
  const answer = await once()
  if (answer.statusCode !== 401 || !account) return answer
  sessions.delete(account.name)
  return once()
}

const inside =
  /syntax error at|violates .* constraint|relation "|SQLSTATE|node_modules|\bat .*\.ts:\d|root:x:0/

async function problemWith({
  statusCode,
  headers,
  rawPayload,
}: Awaited<ReturnType<typeof ask>>): Promise<string | undefined> {
  const text = await textWithin(rawPayload)
  if (statusCode >= 500) return `${statusCode} ${text.slice(0, 200)}`
  if (JSON.stringify(headers).includes('planted=1')) return 'a header was planted'
  if (/html|javascript|svg/.test(String(headers['content-type'])))
    return `answered as ${headers['content-type']}`
  if (inside.test(text)) return `tells of its inside: ${inside.exec(text)![0]}`
  if (/(^|[^0-9])49([^0-9]|$)/.test(text) && /\{\{7\*7\}\}/.test(text) === false && text.includes('<%='))
    return 'a template was filled in'
  return rawPayload.subarray(0, 2).toString() === 'PK' && /<f>/.test(text)
    ? 'a formula in a workbook'
    : undefined
}
