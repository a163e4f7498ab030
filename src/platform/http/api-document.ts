import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'

/** 接口说明 — OpenAPI 3.1, generated from the very schemas that validate; served at `/api/openapi.json`. */
export async function describeApi(server: FastifyInstance, version: string): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: '扩优 Kuoyou 接口', version, description: '由校验请求的同一份模式生成。' },
    },
  })
  server.get('/api/openapi.json', { schema: { hide: true } }, async () => server.swagger())
}
