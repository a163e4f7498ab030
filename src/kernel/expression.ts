/**
 * 算式 — what a check of the plan says about the fields of a filing, such as `boys + girls = pupils`.
 *
 * Names are field ids, hyphens included, so a minus stands between blanks; `last.x` is the same field one period
 * before, any other `a.b` a fact from elsewhere: what the books know (`institution.pupils`), or the field of another
 * return as it was last approved (`laboratory-teaching.rooms`). `{key}` or `{key/part}` is a dated parameter, 'text' a
 * word or day. Functions: sum, count, least, greatest over the lines of a filing; abs, known, if(condition, then, else).
 */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'field'; readonly name: string; readonly last: boolean }
  | { readonly kind: 'parameter'; readonly key: string }
  | { readonly kind: 'fact'; readonly key: string }
  | { readonly kind: 'not'; readonly of: Expression }
  | {
      readonly kind: 'binary'
      readonly operator: Operator
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'call'; readonly name: CallName; readonly of: readonly Expression[] }

/** The operators from the loosest to the tightest. */
const precedence = [['or'], ['and'], ['=', '!=', '<=', '>=', '<', '>'], ['+', '-'], ['*', '/']] as const
export type Operator = (typeof precedence)[number][number]

/** Function → how many arguments it takes. */
const calls = { sum: 1, count: 0, least: 1, greatest: 1, abs: 1, known: 1, if: 3 } as const
export type CallName = keyof typeof calls

/** 逐行函数 — those whose argument is read on every line of the filing. */
export const overLines: ReadonlySet<CallName> = new Set(['sum', 'least', 'greatest'])

/** 写法有误 — what stops a text from being an expression, and at which letter. */
export interface NotAnExpression {
  readonly at: number
  readonly why: string
}

interface Token {
  readonly text: string
  readonly at: number
}

const tokenShape =
  /\s*(?:(\d+(?:\.\d+)?)|('[^']*')|(\{[a-z][a-z0-9.-]*(?:\/[a-z]+)?\})|([a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)?)|(<=|>=|!=|[=<>+\-*/(),]))/y

/** 解析算式 — the expression a text says, or what is wrong with it. */
export function parseExpression(text: string): Expression | NotAnExpression {
  const tokens: Token[] = []
  tokenShape.lastIndex = 0
  while (tokenShape.lastIndex < text.trimEnd().length) {
    const at = tokenShape.lastIndex
    const match = tokenShape.exec(text)
    if (!match) return { at, why: '有不认识的符号' }
    tokens.push({ text: match[0].trim(), at })
  }
  try {
    const reader = { tokens, next: 0, end: text.length }
    const parsed = readLevel(reader, 0)
    const left = reader.tokens[reader.next]
    return left ? { at: left.at, why: `多出“${left.text}”` } : parsed
  } catch (stop) {
    if (stop instanceof Stop) return { at: stop.at, why: stop.why }
    throw stop
  }
}

/** 是否算式 — did the text parse? */
export function isExpression(parsed: Expression | NotAnExpression): parsed is Expression {
  return 'kind' in parsed
}

/** 所用字段 — the fields an expression names, each once. */
export function fieldsNamed(expression: Expression): ReadonlySet<string> {
  return new Set(parts(expression).flatMap((each) => (each.kind === 'field' ? [each.name] : [])))
}

/** 所用表外数据 — the facts from elsewhere that an expression names, each once. */
export function factsNamed(expression: Expression): ReadonlySet<string> {
  return new Set(parts(expression).flatMap((each) => (each.kind === 'fact' ? [each.key] : [])))
}

/** 是否看各行 — does an expression count the lines of a filing or go over them? */
export function readsLines(expression: Expression): boolean {
  return parts(expression).some(
    (each) => each.kind === 'call' && (each.name === 'count' || overLines.has(each.name)),
  )
}

function parts(expression: Expression): Expression[] {
  switch (expression.kind) {
    case 'not':
      return [expression, ...parts(expression.of)]
    case 'call':
      return [expression, ...expression.of.flatMap(parts)]
    case 'binary':
      return [expression, ...parts(expression.left), ...parts(expression.right)]
    default:
      return [expression]
  }
}

/** Leaves the descent at the first thing that cannot be read; never leaves this file. */
class Stop extends Error {
  readonly at: number
  readonly why: string
  constructor(at: number, why: string) {
    super(why)
    this.at = at
    this.why = why
  }
}

interface Reader {
  readonly tokens: readonly Token[]
  next: number
  readonly end: number
}

function readLevel(reader: Reader, level: number): Expression {
  const operators: readonly string[] | undefined = precedence[level]
  if (!operators) return readOne(reader)
  let left = readLevel(reader, level + 1)
  for (;;) {
    const token = reader.tokens[reader.next]
    if (!token || !operators.includes(token.text)) return left
    reader.next += 1
    const right = readLevel(reader, level + 1)
    left = { kind: 'binary', operator: token.text as Operator, left, right }
  }
}

function readOne(reader: Reader): Expression {
  const token = take(reader, '缺少数、字段或括号')
  const { text } = token
  if (text === '(') {
    const inner = readLevel(reader, 0)
    demand(reader, ')')
    return inner
  }
  if (text === 'not') return { kind: 'not', of: readLevel(reader, 2) }
  if (/^\d/.test(text)) return { kind: 'number', value: Number(text) }
  if (text.startsWith("'")) return { kind: 'text', value: text.slice(1, -1) }
  if (text.startsWith('{')) return { kind: 'parameter', key: text.slice(1, -1) }
  if (!/^[a-z]/.test(text) || text === 'and' || text === 'or') throw new Stop(token.at, `“${text}”的位置不对`)
  if (reader.tokens[reader.next]?.text === '(') return readCall(reader, token)
  const last = text.startsWith('last.')
  if (text.includes('.') && !last) return { kind: 'fact', key: text }
  return { kind: 'field', name: last ? text.slice('last.'.length) : text, last }
}

function readCall(reader: Reader, { text, at }: Token): Expression {
  if (!Object.hasOwn(calls, text)) throw new Stop(at, `没有函数“${text}”`)
  const name = text as CallName
  demand(reader, '(')
  const of: Expression[] = []
  while (of.length < calls[name]) {
    if (of.length > 0) demand(reader, ',')
    of.push(readLevel(reader, 0))
  }
  demand(reader, ')')
  return { kind: 'call', name, of }
}

function take(reader: Reader, otherwise: string): Token {
  const token = reader.tokens[reader.next]
  if (!token) throw new Stop(reader.end, otherwise)
  reader.next += 1
  return token
}

function demand(reader: Reader, text: string): void {
  const token = take(reader, `缺少“${text}”`)
  if (token.text !== text) throw new Stop(token.at, `此处应为“${text}”，现为“${token.text}”`)
}
