import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Evaluated, evaluateExpression, type Surroundings } from './evaluate-expression.ts'
import { type Expression, factsNamed, fieldsNamed, isExpression, parseExpression } from './expression.ts'

function from(fields: Record<string, Evaluated>, lines: Record<string, Evaluated>[] = []): Surroundings {
  return {
    field: (name, last) => fields[last ? `last.${name}` : name],
    parameter: (key) => ({ 'class-size.primary/cap': 45 })[key],
    fact: (key) => ({ 'institution.pupils': 300 })[key],
    lines: lines.map((line) => from(line)),
  }
}

function parsed(text: string): Expression {
  const expression = parseExpression(text)
  assert.ok(isExpression(expression), JSON.stringify(expression))
  return expression
}

const value = (text: string, ...world: Parameters<typeof from>) =>
  evaluateExpression(parsed(text), from(...world))

test('a check over fields, the year before, parameters and lines', () => {
  const world = { boys: 3, girls: 4, pupils: 7, 'last.pupils': 10, 'floor-area': 90 }
  assert.equal(value('boys + girls = pupils', world), true)
  assert.equal(value('abs(pupils - last.pupils) / last.pupils <= 0.2', world), false)
  assert.equal(value('floor-area - 1 > 88 and not pupils > 7', world), true)
  assert.equal(
    value('greatest(pupils) <= {class-size.primary/cap}', {}, [{ pupils: 45 }, { pupils: 46 }]),
    false,
  )
  assert.equal(value('sum(pupils) = 12 + 1 and count() = 2', {}, [{ pupils: 6 }, { pupils: 7 }]), true)
  assert.equal(value("if(kind = 'own', area > 0, true-area = 2)", { kind: 'own', area: 0 }), false)
  assert.equal(value("opened <= '2024-09-01'", { opened: '2024-08-31' }), true)
})

test('what nobody has written makes the answer unknown, never a breach, unless it is decided without it', () => {
  assert.equal(value('a + b = 3', { a: 1 }), undefined)
  assert.equal(value('a = 2 and b = 3', { a: 1 }), false)
  assert.equal(value('a = 1 or b = 3', { a: 1 }), true)
  assert.equal(value('a = 1 and b = 3', { a: 1 }), undefined)
  assert.equal(value('not b = 3', {}), undefined)
  assert.equal(value('a / b > 1', { a: 1, b: 0 }), undefined)
  assert.equal(value('a > 1', { a: '2024-01-01' }), undefined)
  assert.equal(value('sum(pupils) = 6', {}, [{ pupils: 6 }, {}]), undefined)
  assert.equal(value('greatest(pupils) < 50', {}, []), undefined)
  assert.equal(value('known(a) and not known(b)', { a: 0 }), true)
})

test('what is no expression says where and why', () => {
  for (const [text, why] of [
    ['a +', '缺少数、字段或括号'],
    ['(a + b', '缺少“)”'],
    ['mean(a) > 1', '没有函数“mean”'],
    ['a b', '多出“b”'],
    ['a ； b', '有不认识的符号'],
    ['if(a, b)', '此处应为“,”，现为“)”'],
    ['', '缺少数、字段或括号'],
  ] as const) {
    const wrong = parseExpression(text)
    assert.ok(!isExpression(wrong), text)
    assert.equal(wrong.why, why, text)
  }
})

test('the fields an expression names are found wherever they stand', () => {
  assert.deepEqual(
    fieldsNamed(parsed('if(known(a), sum(b), 1) - last.c * 2 > 0 or not d = 1')),
    new Set(['a', 'b', 'c', 'd']),
  )
})

test('a name with a dot is a fact from elsewhere, unknown where nobody knows it', () => {
  assert.equal(value('tested <= institution.pupils', { tested: 300 }), true)
  assert.equal(value('tested <= institution.pupils', { tested: 301 }), false)
  assert.equal(value('rooms = laboratory-teaching.rooms', { rooms: 3 }), undefined)
  const expression = parsed('a - last.b <= institution.pupils + x-y.z')
  assert.deepEqual(factsNamed(expression), new Set(['institution.pupils', 'x-y.z']))
  assert.deepEqual(fieldsNamed(expression), new Set(['a', 'b']))
})

test('any sum, product and comparison of known numbers is what arithmetic says it is', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(1000), fc.nat(1000), (a, b, c) => {
      assert.equal(value('a + b * c', { a, b, c }), a + b * c)
      assert.equal(value('(a + b) * c - 1', { a, b, c }), (a + b) * c - 1)
      assert.equal(value('a - b - c', { a, b, c }), a - b - c)
      assert.equal(value('a < b or a >= b', { a, b }), true)
    }),
  )
})

test('no text whatever breaks the reader', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const read = parseExpression(text)
      assert.ok(isExpression(read) || typeof read.why === 'string')
    }),
  )
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom('a', 'last.b', '(', ')', '+', '-', 'and', 'not', 'sum', 'if', ',', '1', '{k}', 'a.b'),
        {
          maxLength: 12,
        },
      ),
      (words) => {
        const read = parseExpression(words.join(' '))
        if (isExpression(read)) evaluateExpression(read, from({ a: 1 }))
      },
    ),
  )
})
