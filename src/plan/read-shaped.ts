import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { parseDocument } from 'yaml'
import { jsonTypeNames } from '../kernel/json-type-names.ts'
import type { Problem } from '../kernel/problem.ts'
import type { Source } from './read-sources.ts'

/** 读出的内容 — a file's content in the shape asked for, or what is wrong with it. */
export type Shaped<T> =
  | { readonly value: T; readonly problems: readonly [] }
  | { readonly value?: undefined; readonly problems: readonly Problem[] }

/** 按格式读取 — parses a YAML file and holds it against its schema; each breach names file and field. */
export function readShaped<S extends TSchema>(shape: S, source: Source): Shaped<Static<S>> {
  const document = parseDocument(source.content)
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map((error) =>
        breach(
          source,
          '',
          `不是合法的 YAML：第 ${error.linePos?.[0].line ?? 1} 行第 ${error.linePos?.[0].col ?? 1} 列附近${yamlWords[error.code] ?? '写法有误'}，请改正`,
        ),
      ),
    }
  }
  const value: unknown = document.toJS()
  if (Value.Check(shape, value)) return { value: value as Static<S>, problems: [] }
  return { problems: breachesOf(shape, source, value) }
}

/** The slips that happen most; all others are told by their place. */
const yamlWords: Readonly<Record<string, string>> = {
  BAD_INDENT: '缩进不对',
  TAB_AS_INDENT: '用了制表符缩进，应改为空格',
  MISSING_CHAR: '少了引号、括号、逗号或冒号',
  DUPLICATE_KEY: '同一项写了两遍',
  MULTILINE_IMPLICIT_KEY: '一项的名称跨了行，多为少了冒号',
  BAD_ALIAS: '引用了没有定义的锚点',
  UNEXPECTED_TOKEN: '有多余的符号',
}

function breachesOf(shape: TSchema, source: Source, value: unknown): Problem[] {
  const errors = Value.Errors(shape, value).filter(
    (error) => error.keyword !== 'boolean' && !/\/anyOf\/\d+/.test(error.schemaPath),
  )
  return errors.map((error) => breach(source, error.instancePath, sentenceOf(error)))
}

/** 填写问题 — a problem with one field of one plan file. */
export function breach(source: { readonly file: string }, field: string, text: string): Problem {
  const path = `${source.file}${field && `#${field}`}`
  return { path, code: 'plan.file', text: `${path} ${text}` }
}

interface ShapeError {
  readonly keyword: string
  readonly params: object
}

function sentenceOf(error: ShapeError): string {
  const params = error.params as Record<string, unknown>
  const said: Record<string, string> = {
    required: `缺少必填项 ${String(params.requiredProperties)}，请补上`,
    additionalProperties: `有不认识的项 ${String(params.additionalProperties)}，请改名或删去`,
    pattern: `写法不符合规定格式 ${String(params.pattern)}，请改正`,
    type: `类型不对，应为${[params.type]
      .flat()
      .map((each) => jsonTypeNames[String(each)])
      .join('或')}，请改正`,
    const: `只能写 ${String(params.allowedValue)}，请改正`,
    enum: `不在允许的取值（${[params.allowedValues].flat().join('、')}）之内，请改正`,
    anyOf: '不在允许的取值或形式之内，请对照 docs/guides/add-a-plan-item.md 改正',
    minLength: '不能为空，请填写',
    minimum: `太小，应不小于 ${String(params.limit)}，请改正`,
    maximum: `太大，应不大于 ${String(params.limit)}，请改正`,
    minItems: `项数不足，至少 ${String(params.limit)} 项，请补上`,
  }
  return said[error.keyword] ?? '不符合规定，请对照 docs/guides/add-a-plan-item.md 改正'
}
