import { type Evaluated, evaluateExpression, type Surroundings } from '../../kernel/evaluate-expression.ts'
import { factsNamed, isExpression, parseExpression } from '../../kernel/expression.ts'
import type { Answer, Answers, FiledAnswers } from '../../kernel/filed-answers.ts'
import type { Severity } from '../../kernel/severity.ts'
import type { AskedField } from './read-answer.ts'

/** 报表要求 — what a judge must know of a form; the plan's form definitions have this form. */
export interface AskedForm {
  readonly parts: readonly { readonly zh: string; readonly fields: readonly AskedField[] }[]
  readonly lines?: {
    readonly zh: string
    readonly each: string
    readonly atLeast?: number
    readonly atMost: number
    readonly fields: readonly AskedField[]
  }
}

/** 核验规则 — a rule that one filing can be held against; the plan's checks have this form. */
export interface FilingRule {
  readonly id: string
  readonly zh: string
  readonly severity: Severity
  readonly holds?: string
  readonly perLine?: true
  readonly marks: readonly string[]
  readonly why: string
  readonly mend: string
}

/** 疑错 — what is wrong or doubtful, at which cells (line 0 is the filing itself), as a sentence. */
export interface Remark {
  readonly severity: Severity
  /** The rule that says so; absent for an answer that is merely missing. */
  readonly check?: string
  readonly line: number
  readonly fields: readonly string[]
  readonly says: string
  /** What a comparison with other filings found; absent where the marked cells say it themselves. */
  readonly found?: string
  /** The facts from elsewhere that the rule compared with, by their names; absent where it names none. */
  readonly facts?: Readonly<Record<string, Answer>>
}

/** 表外数据 — what a book or another return says of the same subject, and whose word it is; money in 元. */
export interface Fact {
  readonly value: Answer
  readonly says: string
}

/** 上期与参数 — what rules may compare with: the filing one period before, facts from elsewhere, the plan's parameters by key. */
export interface JudgedBeside {
  readonly before?: FiledAnswers
  readonly facts?: Readonly<Record<string, Fact>>
  readonly parameters: Readonly<Record<string, number | string | undefined>>
}

/**
 * 核验填报 — everything a filing lacks or breaks: answers owed and not written, and rules that do not hold.
 *
 * A rule that rests on anything not written yet accuses nobody. The page judges while one writes, the workbook and the
 * server judge the same way.
 */
export function judgeFiling(
  form: AskedForm,
  rules: readonly FilingRule[],
  filed: FiledAnswers,
  beside: JudgedBeside,
): Remark[] {
  return [...owed(form, filed), ...rules.flatMap((rule) => broken(rule, form, filed, beside))]
}

/** 是否要问 — a field asked under a condition is asked only when the condition's field has one of its answers. */
export function isAsked(field: AskedField, answers: Answers): boolean {
  if (!field.when) return true
  const answer = answers[field.when.field]
  return answer !== undefined && field.when.is.includes(String(answer))
}

function owed(form: AskedForm, { once, lines }: FiledAnswers): Remark[] {
  const single = form.parts.flatMap(({ fields }) => unanswered(fields, once, 0, ''))
  if (!form.lines) return single
  const { fields, each, zh, atLeast = 0, atMost } = form.lines
  const few = lines.length < atLeast ? [`至少要有 ${atLeast} 行`] : []
  const many = lines.length > atMost ? [`最多 ${atMost} 行`] : []
  return [
    ...single,
    ...[...few, ...many].map(
      (limit): Remark => ({
        severity: 'error',
        line: 0,
        fields: [],
        says: `“${zh}”现有 ${lines.length} 行—${limit}，一行一个${each}—请核对增减。`,
      }),
    ),
    ...lines.flatMap(({ line, answers }) => unanswered(fields, answers, line, `第 ${line} 行`)),
  ]
}

function unanswered(fields: readonly AskedField[], answers: Answers, line: number, where: string): Remark[] {
  return fields
    .filter((field) => !field.optional && isAsked(field, answers) && answers[field.id] === undefined)
    .map(({ id, zh }) => ({
      severity: 'error',
      line,
      fields: [id],
      says: `${where}${zh}还没有填—这一项必填—请填写；确实没有的填 0 或“无”。`,
    }))
}

function broken(rule: FilingRule, form: AskedForm, filed: FiledAnswers, beside: JudgedBeside): Remark[] {
  if (rule.holds === undefined) return []
  const expression = parseExpression(rule.holds)
  if (!isExpression(expression)) return []
  const fields = new Map(
    [...form.parts.flatMap((part) => part.fields), ...(form.lines?.fields ?? [])].map((field) => [
      field.id,
      field,
    ]),
  )
  const whole = surroundings(fields, filed, beside)
  const places = rule.perLine
    ? filed.lines.map(({ line }, at) => [line, whole.lines[at]!] as const)
    : [[0, whole] as const]
  const facts = [...factsNamed(expression)].flatMap((key) => {
    const fact = beside.facts?.[key]
    return fact ? [[key, fact] as const] : []
  })
  const compared = facts.length > 0 ? `（${facts.map(([, { says }]) => says).join('；')}）` : ''
  return places
    .filter(([, place]) => evaluateExpression(expression, place) === false)
    .map(([line]) => ({
      severity: rule.severity,
      check: rule.id,
      line,
      fields: rule.marks,
      ...(facts.length > 0 && {
        facts: Object.fromEntries(facts.map(([key, { value }]) => [key, value])),
      }),
      says: `${line > 0 ? `第 ${line} 行` : ''}${rule.zh}${compared}—${rule.why}—${rule.mend}`,
    }))
}

function surroundings(
  fields: ReadonlyMap<string, AskedField>,
  filed: FiledAnswers,
  { before, facts, parameters }: JudgedBeside,
): Surroundings {
  const read = (answers: Answers | undefined, name: string): Evaluated => {
    const answer = answers?.[name]
    // written in 元 and kept in 分: a rule speaks of 元, as people do
    return typeof answer === 'number' && fields.get(name)?.type === 'money' ? answer / 100 : answer
  }
  const parameter = (key: string) => parameters[key]
  const fact = (key: string) => facts?.[key]?.value
  const lines = filed.lines.map(({ answers }) => ({
    field: (name: string, last: boolean) =>
      last ? undefined : (read(answers, name) ?? read(filed.once, name)),
    parameter,
    fact,
    lines: [],
  }))
  return { field: (name, last) => read(last ? before?.once : filed.once, name), parameter, fact, lines }
}
