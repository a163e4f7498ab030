import type { FastifyError } from 'fastify'
import { jsonTypeNames } from '../../kernel/json-type-names.ts'
import type { Problem } from '../../kernel/problem.ts'

type Rule = Readonly<Record<string, unknown>>

const formatNames: Readonly<Record<string, string>> = {
  date: '一个日子，写成 2025-03-01 的样子，年份在 1000 到 2999 之间',
  uuid: '三十六位的唯一编号',
}

const sentences: Readonly<Record<string, (rule: Rule) => string>> = {
  required: ({ missingProperty }) => `缺少 ${String(missingProperty)}，请补上。`,
  dependencies: ({ missingProperty }) => `填了这一项就还要填 ${String(missingProperty)}，请补上。`,
  type: ({ type }) =>
    `类型不对，应为${[type]
      .flat()
      .flatMap((each) => String(each).split(','))
      .map((each) => jsonTypeNames[each] ?? '接口说明所写的类型')
      .join('或')}。`,
  minimum: ({ limit }) => `太小，应不小于 ${String(limit)}。`,
  exclusiveMinimum: ({ limit }) => `太小，应大于 ${String(limit)}。`,
  maximum: ({ limit }) => `太大，应不大于 ${String(limit)}。`,
  exclusiveMaximum: ({ limit }) => `太大，应小于 ${String(limit)}。`,
  multipleOf: ({ multipleOf }) => `应为 ${String(multipleOf)} 的整数倍。`,
  pattern: () => '格式不对，请照示例填写。',
  format: ({ format }) => `格式不对，应为${formatNames[String(format)] ?? '接口说明所写的格式'}。`,
  enum: ({ allowedValues }) => `只能是 ${JSON.stringify(allowedValues ?? '')} 之一。`,
  const: ({ allowedValue }) => `只能是 ${JSON.stringify(allowedValue ?? '')}。`,
  minLength: ({ limit }) => `太短，至少 ${String(limit)} 个字。`,
  maxLength: ({ limit }) => `太长，至多 ${String(limit)} 个字。`,
  minItems: ({ limit }) => `太少，至少 ${String(limit)} 项。`,
  maxItems: ({ limit }) => `太多，至多 ${String(limit)} 项。`,
  uniqueItems: () => '有重复的项，请只留一个。',
  contains: () => '缺少必须有的项，请补上。',
  additionalItems: ({ limit }) => `太多，至多 ${String(limit)} 项。`,
  minProperties: ({ limit }) => `太少，至少 ${String(limit)} 个字段。`,
  maxProperties: ({ limit }) => `太多，至多 ${String(limit)} 个字段。`,
  propertyNames: () => '字段的名称不合要求，请对照接口说明改正。',
  additionalProperties: () => '有不认识的字段，请删去。',
  anyOf: () => '几种写法都不符合，请照其中一种填写。',
  oneOf: () => '应当正好符合其中一种写法，请改正。',
  not: () => '这样的内容不能填，请改正。',
  if: () => '与同时填写的其他项不相配，请改正。',
  'false schema': () => '这里不能填，请删去。',
}

/** 填写问题 — what the schema found wrong with a request, in Chinese, each with its path. */
export function schemaProblems(error: Pick<FastifyError, 'validation' | 'validationContext'>): Problem[] {
  return (error.validation ?? []).map((found) => ({
    path: `${error.validationContext ?? ''}${found.instancePath}`,
    code: `request.${found.keyword}`,
    text: (sentences[found.keyword] ?? (() => '填写不符合要求，请对照接口说明修改。'))(found.params),
  }))
}
