import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { scrubLine, scrubText } from './scrub.ts'

const seeded = [
  '410402201501011234',
  '41040220150101123X',
  '41040220150101123x',
  '410402 20150101 1234',
  '410402-20150101-1234',
  '410402150101123',
  '13812345678',
  '138 1234 5678',
  '138-1234-5678',
  '+8613812345678',
  '+86 138 1234 5678',
  '0375-4912345',
  '４１０４０２２０１５０１０１１２３４',
  '１３８１２３４５６７８',
]

for (const number of seeded)
  test(`${number} does not pass, alone or in a sentence`, () => {
    for (const text of [
      number,
      `家长电话${number}，请回电`,
      `id=${number}&x=1`,
      `{"a":"${number}"}`,
      `'${number}'`,
    ]) {
      const scrubbed = scrubText(text)
      assert.match(scrubbed, /\[(身份证号|手机号|电话)\]/, text)
      assert.ok(!scrubbed.includes(number))
    }
  })

test('what is no personal number stays as it is', () => {
  for (const text of [
    '2026-09-01T08:00:00.123Z',
    '{"time":1761234567890,"ms":12}',
    '机构标识码 3241000123',
    '410422002',
    'a3f1c2d4-1380-4138-9123-456789012345'.replace(/\d{12}$/, '45678901abcd'),
    '0.12345678901234567',
    '价款 1234567.89 元',
    'sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  ])
    assert.equal(scrubText(text), text)
})

test('a line stays JSON whatever numbers it holds, bare, nested, as a key or in a list', () => {
  const line = JSON.stringify({
    a: 13812345678,
    b: [410402150101123, '410402201501011234'],
    '13812345678': { c: 'x,13812345678,y' },
    ms: 12.5,
  })
  const scrubbed = scrubLine(`${line}\n`)
  assert.doesNotMatch(scrubbed, /13812345678|4104021501|4104022015/)
  assert.equal(JSON.parse(scrubbed).ms, 12.5)
  assert.ok(scrubbed.endsWith('}\n'))
})

test('any identity number in any line is gone, and the line is JSON still', () => {
  const digits = (count: number) => fc.stringMatching(new RegExp(`^[0-9]{${count}}$`))
  fc.assert(
    fc.property(
      digits(17),
      fc.constantFrom('0', '7', 'X', 'x'),
      fc.string(),
      fc.string(),
      (id, last, before, after) => {
        const number = id + last
        const scrubbed = scrubLine(
          `${JSON.stringify({ msg: `${before}|${number}|${after}`, [number]: number })}\n`,
        )
        JSON.parse(scrubbed)
        assert.ok(!scrubbed.includes(number))
      },
    ),
  )
})
