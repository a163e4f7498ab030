import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifySchemaCompiler } from 'fastify'
import { isRealDay } from './real-day.ts'

/**
 * 校验请求 — holds what came in against the route's schemas.
 *
 * What stands in an address is text and is read as the number or list its schema asks for; a body says its own types, and
 * none is bent into another: an empty value must not turn into 0.
 */
export function validators(): FastifySchemaCompiler<object> {
  const address = ajvWith('array')
  const body = ajvWith(false)
  return ({ schema, httpPart }) => (httpPart === 'body' ? body : address).compile(schema)
}

function ajvWith(coerceTypes: 'array' | false): Ajv {
  const ajv = new Ajv({ coerceTypes, useDefaults: true, removeAdditional: true, allErrors: true })
  addFormats.default(ajv)
  return ajv.addFormat('date', isRealDay)
}
