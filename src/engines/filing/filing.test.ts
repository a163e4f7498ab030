import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type AskedForm, type FilingRule, isAsked, judgeFiling } from './judge-filing.ts'
import { type AskedField, readAnswer, writeAnswer } from './read-answer.ts'

const count: AskedField = { id: 'pupils', zh: '在园幼儿数', type: 'count', atMost: 3000, unit: '人' }
const money: AskedField = { id: 'paid', zh: '实拨公用经费', type: 'money' }
const choice: AskedField = {
  id: 'plan',
  zh: '规划状态',
  type: 'code',
  codes: [
    { code: 'approved', zh: '已批准（现行）' },
    { code: 'drafting', zh: '编制中' },
  ],
}

test('what people write is read for what it means, and what cannot be meant is refused with the way out', () => {
  for (const [field, written, answer] of [
    [count, ' １，２３４ ', 1234],
    [count, '0', 0],
    [money, '1,234.5', 123450],
    [money, '600', 60000],
    [{ ...count, type: 'number' } as const, '−3.25', -3.25],
    [{ ...count, type: 'date' } as const, '2024年9月1日', '2024-09-01'],
    [{ ...count, type: 'date' } as const, '2024/9/1', '2024-09-01'],
    [choice, '已批准（现行）', 'approved'],
    [choice, 'drafting', 'drafting'],
    [{ ...count, type: 'yes-no' } as const, '否', 'no'],
    [{ ...count, type: 'text' } as const, ' 𠮷村 ', '𠮷村'],
    [{ ...count, type: 'institution' } as const, '30012', 30012],
  ] as const)
    assert.deepEqual(readAnswer(field, written), { answer }, written)
  assert.deepEqual(readAnswer(count, '  '), { empty: true })
  for (const [field, written, wrong] of [
    [count, '12人', /不是数/],
    [count, '12.5', /只能是整数/],
    [count, '-1', /小于 0/],
    [count, '3001', /大于 3000人/],
    [money, '1.234', /小数多于 2 位/],
    [{ ...count, type: 'date' } as const, '2024-02-30', /不是日历上的一天/],
    [choice, '报批', /只能从已批准（现行）、编制中中选/],
    [{ ...count, type: 'institution' } as const, '实验小学', /没有对上登记簿/],
    [{ ...count, type: 'text', maxLength: 2 } as const, '𠮷村里', /有 3 个字/],
  ] as const) {
    const read = readAnswer(field, written)
    assert.ok('wrong' in read, written)
    assert.match(read.wrong, wrong)
  }
})

test('of many choices a wrong one is told their number and the nearest few, or that none is near', () => {
  const names = [
    '语文',
    '数学',
    '英语',
    '道德与法治',
    '科学',
    '体育与健康',
    '音乐',
    '美术',
    '劳动',
    '信息科技',
    '历史',
  ]
  const subject = { ...choice, codes: names.map((zh, at) => ({ code: `s${at}`, zh })) }
  const wrong = (written: string) => {
    const read = readAnswer(subject, written)
    return 'wrong' in read ? read.wrong : undefined
  }
  assert.match(wrong('体育')!, /只能从 11 个选项中选，相近的有体育与健康—/)
  assert.match(wrong('信息技术')!, /相近的有信息科技、美术—/)
  assert.match(wrong('xyz')!, /只能从 11 个选项中选—/)
})

test('an answer written out reads back the same', () => {
  fc.assert(
    fc.property(fc.nat(10 ** 12), (fen) => {
      assert.deepEqual(readAnswer(money, writeAnswer(money, fen)), { answer: fen })
    }),
  )
  for (const answer of ['approved', 'drafting'])
    assert.deepEqual(readAnswer(choice, writeAnswer(choice, answer)), { answer })
})

const form: AskedForm = {
  parts: [
    {
      zh: '规模',
      fields: [
        count,
        { id: 'has-canteen', zh: '有无食堂', type: 'yes-no' },
        { id: 'seats', zh: '食堂座位', type: 'count', when: { field: 'has-canteen', is: ['yes'] } },
        { ...money, optional: true },
      ],
    },
  ],
  lines: {
    zh: '班级',
    each: '班',
    atLeast: 1,
    atMost: 3,
    fields: [{ id: 'size', zh: '班额', type: 'count' }],
  },
}
const rules: FilingRule[] = [
  {
    id: 'sum',
    zh: '各班人数之和不等于在园幼儿数',
    severity: 'error',
    holds: 'sum(size) = pupils',
    marks: ['pupils'],
    why: '一个孩子只在一个班',
    mend: '请核对各班人数。',
  },
  {
    id: 'large',
    zh: '班额超标',
    severity: 'doubt',
    holds: 'size <= {class-size}',
    perLine: true,
    marks: ['size'],
    why: '上限见班额标准',
    mend: '请说明原因。',
  },
  {
    id: 'year',
    zh: '比上年变动过大',
    severity: 'hint',
    holds: 'abs(pupils - last.pupils) / last.pupils <= 0.3',
    marks: ['pupils'],
    why: '多为误填',
    mend: '请核对。',
  },
  {
    id: 'paid',
    zh: '生均不足',
    severity: 'doubt',
    holds: 'paid >= 600 * pupils',
    marks: ['paid'],
    why: '标准为生均 600 元',
    mend: '请核对。',
  },
]
const lines = (...sizes: (number | undefined)[]) =>
  sizes.map((size, at) => ({ line: at + 1, answers: { size } }))
const judge = (
  once: Record<string, number | string | undefined>,
  sizes: (number | undefined)[],
  before?: number,
) =>
  judgeFiling(
    form,
    rules,
    { once, lines: lines(...sizes) },
    {
      parameters: { 'class-size': 30 },
      ...(before !== undefined && { before: { once: { pupils: before }, lines: [] } }),
    },
  )

test('a filing is told what it owes, what it breaks and where, and nothing about what is not known yet', () => {
  assert.deepEqual(judge({ pupils: 50, 'has-canteen': 'no', paid: 3_000_000 }, [25, 25], 50), [])
  const told = judge({ pupils: 60, 'has-canteen': 'yes', paid: 3_599_999 }, [25, 34], 40)
  assert.deepEqual(
    told.map(({ check, line, fields, severity }) => [check, line, fields.join(), severity]),
    [
      [undefined, 0, 'seats', 'error'],
      ['sum', 0, 'pupils', 'error'],
      ['large', 2, 'size', 'doubt'],
      ['year', 0, 'pupils', 'hint'],
      ['paid', 0, 'paid', 'doubt'],
    ],
  )
  assert.match(told[2]!.says, /^第 2 行班额超标—上限见班额标准—/)
  assert.deepEqual(
    judge({ 'has-canteen': 'no' }, [undefined]).map(({ check }) => check),
    [undefined, undefined],
  )
  assert.deepEqual(
    judge({ pupils: 0, 'has-canteen': 'no' }, []).map(({ says }) => says),
    ['“班级”现有 0 行—至少要有 1 行，一行一个班—请核对增减。'],
  )
})

test('a field under a condition is asked only when the condition is met', () => {
  const seats = form.parts[0]!.fields[2]!
  assert.equal(isAsked(seats, { 'has-canteen': 'yes' }), true)
  assert.equal(isAsked(seats, { 'has-canteen': 'no' }), false)
  assert.equal(isAsked(seats, {}), false)
})
