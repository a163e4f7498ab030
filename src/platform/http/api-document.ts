import type { FastifyInstance } from 'fastify'
import type { TSchema } from 'typebox'
import { scopeOf } from '../access/api-token.ts'
import { documentedErrors, errorComponents } from './documented-errors.ts'
import { exampleOf } from './example-of.ts'
import { flatObject } from './flat-object.ts'
import { knownOnParameter } from './known-on.ts'
import type { Route } from './route.ts'

type Described = Pick<
  Route,
  'method' | 'path' | 'summary' | 'may' | 'params' | 'query' | 'body' | 'answer' | 'upload' | 'traced'
>

/** 各组名称 — for the first word of a path after `/api/`: what its room is called. */
export type RoomNames = Readonly<Record<string, string>>

const conventions = `由校验请求的同一份模式生成。约定：

- 登录：浏览器用会话 Cookie；程序用接口令牌，请求头 \`Authorization: Bearer kyt_…\`，在“接口令牌”页发放。
- 出错答复都是 \`{ kind, text, … }\`，\`text\` 是可以直接给人看的中文。
- 只办一次：写操作可带 \`Idempotency-Key\`；同一编号 72 小时内重发得到同一答复，不会办两次；换了内容重用编号答 422。
- 往日不办：写操作的地址里带过去某日的 \`asOf\` 或 \`knownOn\` 时答 422；测算、查找和导出除外。
- 缓存：读操作答复带 \`ETag\`；带 \`If-None-Match\` 再问，没有变化答 304，不带内容。
- 分页：列表用 \`page\`（从 1 起）与 \`pageSize\` 取一页，答复的 \`total\` 是全部条数；没有这两个参数的列表一次给全。
- 限流：超出时答 429，过忙时答 503，都带 \`Retry-After\`（秒）。
- 日期是 \`YYYY-MM-DD\`，学年以起始年表示（2024 指 2024—2025 学年），金额以分计。`

/** 接口说明 — OpenAPI 3.1, made of the very schemas that validate; served at `/api/openapi.json`. */
export function describeApi(
  server: FastifyInstance,
  routes: readonly Described[],
  version: string,
  rooms: RoomNames = {},
): void {
  const document = apiDocument(routes, version, rooms)
  server.get('/api/openapi.json', async () => document)
}

/** 接口说明文档 — of these routes. */
export function apiDocument(routes: readonly Described[], version: string, rooms: RoomNames = {}) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) }
  const tags = [...new Set(routes.map(({ path }) => roomOf(path)))]
  return {
    openapi: '3.1.0',
    info: { title: '扩优 Kuoyou 接口', version, description: conventions },
    servers: [{ url: '/' }],
    tags: tags.map((name) => ({ name, description: rooms[name] ?? name })),
    paths,
    components: {
      ...errorComponents,
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-kuoyou',
          description: '登录后由平台设置；写操作必须来自本站页面',
        },
        token: { type: 'http', scheme: 'bearer', description: '接口令牌，kyt_ 开头' },
      },
    },
  }
}

function roomOf(path: string): string {
  return path.split('/')[2]!
}

function operationOf(route: Described) {
  const { method, path, summary, may } = route
  const words = path.replaceAll(/[{}]/g, '').split(/[/-]/).slice(2)
  return {
    operationId: [method.toLowerCase(), ...words].join('_'),
    tags: [roomOf(path)],
    summary,
    description: accessWords(route),
    security: securityOf(may),
    parameters: parametersOf(route),
    ...(bodyOf(route) && { requestBody: bodyOf(route) }),
    responses: { 200: successOf(route), ...(readsJson(route) && { 304: unchanged }), ...documentedErrors },
  }
}

function readsJson({ method, answer }: Described): boolean {
  return method === 'GET' && answer !== undefined
}

const unchanged = { description: '自 `If-None-Match` 所指的那次答复以来没有变化' }

function accessWords({ may, traced }: Described): string {
  if (may.roles === 'anyone') return '不必登录。'
  const scope = scopeOf(may)
  const who = `${may.zh}。${scope ? `令牌需有 \`${scope}\`。` : '只能由本人登录后使用，令牌不能用。'}`
  return traced ? `${who}读取本身会记入审计。` : who
}

function securityOf(may: Described['may']) {
  if (may.roles === 'anyone') return []
  return scopeOf(may) ? [{ session: [] }, { token: [] }] : [{ session: [] }]
}

function parametersOf(route: Described) {
  const of = (place: 'path' | 'query', schema: TSchema | undefined) => {
    const { properties, required } = flatObject(schema ?? {})
    return Object.entries(properties).map(([name, field]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: field,
    }))
  }
  const header = (name: string, description: string) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string', maxLength: 255 },
  })
  return [
    ...of('path', route.params),
    ...of('query', route.query),
    ...(flatObject(route.query ?? {}).properties.asOf ? [knownOn] : []),
    ...(route.method === 'GET' ? [] : [header('Idempotency-Key', '请求编号：同一编号只办一次')]),
    ...(readsJson(route) ? [header('If-None-Match', '上次答复的 ETag')] : []),
  ]
}

const knownOn = {
  name: knownOnParameter,
  in: 'query',
  required: false,
  description: '只按这一天结束时台账已有的记录答复；不给则按现在的记录',
  schema: { type: 'string', format: 'date' },
}

function bodyOf({ body, upload }: Described) {
  if (upload) {
    const schema = {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } },
    }
    return {
      required: true,
      content: { 'multipart/form-data': { schema, example: { file: '（文件内容）' } } },
    }
  }
  if (!body) return undefined
  return {
    required: true,
    content: { 'application/json': { schema: body, example: exampleOf(body) } },
  }
}

function successOf({ method, answer }: Described) {
  if (!answer)
    return {
      description: '文件',
      content: { '*/*': { schema: { type: 'string', contentMediaType: 'application/octet-stream' } } },
    }
  const etag = { ETag: { description: '这份答复的标记', schema: { type: 'string' } } }
  return {
    description: '办成',
    ...(method === 'GET' && { headers: etag }),
    content: { 'application/json': { schema: answer } },
  }
}
