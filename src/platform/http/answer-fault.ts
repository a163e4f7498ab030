import type { FastifyError, FastifyReply } from 'fastify'
import { sendError } from './answer.ts'
import { uploadLimit } from './receive-upload.ts'
import { schemaProblems } from './schema-problem.ts'

/** 出错答复 — a request that did not fit its schema, was too large or could not be read; anything else is ours to mend. */
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
      text: `请求有 ${problems.length} 处填写问题：${problems.map((each) => `${each.path} ${each.text}`).join(' ')}`,
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
  onFault(traceId, error)
  return sendError(reply, {
    kind: 'fault',
    text: `平台出错，您的数据没有改动。请稍后再试；若仍不行，请把编号 ${traceId.slice(0, 8)} 告诉管理员。`,
    traceId,
  })
}
