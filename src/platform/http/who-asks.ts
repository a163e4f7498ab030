import type { FastifyRequest } from 'fastify'
import { bearerOf, visitorOfToken } from '../access/api-token.ts'
import { sessionTokenOf } from '../access/client.ts'
import { visitorOf } from '../access/session.ts'
import type { Visitor } from '../access/visitor.ts'
import type { Queryable } from '../db/open-database.ts'

/** 谁在请求 — by the token in its header, else by its session cookie; a token that opens nothing is not made up for by a cookie. */
export async function whoAsks(pool: Queryable, request: FastifyRequest): Promise<Visitor | undefined> {
  const secret = bearerOf(request.headers.authorization)
  if (secret !== undefined) return secret === '' ? undefined : visitorOfToken(pool, secret)
  const token = sessionTokenOf(request)
  return token ? visitorOf(pool, token) : undefined
}
