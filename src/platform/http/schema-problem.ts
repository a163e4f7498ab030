import type { FastifyError } from 'fastify'
import type { Problem } from '../../kernel/problem.ts'

const sentences: Readonly<Record<string, (rule: Record<string, unknown>) => string>> = {
  required: (rule) => `缺少 ${String(rule.missingProperty ?? rule.requiredProperties ?? '必填项')}，请补上。`,
  type: (rule) => `类型不对，应为 ${String(rule.type)}。`,
  minimum: (rule) => `太小，应不小于 ${String(rule.limit)}。`,
  maximum: (rule) => `太大，应不大于 ${String(rule.limit)}。`,
  pattern: () => '格式不对，请照示例填写。',
  format: ({ format }) =>
    format === 'date'
      ? '不是一个日子，请写成 2025-03-01 的样子，年份在 1000 到 2999 之间。'
      : `格式不对，应为 ${String(format)}。`,
  enum: (rule) => `只能是 ${JSON.stringify(rule.allowedValues ?? '')} 之一。`,
  minLength: (rule) => `太短，至少 ${String(rule.limit)} 个字。`,
  maxLength: (rule) => `太长，至多 ${String(rule.limit)} 个字。`,
  additionalProperties: () => '有不认识的字段，请删去。',
}

/** 填写问题 — what the schema found wrong with a request, in Chinese, each with its path. */
export function schemaProblems(error: FastifyError): Problem[] {
  return (error.validation ?? []).map((found) => ({
    path: `${error.validationContext ?? ''}${found.instancePath}`,
    code: `request.${found.keyword}`,
    text: (sentences[found.keyword] ?? (() => '填写不符合要求，请对照接口说明修改。'))(found.params),
  }))
}
