import type { FastifyRequest } from 'fastify'
import type { Upload } from './route.ts'

/** The largest file taken in, in bytes. */
export const uploadLimit = 20 * 1024 * 1024

/** 接收上传 — the one file of a form and its other fields; undefined when the request is no such form. */
export async function receiveUpload(request: FastifyRequest): Promise<Upload | undefined> {
  if (!request.isMultipart()) return undefined
  const fields: Record<string, string> = {}
  let file: { fileName: string; bytes: Buffer } | undefined
  for await (const part of request.parts()) {
    if (part.type === 'file') file = { fileName: part.filename, bytes: await part.toBuffer() }
    else fields[part.fieldname] = String(part.value)
  }
  return file && { ...file, fields }
}
