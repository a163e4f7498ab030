import { type Expression, type Operator, overLines } from './expression.ts'

/** 算值 — a number, a word (a day is a word), yes or no; `undefined` is what nobody has written yet. */
export type Evaluated = number | string | boolean | undefined

/** 取值处 — where an expression finds what it names. */
export interface Surroundings {
  /** A field of the filing, or on a line of the line's; `last` for the period before. */
  field(name: string, last: boolean): Evaluated
  parameter(key: string): Evaluated
  fact(key: string): Evaluated
  /** The surroundings of each line of the filing. */
  readonly lines: readonly Surroundings[]
}

/**
 * 计算算式 — the value of an expression; unknown wherever what it rests on is unknown.
 *
 * `and` and `or` are Kleene's: false and unknown is false, true or unknown is true. A comparison of a number with
 * a word, and a division by 0, are unknown as well: a check that cannot be judged accuses nobody.
 */
export function evaluateExpression(expression: Expression, from: Surroundings): Evaluated {
  switch (expression.kind) {
    case 'number':
    case 'text':
      return expression.value
    case 'field':
      return from.field(expression.name, expression.last)
    case 'parameter':
      return from.parameter(expression.key)
    case 'fact':
      return from.fact(expression.key)
    case 'not': {
      const value = evaluateExpression(expression.of, from)
      return typeof value === 'boolean' ? !value : undefined
    }
    case 'binary':
      return binary(expression.operator, expression.left, expression.right, from)
    case 'call':
      return call(expression, from)
  }
}

function binary(operator: Operator, left: Expression, right: Expression, from: Surroundings): Evaluated {
  const a = evaluateExpression(left, from)
  const b = evaluateExpression(right, from)
  if (operator === 'and') return a === false || b === false ? false : both(a, b)
  if (operator === 'or') return a === true || b === true ? true : both(a, b)
  if (a === undefined || b === undefined || typeof a !== typeof b) return undefined
  if (operator === '=') return a === b
  if (operator === '!=') return a !== b
  if (typeof a === 'number' && typeof b === 'number') return arithmetic(operator, a, b)
  return typeof a === 'string' && typeof b === 'string' ? compare(operator, a, b) : undefined
}

/** Neither decides alone: known only when both are, and then the right one's word. */
function both(a: Evaluated, b: Evaluated): Evaluated {
  return typeof a === 'boolean' && typeof b === 'boolean' ? b : undefined
}

function arithmetic(operator: Operator, a: number, b: number): Evaluated {
  if (operator === '+') return a + b
  if (operator === '-') return a - b
  if (operator === '*') return a * b
  if (operator === '/') return b === 0 ? undefined : a / b
  return compare(operator, a, b)
}

function compare<T extends number | string>(operator: Operator, a: T, b: T): Evaluated {
  if (operator === '<') return a < b
  if (operator === '<=') return a <= b
  if (operator === '>') return a > b
  return operator === '>=' ? a >= b : undefined
}

function call({ name, of }: Extract<Expression, { kind: 'call' }>, from: Surroundings): Evaluated {
  if (name === 'count') return from.lines.length
  const [first] = of as readonly [Expression]
  if (overLines.has(name)) return overAll(name, first, from.lines)
  if (name === 'if') return chosen(of, from)
  const value = evaluateExpression(first, from)
  if (name === 'known') return value !== undefined
  return typeof value === 'number' ? Math.abs(value) : undefined
}

function chosen(of: readonly Expression[], from: Surroundings): Evaluated {
  const [condition, then, otherwise] = of as readonly [Expression, Expression, Expression]
  const holds = evaluateExpression(condition, from)
  if (typeof holds !== 'boolean') return undefined
  return evaluateExpression(holds ? then : otherwise, from)
}

/** One line whose value is not known makes the whole unknown; over no lines the sum is 0, an extreme unknown. */
function overAll(name: string, each: Expression, lines: readonly Surroundings[]): Evaluated {
  const values = lines.map((line) => evaluateExpression(each, line))
  const numbers = values.filter((value) => typeof value === 'number')
  if (numbers.length < values.length) return undefined
  if (name === 'sum') return numbers.reduce((total, value) => total + value, 0)
  if (numbers.length === 0) return undefined
  return numbers.reduce((best, value) => (name === 'least' ? Math.min(best, value) : Math.max(best, value)))
}
