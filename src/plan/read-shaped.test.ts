import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DutyShape } from './duty.ts'
import { ManifestShape } from './manifest.ts'
import { readShaped } from './read-shaped.ts'
import { ReturnFormShape } from './return-form.ts'
import { StandardShape } from './standard.ts'

const source = (content: string) => ({ path: 'x.yaml', file: 'plan/x.yaml', content })
const texts = (problems: readonly { text: string }[]) => problems.map(({ text }) => text)

test('a file in its shape is read', () => {
  const read = readShaped(ManifestShape, source('id: national\nzh: 国家\nkind: national\n'))
  assert.deepEqual(read, { value: { id: 'national', zh: '国家', kind: 'national' }, problems: [] })
})

test('each breach names the file, the field and what is wrong', () => {
  const { problems } = readShaped(ManifestShape, source('id: 国家\nkind: town\nofficalCode: 1\n'))
  const said = texts(problems).join('\n')
  assert.match(said, /plan\/x\.yaml 缺少必填项 zh/)
  assert.match(said, /plan\/x\.yaml#\/id 写法不符合规定格式/)
  assert.match(said, /plan\/x\.yaml#\/kind 不在允许的取值/)
  assert.match(said, /plan\/x\.yaml 有不认识的项 officalCode/)
})

test('what is wrong is said in Chinese to the last word', () => {
  const form = 'id: a\nzh: 3\nversion: 0\nfrom: 2020-01-01\n'
  const said = texts(readShaped(ReturnFormShape, source(form)).problems).join('\n')
  assert.match(said, /plan\/x\.yaml#\/zh 类型不对，应为文字，请改正/)
  assert.match(said, /plan\/x\.yaml#\/version 太小，应不小于 1，请改正/)
  assert.doesNotMatch(said, /must|string|number/)
})

test('a file that is no YAML is one sentence, not a crash', () => {
  const { problems } = readShaped(ManifestShape, source('id: [a'))
  assert.match(texts(problems)[0] ?? '', /plan\/x\.yaml 不是合法的 YAML：第 \d+ 行第 \d+ 列附近[一-龥、，]+$/)
})

test('a date that is not a day, an unknown type letter and an unknown owner are refused', () => {
  const item = (more: string) =>
    `id: M01\nzh: 甲\npaper: p\nheading: 甲\nitems:\n  - { id: M1.1, quote: 甲, carriedBy: tracked, ${more} }\n`
  const wrong = (more: string) => texts(readShaped(DutyShape, source(item(more))).problems).join('\n')
  assert.equal(wrong('type: [N], owners: [city]'), '')
  assert.match(wrong('type: [N], owners: [city], due: 2024-13-01'), /#\/items\/0\/due 写法/)
  assert.match(wrong('type: [Q], owners: [city]'), /#\/items\/0\/type\/0 不在允许的取值（N、/)
  assert.match(wrong('type: [N], owners: [nobody]'), /#\/items\/0\/owners\/0 不在允许的取值/)
})

test('a parameter needs a value of an allowed form', () => {
  const standard = (value: string) =>
    `id: a\nzh: 甲\nunit: 人\nreviewBy: 2027-08-31\nvalues: [{ from: 2020-01-01, status: V, value: ${value} }]\n`
  assert.equal(readShaped(StandardShape, source(standard('45'))).problems.length, 0)
  assert.equal(readShaped(StandardShape, source(standard('{ from: 56, to: 65 }'))).problems.length, 0)
  assert.notEqual(readShaped(StandardShape, source(standard('null'))).problems.length, 0)
})
