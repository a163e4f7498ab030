import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import { schemaProblems } from './schema-problem.ts'
import { validators } from './validators.ts'

const compile = validators()

function told(schema: object, value: unknown): string[] {
  const validate = compile({ schema, method: 'POST', url: '/', httpPart: 'body' })
  assert.equal(validate(value), false, `${JSON.stringify(schema)} lets ${JSON.stringify(value)} pass`)
  const { errors } = validate as unknown as { errors: never[] }
  return schemaProblems({ validation: errors, validationContext: 'body' }).map(({ text }) => text)
}

const cases: readonly (readonly [schema: object, value: unknown, text: string])[] = [
  [{ type: 'integer' }, 'x', '类型不对，应为整数。'],
  [{ type: 'number' }, 'x', '类型不对，应为数。'],
  [{ type: 'string' }, 1, '类型不对，应为文字。'],
  [{ type: 'boolean' }, 'x', '类型不对，应为是或否。'],
  [{ type: 'array' }, 'x', '类型不对，应为列表。'],
  [{ type: 'object' }, 'x', '类型不对，应为一组字段。'],
  [{ type: 'null' }, 'x', '类型不对，应为空值。'],
  [{ type: 'object', required: ['days'] }, {}, '缺少 days，请补上。'],
  [{ type: 'integer', minimum: 1 }, 0, '太小，应不小于 1。'],
  [{ type: 'integer', exclusiveMinimum: 1 }, 1, '太小，应大于 1。'],
  [{ type: 'integer', maximum: 366 }, 367, '太大，应不大于 366。'],
  [{ type: 'integer', exclusiveMaximum: 366 }, 366, '太大，应小于 366。'],
  [{ type: 'number', multipleOf: 0.5 }, 0.7, '应为 0.5 的整数倍。'],
  [{ type: 'string', minLength: 2 }, '一', '太短，至少 2 个字。'],
  [{ type: 'string', maxLength: 1 }, '一二', '太长，至多 1 个字。'],
  [{ type: 'string', pattern: '^a$' }, '一', '格式不对，请照示例填写。'],
  [{ type: 'string', format: 'uuid' }, '一', '格式不对，应为三十六位的唯一编号。'],
  [{ type: 'string', format: 'email' }, '一', '格式不对，应为接口说明所写的格式。'],
  [{ enum: ['全市', '全县'] }, '全国', '只能是 ["全市","全县"] 之一。'],
  [{ const: '全市' }, '全国', '只能是 "全市"。'],
  [{ type: 'array', minItems: 2 }, [1], '太少，至少 2 项。'],
  [{ type: 'array', maxItems: 1 }, [1, 2], '太多，至多 1 项。'],
  [{ type: 'array', uniqueItems: true }, [1, 1], '有重复的项，请只留一个。'],
  [{ type: 'object', minProperties: 1 }, {}, '太少，至少 1 个字段。'],
  [{ type: 'object', maxProperties: 1 }, { a: 1, b: 2 }, '太多，至多 1 个字段。'],
]

for (const [schema, value, text] of cases)
  test(`${JSON.stringify(value)} against ${JSON.stringify(schema)}: ${text}`, () =>
    assert.deepEqual(told(schema, value), [text]))

test('where several types or forms are allowed, all that failed are told', () => {
  const either = { anyOf: [{ type: 'integer' }, { type: 'null' }] }
  assert.deepEqual(told(either, 'x'), [
    '类型不对，应为整数。',
    '类型不对，应为空值。',
    '几种写法都不符合，请照其中一种填写。',
  ])
})

test('of every keyword that can complain there is a sentence, and none has an English word', () => {
  // the others hand on to further schemas; of types it complains by itself
  const keywords = new Ajv().RULES.rules.flatMap(({ rules }) =>
    rules.flatMap(({ keyword, definition }) => ('error' in definition ? [keyword] : [])),
  )
  assert.ok(keywords.length > 20, keywords.join())
  for (const keyword of [...keywords, 'type', 'false schema']) {
    const params = { type: 'array', format: 'time', missingProperty: '', allowedValues: [], limit: 1 }
    const found = { keyword, params: { ...params, allowedValue: 1, multipleOf: 2 } }
    const [problem] = schemaProblems({
      validation: [{ ...found, instancePath: '', schemaPath: '' }] as never,
    })
    assert.doesNotMatch(problem!.text, /[A-Za-z]|请对照接口说明修改/, keyword)
  }
})
