import type { FastifyError, FastifyReply } from 'fastify'
import { outageOf } from '../watch/outage.ts'
import { sendError } from './answer.ts'
import { uploadLimit } from './receive-upload.ts'
import { schemaProblems } from './schema-problem.ts'

/** 出错答复 — a request that did not fit its schema, was too large or could not be read; a database that is away; anything else is ours to mend. */
export function answerFault(
  error: FastifyError,
  reply: FastifyReply,
  traceId: string,
  onFault: (traceId: string, error: unknown) => void,
): FastifyReply {
  if (error.validation) {
    const problems = schemaProblems(error)
    return sendError(reply, {
      kind: 'problem',
      text: `请求有 ${problems.length} 处填写问题：${problems.map((each) => `${spotOf(each.path)}${each.text}`).join(' ')}`,
      problems,
    })
  }
  if (error.code === 'FST_REQ_FILE_TOO_LARGE') {
    return sendError(
      reply,
      {
        kind: 'problem',
        text: `文件超过 ${uploadLimit / 1024 / 1024} MB。请拆成几个文件，或删去与数据无关的图片和工作表后再传。`,
      },
      413,
    )
  }
  if (error.statusCode && error.statusCode < 500) {
    return sendError(
      reply,
      { kind: 'problem', text: '请求的格式无法识别。请从本平台页面操作，或对照接口说明检查。' },
      error.statusCode,
    )
  }
  const outage = outageOf(error)
  if (outage) {
    reply.log.warn({ err: error }, outage.code)
    reply.header('retry-after', String(outage.retryAfterSeconds))
    return sendError(reply, { kind: 'unavailable', text: outage.text }, outage.status)
  }
  onFault(traceId, error)
  return sendError(reply, {
    kind: 'fault',
    text: `平台出错，您的数据没有改动。请稍后再试；若仍不行，请把编号 ${traceId.slice(0, 8)} 告诉管理员。`,
    traceId,
  })
}

const parts: Readonly<Record<string, string>> = { querystring: '网址里的', params: '网址里的', body: '' }

/** Where it is, for whoever reads it on a page: the name that stands in the address or the form. */
function spotOf(path: string): string {
  const [part = '', ...names] = path.split('/')
  const name = names.join('/')
  return name === '' ? '' : `${parts[part] ?? ''}“${name}”`
}
